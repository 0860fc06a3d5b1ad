import type { IsoDate } from '@concord/plugin-sdk';
import { writeOffPolicy } from '../../configuration/write-off-settings.js';
import { firstOfQuarter } from '../domain/calendar-periods.js';
import { count, CURRENCY, money } from '../domain/report.js';
import type { Row } from '../domain/report.js';
import { WRITE_OFF_RULES, writeOffGrounds } from '../domain/write-off-grounds.js';
import type { WriteOffRule } from '../domain/write-off-grounds.js';
import { effectiveDay } from '../queries/entry-days.sql.js';
import { overdueDebts } from '../queries/overdue-debts.js';
import { allOf } from '../report-definition.js';
import type { ReportDefinition } from '../report-definition.js';

/** What stands and what moved, by type of debt: money that came in, less what was taken back, and what was written off. */
const STANDING = `
  select d.type, d.currency, sum(x.minor) filter (where x.minor > 0) as "owedMinor",
         count(*) filter (where x.minor > 0) as debts,
         coalesce(sum(x.collected), 0) as "collectedMinor", coalesce(sum(x.written_off), 0) as "writtenOffMinor"
  from (
    select e.debt_id, sum(e.effect_minor) as minor,
           -sum(e.effect_minor) filter (where e.of_kind = 'payment' and e.day >= $3::date) as collected,
           -sum(e.effect_minor) filter (where e.of_kind = 'write-off' and e.day >= $3::date) as written_off
    from (
      select l.debt_id, l.effect_minor, ${effectiveDay('l')} as day,
             case when l.kind = 'reversal' then coalesce(l.reverses_kind, 'payment') else l.kind end as of_kind
      from cases.ledger_entry l join cases.debt d on d.id = l.debt_id where d.jurisdiction_id = $1) e
    where e.day <= $2::date group by e.debt_id) x
  join cases.debt d on d.id = x.debt_id
  group by d.type, d.currency order by d.type, d.currency`;

interface Standing {
  readonly type: string;
  readonly currency: string;
  readonly owedMinor: number | null;
  readonly debts: number;
  readonly collectedMinor: number;
  readonly writtenOffMinor: number;
}

/** What is counted of the overdue debts of one type and currency. */
class Overdue {
  debts = 0;
  minor = 0;
  oldest: IsoDate | null = null;
  recommended = 0;
  recommendedMinor = 0;
  readonly byRule = new Map<WriteOffRule, number>();
}

export const overdueQuarter: ReportDefinition = {
  name: 'overdue-quarter',
  title: 'Quarterly summary of overdue debt',
  about:
    'By type of debt: what is owed and overdue on the day, what came in and was written off since the quarter began, ' +
    'and how much is put up to be written off on which grounds.',
  takes: 'day',
  oneMoment: true,
  columns: [
    { key: 'type', title: 'Type', kind: 'text' },
    CURRENCY,
    count('debts', 'Debts owed'),
    money('owedMinor', 'Owed'),
    count('overdueDebts', 'Overdue debts'),
    money('overdueMinor', 'Overdue'),
    { key: 'oldestSince', title: 'Oldest since', kind: 'date' },
    money('collectedMinor', 'Collected this quarter'),
    money('writtenOffMinor', 'Written off this quarter'),
    count('recommendedDebts', 'Write-offs recommended'),
    money('recommendedMinor', 'Recommended'),
    { key: 'grounds', title: 'Grounds (a debt may have several)', kind: 'list' },
  ],
  async *rows(scope, read) {
    const { jurisdiction, to } = scope;
    const policy = writeOffPolicy(jurisdiction);
    const overdue = new Map<string, Overdue>();
    for await (const debts of overdueDebts(scope, read)) {
      for (const debt of debts) {
        const key = `${debt.type} ${debt.currency}`;
        const of = overdue.get(key) ?? new Overdue();
        overdue.set(key, of);
        of.debts += 1;
        of.minor += debt.balanceMinor;
        if (of.oldest === null || debt.overdueSince < of.oldest) of.oldest = debt.overdueSince;
        const grounds = writeOffGrounds(debt, policy, to);
        if (grounds.length === 0) continue;
        of.recommended += 1;
        of.recommendedMinor += debt.balanceMinor;
        for (const { rule } of grounds) of.byRule.set(rule, (of.byRule.get(rule) ?? 0) + 1);
      }
    }
    const standing = await allOf(read<Standing>(STANDING, [jurisdiction.id, to, firstOfQuarter(to)]));
    yield standing.map((each): Row => summed(each, overdue.get(`${each.type} ${each.currency}`) ?? new Overdue()));
  },
};

function summed({ type, currency, debts, owedMinor, collectedMinor, writtenOffMinor }: Standing, of: Overdue): Row {
  return {
    ...{ type, currency, debts, owedMinor: owedMinor ?? 0, overdueDebts: of.debts, overdueMinor: of.minor },
    ...{ oldestSince: of.oldest, collectedMinor, writtenOffMinor },
    ...{ recommendedDebts: of.recommended, recommendedMinor: of.recommendedMinor },
    grounds: WRITE_OFF_RULES.flatMap((rule) => (of.byRule.has(rule) ? [`${rule}: ${of.byRule.get(rule)}`] : [])),
  };
}
