import { CURRENCY, DEBT_COLUMNS, money } from '../domain/report.js';
import { whyNeverReferred } from '../domain/never-referred.js';
import type { UnreferredDebt } from '../domain/never-referred.js';
import type { ReportDefinition } from '../report-definition.js';
import type { Strategy } from '../../strategies/domain/strategy.js';
import { BALANCES, overdueSince } from '../queries/entry-days.sql.js';
import { STOPS_REACHING } from '../queries/stops-reaching.sql.js';

interface Found extends UnreferredDebt {
  readonly overdueSince: string;
  readonly number: number;
  readonly sourceReference: string;
  readonly daysOverdue: number;
}

const UNREFERRED = `
  with balance as (${BALANCES}),
  stopped as (
    select debt_id, array_agg(distinct kind order by kind) as kinds from (${STOPS_REACHING}) stops group by debt_id)
  select d.number, d.source_reference as "sourceReference", d.type, d.currency, b.minor as "balanceMinor",
         ${overdueSince('d')} as "overdueSince", $2::date - ${overdueSince('d')} as "daysOverdue",
         coalesce(s.kinds, '{}') as stops, d.delinquent_on as "delinquentOn", d.due_on as "dueOn",
         d.incurred_on as "incurredOn", (d.registered_at at time zone j.time_zone)::date as "registeredOn",
         p.kind as "debtorKind", coalesce(jsonb_typeof(p.address) = 'object', false) as "hasAddress",
         p.telephone is not null as "hasTelephone",
         case when $3::boolean then (
           select max(e.effective_on) from cases.ledger_entry e
           where e.debt_id = d.id and e.kind = 'payment' and e.effective_on <= $2::date
             and not exists (select 1 from cases.ledger_entry u where u.reverses = e.id)) end as "lastPaidOn"
  from balance b join cases.debt d on d.id = b.debt_id left join stopped s on s.debt_id = d.id
  join cases.jurisdiction j on j.id = d.jurisdiction_id
  join cases.case_file c on c.id = d.case_id join cases.party q on q.id = c.debtor_id
  join cases.party_told p on p.id = coalesce(q.merged_into, q.id)
  where b.minor > 0
    and not exists (select 1 from cases.referral r where r.debt_id = d.id and r.made_on <= $2::date)
  order by d.number`;

/** What is configured and held for a person refers nothing yet. */
const IN_FORCE = `
  select content from cases.strategy_version where jurisdiction_id = $1 and state = 'in-force' order by strategy_id`;

export const neverReferred: ReportDefinition = {
  name: 'never-referred',
  title: 'Debts never referred',
  about: 'Debts that are owed on the day and were never referred to anybody by then, with the reason.',
  takes: 'day',
  columns: [
    ...DEBT_COLUMNS,
    CURRENCY,
    money('balanceMinor', 'Owed'),
    { key: 'overdueSince', title: 'Overdue since', kind: 'date' },
    { key: 'daysOverdue', title: 'Days overdue', kind: 'days' },
    { key: 'why', title: 'Why', kind: 'text' },
    { key: 'explanation', title: 'Explanation', kind: 'text' },
    { key: 'choosableOn', title: 'Choosable on', kind: 'date' },
  ],
  async *rows({ jurisdiction, to }, read) {
    const strategies: Strategy[] = [];
    for await (const found of read<{ content: Strategy }>(IN_FORCE, [jurisdiction.id])) {
      strategies.push(...found.map(({ content }) => content));
    }
    const looksAtPayments = strategies.some(({ ageFrom }) => ageFrom === 'last-payment');
    const looking = { asOf: to, country: jurisdiction.country };
    for await (const found of read<Found>(UNREFERRED, [jurisdiction.id, to, looksAtPayments])) {
      yield found.map((debt) => {
        const { number, sourceReference, type, currency, balanceMinor, overdueSince, daysOverdue } = debt;
        return {
          ...{ number, sourceReference, type, currency, balanceMinor, overdueSince, daysOverdue },
          ...whyNeverReferred(strategies, debt, looking),
        };
      });
    }
  },
};
