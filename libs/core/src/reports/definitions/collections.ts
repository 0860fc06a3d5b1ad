import { count, CURRENCY, money } from '../domain/report.js';
import { asTheyCome } from '../report-definition.js';
import type { ReportDefinition } from '../report-definition.js';
import { postedDay } from '../queries/entry-days.sql.js';

/**
 * Payments and what was taken back of them. A reversal counts against whoever had collected the payment, in the month in
 * which it was posted. What a partner kept is known where its files say so.
 */
const COLLECTIONS = `
  select to_char(x.day, 'YYYY-MM') as month, coalesce(x.connector_id, 'office') as collector, c.title as partner, x.currency,
         count(*) filter (where not x.back) as payments,
         coalesce(sum(x.amount_minor) filter (where not x.back), 0) as "collectedMinor",
         count(*) filter (where x.back) as reversals,
         coalesce(sum(x.amount_minor) filter (where x.back), 0) as "reversedMinor",
         -sum(x.effect_minor) as "netMinor",
         sum(case when x.back then -x.commission_minor else x.commission_minor end) as "feesMinor"
  from (
    select e.amount_minor, e.effect_minor, e.currency, e.commission_minor, e.kind = 'reversal' as back,
           ${postedDay('e', '$4')} as day, substring(s.source from '^(?:partner|suspense):(.+)$') as connector_id
    from cases.ledger_entry e
    join cases.debt d on d.id = e.debt_id
    cross join lateral (
      select case when e.reverses is null then e.source
                  else (select u.source from cases.ledger_entry u where u.id = e.reverses) end as source) s
    where d.jurisdiction_id = $1
      and (e.kind = 'payment' or (e.kind = 'reversal' and coalesce(e.reverses_kind, 'payment') = 'payment'))) x
  left join exchange_v1.connector c on c.id = x.connector_id
  where x.day between $2::date and $3::date
  group by 1, 2, 3, 4 order by 1, 2, 4`;

export const collections: ReportDefinition = {
  name: 'collections',
  title: 'Collections',
  about:
    'Money by the month in which it was posted and by who collected it, less what was taken back, with fees where known.',
  takes: 'span',
  columns: [
    { key: 'month', title: 'Month', kind: 'text' },
    { key: 'collector', title: 'Collected by', kind: 'text' },
    { key: 'partner', title: 'Partner', kind: 'text' },
    CURRENCY,
    count('payments', 'Payments'),
    money('collectedMinor', 'Collected'),
    count('reversals', 'Reversals'),
    money('reversedMinor', 'Taken back'),
    money('netMinor', 'Net'),
    money('feesMinor', 'Fees kept'),
  ],
  rows: ({ jurisdiction, from, to }, read) =>
    asTheyCome(read, COLLECTIONS, [jurisdiction.id, from, to, jurisdiction.timeZone]),
};
