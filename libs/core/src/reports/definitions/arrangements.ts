import { complianceOn } from '../../arrangements/domain/standing.js';
import type { Received } from '../../arrangements/domain/standing.js';
import type { Instalment } from '../../arrangements/domain/plan-terms.js';
import { CURRENCY, money } from '../domain/report.js';
import type { ReportDefinition } from '../report-definition.js';

/** An arrangement with all that its standing on a day follows from. */
interface Found {
  readonly arrangement: string;
  readonly debts: readonly string[];
  readonly agreedOn: string;
  readonly endedOn: string | null;
  readonly state: string;
  readonly currency: string;
  readonly revision: number;
  readonly amountMinor: number;
  readonly instalments: readonly Instalment[];
  readonly received: readonly Received[];
  readonly owedMinor: number;
}

/**
 * The arrangements of office $1 that were agreed by day $2, each with the schedule that held on the day. What was posted
 * under a schedule counts for it, and so do reversals of that whenever they came; what is owed is counted as the
 * arrangement's own view counts it.
 */
const ARRANGEMENTS = `
  select a.id as arrangement, a.agreed_on as "agreedOn", a.currency, s.revision, s.amount_minor as "amountMinor",
         case when a.ended_on <= $2::date then a.ended_on end as "endedOn",
         case when a.ended_on <= $2::date then a.state else 'in-force' end as state,
         members.numbers as debts, coalesce(plan.instalments, '[]') as instalments,
         coalesce(money.received, '[]') as received, coalesce(owed.minor, 0) as "owedMinor"
  from cases.arrangement a
  cross join lateral (
    select revision, case_version, amount_minor from cases.arrangement_schedule
    where arrangement_id = a.id and agreed_on <= $2::date order by revision desc limit 1) s
  left join cases.arrangement_schedule n on n.arrangement_id = a.id and n.revision = s.revision + 1
  cross join lateral (
    select array_agg(d.number::text order by d.number) as numbers
    from cases.arrangement_debt ad join cases.debt d on d.id = ad.debt_id where ad.arrangement_id = a.id) members
  cross join lateral (
    select jsonb_agg(jsonb_build_object('number', i.number, 'dueOn', i.due_on, 'breachesOn', i.breaches_on,
             'amountMinor', i.amount_minor) order by i.number) as instalments
    from cases.arrangement_instalment i where i.arrangement_id = a.id and i.revision = s.revision) plan
  cross join lateral (
    select jsonb_agg(jsonb_build_object('on', e.effective_on, 'amountMinor', -e.effect_minor)
             order by e.effective_on, e.case_version) as received
    from cases.arrangement_debt ad
    join cases.ledger_entry e on e.debt_id = ad.debt_id and e.kind in ('payment', 'reversal')
    left join cases.ledger_entry p on p.id = e.reverses
    where ad.arrangement_id = a.id and coalesce(p.case_version, e.case_version) > s.case_version
      and (n.case_version is null or coalesce(p.case_version, e.case_version) < n.case_version)) money
  cross join lateral (
    select sum(greatest(0, x.minor)) as minor from (
      select sum(e.effect_minor) filter (where e.effect_minor > 0 or e.effective_on <= $2::date) as minor
      from cases.arrangement_debt ad join cases.ledger_entry e on e.debt_id = ad.debt_id
      where ad.arrangement_id = a.id group by ad.debt_id) x) owed
  where a.jurisdiction_id = $1 and a.agreed_on <= $2::date
  order by a.agreed_on, a.id`;

export const arrangements: ReportDefinition = {
  name: 'arrangements',
  title: 'Payment arrangements kept and broken',
  about: 'Every arrangement agreed by the day, with how it stood on the day: kept, late, breached, completed or ended.',
  takes: 'day',
  columns: [
    { key: 'arrangement', title: 'Arrangement', kind: 'text' },
    { key: 'debts', title: 'Debts', kind: 'list' },
    { key: 'agreedOn', title: 'Agreed', kind: 'date' },
    { key: 'endedOn', title: 'Not in force from', kind: 'date' },
    { key: 'state', title: 'State', kind: 'text' },
    { key: 'standing', title: 'Standing', kind: 'text' },
    CURRENCY,
    { key: 'revision', title: 'Schedule', kind: 'count' },
    money('amountMinor', 'Agreed amount'),
    money('dueMinor', 'Fallen due'),
    money('paidMinor', 'Paid since'),
    money('behindMinor', 'Behind'),
    money('owedMinor', 'Still owed'),
    { key: 'breachesOn', title: 'Breached on, if unpaid', kind: 'date' },
  ],
  async *rows({ jurisdiction, to }, read) {
    for await (const found of read<Found>(ARRANGEMENTS, [jurisdiction.id, to])) {
      yield found.map(({ instalments, received, ...arrangement }) => {
        const { standing, dueMinor, paidMinor, behindMinor, breachesOn } = complianceOn(
          instalments,
          received,
          arrangement.owedMinor,
          to,
        );
        return { ...arrangement, standing, dueMinor, paidMinor, behindMinor, breachesOn };
      });
    }
  },
};
