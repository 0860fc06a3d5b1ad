import type { OverdueDebt } from '../domain/write-off-grounds.js';
import type { Read, ReportScope } from '../report-definition.js';
import { BALANCES, effectiveDay, overdueSince } from './entry-days.sql.js';
import { STOPS_REACHING } from './stops-reaching.sql.js';

/** An overdue debt with what tells it apart for people. */
export interface FoundOverdueDebt extends OverdueDebt {
  readonly number: number;
  readonly sourceReference: string;
  readonly daysOverdue: number;
}

const OVERDUE = `
  with balance as (${BALANCES}),
  undone as (
    select r.reverses as id from cases.ledger_entry r join cases.debt d on d.id = r.debt_id
    where d.jurisdiction_id = $1 and r.reverses is not null and ${effectiveDay('r')} <= $2::date),
  paid as (
    select e.debt_id, max(e.effective_on) as last_on
    from cases.ledger_entry e join cases.debt d on d.id = e.debt_id left join undone u on u.id = e.id
    where d.jurisdiction_id = $1 and e.kind = 'payment' and e.effective_on <= $2::date and u.id is null
    group by e.debt_id),
  reached as (
    select debt_id, bool_or(kind = 'arrangement') as arranged,
           min(id::text) filter (where kind = 'deceased' and details->>'estate' = 'none') as no_estate_stop,
           min(details->>'dischargedOn') filter (where kind = 'insolvency') as discharged_on
    from (${STOPS_REACHING}) stops where kind in ('arrangement', 'deceased', 'insolvency') group by debt_id),
  spoken as (
    select p.debt_id, max(p.happened_on) as last_on from cases.standing_proof p
    where p.kind = 'conversation-held' and p.happened_on <= $2::date group by p.debt_id),
  returned as (
    select p.debt_id, count(*) as letters
    from cases.standing_proof p join cases.debt d on d.id = p.debt_id
    left join spoken s on s.debt_id = p.debt_id left join paid on paid.debt_id = p.debt_id
    where d.jurisdiction_id = $1 and p.kind = 'notice-returned' and p.happened_on <= $2::date
      and (s.last_on is null or p.happened_on > s.last_on) and (paid.last_on is null or p.happened_on > paid.last_on)
    group by p.debt_id)
  select d.number, d.source_reference as "sourceReference", d.type, d.currency, b.minor as "balanceMinor",
         ${overdueSince('d')} as "overdueSince", $2::date - ${overdueSince('d')} as "daysOverdue",
         d.incurred_on as "incurredOn", d.delinquent_on as "delinquentOn", paid.last_on as "lastPaymentOn",
         r.no_estate_stop as "noEstateStop", r.discharged_on as "dischargedOn", coalesce(r.arranged, false) as arranged,
         coalesce(returned.letters, 0) as "returnedNotices",
         exists (select 1 from cases.judgment j where j.debt_id = d.id and j.entered_on <= $2::date
                   and (j.ended_on is null or j.ended_on > $2::date)) as judged
  from balance b join cases.debt d on d.id = b.debt_id
  left join paid on paid.debt_id = d.id left join reached r on r.debt_id = d.id left join returned on returned.debt_id = d.id
  where b.minor > 0 and ${overdueSince('d')} < $2::date
  order by d.number`;

/** Every debt of an office that is owed and overdue on the day, by number, with what the grounds for a write-off look at. */
export function overdueDebts(
  { jurisdiction, to }: ReportScope,
  read: Read,
): AsyncIterable<readonly FoundOverdueDebt[]> {
  return read<FoundOverdueDebt>(OVERDUE, [jurisdiction.id, to]);
}
