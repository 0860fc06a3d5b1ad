import { CURRENCY, DEBT_COLUMNS, money } from '../domain/report.js';
import { whyNeverReferred } from '../domain/never-referred.js';
import type { UnreferredDebt } from '../domain/never-referred.js';
import type { ReportDefinition } from '../report-definition.js';
import type { Strategy } from '../../strategies/domain/strategy.js';
import { BALANCES, overdueSince } from '../queries/entry-days.sql.js';
import { STOPS_REACHING } from '../queries/stops-reaching.sql.js';

interface Found extends UnreferredDebt {
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
         coalesce(s.kinds, '{}') as stops
  from balance b join cases.debt d on d.id = b.debt_id left join stopped s on s.debt_id = d.id
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
    for await (const found of read<Found>(UNREFERRED, [jurisdiction.id, to])) {
      yield found.map(({ stops, ...debt }) => ({
        ...debt,
        ...whyNeverReferred(strategies, { ...debt, stops }, to),
      }));
    }
  },
};
