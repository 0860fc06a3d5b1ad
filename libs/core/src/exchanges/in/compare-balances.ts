import type { EntityManager } from 'typeorm';
import type { BalanceReported } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { adopt } from './adopt.js';
import type { ApplyContext, Numbered } from './statements.js';

/**
 * Compares the balances that a partner states with what it is known to hold, and keeps with each statement how they differ:
 * `{differs, partnerMinor, knownMinor}`, `knownMinor` null where nothing is known to be held. While a connector waits to
 * take over what its partner holds, the statements establish it instead.
 */
export async function compareBalances(
  manager: EntityManager,
  context: ApplyContext,
  reported: readonly Numbered<BalanceReported>[],
): Promise<void> {
  if (reported.length === 0) return;
  if (context.connector.awaitsAdoption) await adopt(manager, context, reported);
  await rows(
    manager,
    `update exchange.inbound_record i set
       outcome = coalesce(i.outcome, '{}') || jsonb_build_object(
         'differs', g.amount is distinct from h.known, 'partnerMinor', g.amount, 'knownMinor', h.known)
     from unnest($3::integer[], $4::bigint[]) as g (sequence, amount)
     cross join lateral (
       select (select p.known_amount_minor from exchange.inbound_record s join exchange.position p on p.id = s.position_id
               where s.exchange_id = $1 and s.sequence = g.sequence and p.connector_id = $2
                 and p.known_state <> 'absent') as known) h
     where i.exchange_id = $1 and i.sequence = g.sequence and i.outcome->'adopted' is null`,
    [
      context.exchangeId,
      context.connector.id,
      reported.map(({ sequence }) => sequence),
      reported.map(({ statement }) => statement.amountMinor),
    ],
  );
}

/**
 * At the end of a file that lists everything the partner holds: what it is known to hold and the file does not list is a
 * difference, too. What became known on the day of the list or later may have crossed with it.
 *
 * @param after number of the file's last statement
 * @returns how many are missing; they follow the statements of the file
 */
export async function recordMissing(
  manager: EntityManager,
  { connector, exchangeId, businessDate, late }: ApplyContext,
  after: number,
): Promise<number> {
  const missing = await rows<{ sequence: number }>(
    manager,
    `with listed as (
       select position_id, (finding->>'asOf')::date as as_of from exchange.inbound_record
       where exchange_id = $1 and kind = 'balance-reported')
     insert into exchange.inbound_record (exchange_id, sequence, natural_key, kind, finding, status, position_id, outcome,
       taken_on)
     select $1, $3 + row_number() over (order by p.reference), 'missing:' || $1 || ':' || p.reference, 'balance-missing',
            jsonb_build_object('kind', 'balance-missing', 'reference', p.reference), 'applied', p.id,
            jsonb_build_object('differs', true, 'partnerMinor', null, 'knownMinor', p.known_amount_minor), $5
     from exchange.position p
     where p.connector_id = $2 and p.known_state <> 'absent'
       and not exists (select 1 from listed l where l.position_id = p.id)
       and p.known_on < coalesce((select max(as_of) from listed), $4::date)
     on conflict do nothing returning sequence`,
    [exchangeId, connector.id, after, late?.saidOn ?? businessDate, late ? businessDate : null],
  );
  return missing.length;
}
