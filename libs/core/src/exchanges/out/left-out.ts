import type { EntityManager } from 'typeorm';
import { clearAlerts, raiseAlert } from '../../alerts/alerts.js';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { ExchangeRow } from '../exchange-ledger.js';

/** Code of a record that was left out because its case had not heard yet what a partner said of it. */
const CODE = 'unheard';
const REASON = 'what a partner said of the case had not reached it before the file was released';

/** Names of files that an alert shows; the others are counted. */
const NAMED = 5;

/**
 * Cases of which a partner said something that has not reached them yet, with the file that says it: what is sent about them
 * would be out of date. $3 is now. A part that the case core has not taken within a day waits for a person there; what the
 * case says until then is what holds.
 */
export const UNHEARD = `
  select p.case_id, i.exchange_id
  from (
    select (event->'data'->>'exchangeId')::uuid as exchange_id, (event->'data'->>'first')::integer as first,
           (event->'data'->>'last')::integer as last
    from exchange.outbox
    union
    select w.exchange_id, w.first_sequence, w.last_sequence from exchange.findings_on_way w
    where w.announced_at > $3::timestamptz - interval '1 day' and not exists (
      select 1 from cases_v1.findings_taken t
      where t.exchange_id = w.exchange_id and t.first_sequence = w.first_sequence)) part
  join exchange.inbound_record i on i.exchange_id = part.exchange_id and i.sequence between part.first and part.last
  join exchange.position p on p.id = i.position_id`;

/** Forgets the parts of partners' files that the case core has taken. Another process may be at it: its rows are passed over. */
export async function forgetTaken(exchange: Queryable): Promise<void> {
  await rows(
    exchange,
    `delete from exchange.findings_on_way where (exchange_id, first_sequence) in (
       select w.exchange_id, w.first_sequence
       from exchange.findings_on_way w join cases_v1.findings_taken t using (exchange_id, first_sequence)
       for update of w skip locked)`,
  );
}

/**
 * Says which records a file goes without because their cases wait for what partners said. They were dropped from it, stay due,
 * and go with the next.
 */
export async function leaveOut(
  manager: EntityManager,
  connector: Connector,
  row: ExchangeRow,
  sequences: readonly number[],
  at: Date,
): Promise<void> {
  if (sequences.length === 0) return;
  await rows(
    manager,
    'update exchange.record set code = $3, reason = $4 where exchange_id = $1 and sequence = any($2)',
    [row.id, sequences, CODE, REASON],
  );
  const [count] = await rows<{ cases: number }>(
    manager,
    'select count(distinct case_id) as cases from exchange.record where exchange_id = $1 and sequence = any($2)',
    [row.id, sequences],
  );
  const files = await rows<{ name: string }>(
    manager,
    `select distinct e.connector_id || ': ' || e.file_name as name
     from (${UNHEARD}) said
     join exchange.record r on r.case_id = said.case_id and r.exchange_id = $1 and r.sequence = any($2)
     join exchange.exchange e on e.id = said.exchange_id order by name`,
    [row.id, sequences, at],
  );
  const names = files.map(({ name }) => name);
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  await raiseAlert(
    manager,
    {
      jurisdictionId: connector.jurisdictionId,
      connectorId: connector.id,
      cause: 'cases-left-out',
      about: row.id,
      message:
        `A file of kind ${row.kind} for ${row.business_date} goes without ${count!.cases} ` +
        `${count!.cases === 1 ? 'case' : 'cases'}: what partners said of them has not been applied yet ` +
        `(${names.slice(0, NAMED).join(', ')}${more}). They go with the next file.`,
      details: { cases: count!.cases, files: names },
    },
    at,
  );
}

/** Clears the alerts of files that left cases out, once all of these were told since or there is nothing to tell any more. */
export async function clearLeftOut(exchange: Queryable, connector: Connector, at: Date): Promise<void> {
  const over = await rows<{ about: string }>(
    exchange,
    `select a.about from exchange.alert a
     where a.cleared_at is null and a.cause = 'cases-left-out' and a.connector_id = $1 and not exists (
       select 1 from exchange.record r
       join exchange.exchange x on x.id = r.exchange_id
       join exchange.position p on p.id = r.position_id
       where r.exchange_id = a.about::uuid and r.status = 'dropped' and r.code = '${CODE}'
         and (p.differs or ($2 = 'snapshot' and p.desired_state <> 'absent'))
         and not exists (
           select 1 from exchange.record told join exchange.exchange e on e.id = told.exchange_id
           where told.position_id = r.position_id and told.status not in ('chosen', 'dropped', 'set-aside')
             and (e.id = x.id or e.started_at > x.started_at)))`,
    [connector.id, connector.update],
  );
  for (const { about } of over) {
    await clearAlerts(exchange, { connectorId: connector.id, cause: 'cases-left-out', about }, at);
  }
}
