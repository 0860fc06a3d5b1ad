/**
 * For a position `p`: what the partner may hold at the worst, the most adverse of what is known and what is in flight, and
 * what it was told last. Ledger entries in flight count with what the partner holds once it has taken them in, but say
 * nothing of their own. `opening` counts what opens or marks the position and is released and not delivered.
 *
 * It is asked for every position that may be told something. The worst is therefore found as the greatest pair, without
 * sorting; what was told last is sorted once for both of its columns.
 */
export const PRESUMED = `
  select (max(array[exchange.adversity(h.state)::bigint, h.amount_minor]))[1] as adversity,
         (max(array[exchange.adversity(h.state)::bigint, h.amount_minor]))[2] as amount_minor,
         count(h.content_hash) as in_flight,
         count(*) filter (where h.opening) as opening,
         (array_agg(h.content_hash order by h.release_number desc nulls last))[1] as last_hash,
         (array_agg(h.content order by h.release_number desc nulls last))[1] as last_content
  from (
    select p.known_state as state, p.known_amount_minor as amount_minor, null as content_hash,
           p.known_content as content, null::bigint as release_number, false as opening
    union all
    select r.state, r.amount_minor, r.content_hash, r.content, e.release_number,
           r.status = 'released' and exchange.adversity(r.state) >= 2
    from exchange.record r join exchange.exchange e on e.id = r.exchange_id
    where r.position_id = p.id and r.status in ('released', 'delivered') and r.entry_id is null
  ) h`;

/**
 * Positions `p` of connector $2 that the partner may have to be told something about, without a look at those that are
 * right: desired differs from known, or something is in flight. What is in flight is looked up one by one: it may be a
 * handful, and how many it is can't be told before.
 */
export const CANDIDATES = `(
  select * from exchange.position where connector_id = $2 and differs
  union all
  select told.* from (
    select distinct r.position_id from exchange.exchange e join exchange.record r on r.exchange_id = e.id
    where e.connector_id = $2 and e.direction = 'out' and e.state in ('released', 'archived', 'delivered')
      and not (e.state = 'delivered' and e.answer_due_on is null and e.delivery_outcome = 'delivered')
      and r.status in ('released', 'delivered')) in_flight
  cross join lateral (
    select * from exchange.position where id = in_flight.position_id and connector_id = $2 and not differs limit 1) told
) p`;
