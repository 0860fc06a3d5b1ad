/**
 * What a record `r` would do to its position `p`, of which {@link PRESUMED} is `held`. A ledger entry is judged by its own
 * effect; all else by what the partner may hold at the worst.
 */

/** It would say more than the partner may hold: a higher state, or within a state a larger amount. */
export const GROWS = `(case when r.entry_id is not null then (r.entry->>'effectMinor')::bigint > 0
  else exchange.adversity(r.state) >= 2 and (exchange.adversity(r.state) > held.adversity
    or (exchange.adversity(r.state) = held.adversity and r.amount_minor > held.amount_minor)) end)`;

/** It says less than the partner may hold. */
export const LESSENS = `(case when r.entry_id is not null then (r.entry->>'effectMinor')::bigint < 0
  else held.adversity > exchange.adversity(r.state)
    or (held.adversity = exchange.adversity(r.state) and held.adversity > 0 and held.amount_minor > r.amount_minor) end)`;

/** It puts something adverse at the partner that it does not hold. */
export const OPENS = `(r.entry_id is null and exchange.adversity(r.state) >= 2 and held.adversity < 2)`;

/** By how much it raises what the partner holds, in minor units. */
export const ADDS = `(case when r.entry_id is not null then (r.entry->>'effectMinor')::bigint
  else r.amount_minor - case when held.adversity >= 2 then held.amount_minor else 0 end end)`;
