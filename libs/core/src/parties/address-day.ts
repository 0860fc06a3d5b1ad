import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';

/** An address by its letters and digits: capitals, spaces and punctuation make no other one. */
const spelled = (address: string): string =>
  `btrim(regexp_replace(lower(concat_ws(' ', ${['line1', 'line2', 'city', 'region', 'postalCode', 'country']
    .map((part) => `${address}->>'${part}'`)
    .join(', ')})), '[^[:alnum:]]+', ' ', 'g'))`;

/**
 * Keeps the office's day on which the address that is told of a party became another one, in the caller's transaction. What
 * changed it does not matter: the host system, a person, mail that came back, a merge. So nobody has to record that somebody
 * moved. Where none was told before, the first one is no change.
 *
 * Whoever changes an address of a party, or which parties are the same, calls it afterwards, and holds them.
 *
 * @param partyIds these, and whatever is the same as one of them
 */
export async function keepAddressDay(manager: EntityManager, at: Date, partyIds: readonly string[]): Promise<void> {
  if (partyIds.length === 0) return;
  await rows(
    manager,
    `with looked as (
       select p.id, b.party_id is not null as noted, t.address as now,
              case when b.party_id is null then p.address else b.address end as before,
              greatest(j.last_day, ($2::timestamptz at time zone j.time_zone)::date) as today
       from cases.party p
       join cases.party_told t on t.id = coalesce(p.merged_into, p.id)
       join cases.jurisdiction j on j.id = p.jurisdiction_id
       left join cases.told_address b on b.party_id = p.id
       -- as a list, since a join may be answered from a table of everybody's
       where p.id = any(array(select same_id from cases.party_same where party_id = any($1))))
     insert into cases.told_address (party_id, address, since)
     select id, now, case when noted or before is not null then today end from looked
     where ${spelled('before')} is distinct from ${spelled('now')}
     on conflict (party_id) do update set address = excluded.address, since = excluded.since`,
    [[...new Set(partyIds)], at],
  );
}
