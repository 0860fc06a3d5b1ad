import { count, CURRENCY, money } from '../domain/report.js';
import { asTheyCome } from '../report-definition.js';
import type { ReportDefinition } from '../report-definition.js';
import { BALANCES, overdueSince } from '../queries/entry-days.sql.js';

/** Buckets by days overdue: each from its first day to the one before the next's. */
const BUCKETS = [
  { key: 'notDueMinor', title: 'Not overdue', from: null, to: 0 },
  { key: 'days1To30Minor', title: '1 to 30 days', from: 1, to: 30 },
  { key: 'days31To60Minor', title: '31 to 60 days', from: 31, to: 60 },
  { key: 'days61To90Minor', title: '61 to 90 days', from: 61, to: 90 },
  { key: 'days91To180Minor', title: '91 to 180 days', from: 91, to: 180 },
  { key: 'days181To365Minor', title: '181 to 365 days', from: 181, to: 365 },
  { key: 'over365DaysMinor', title: 'Over 365 days', from: 366, to: null },
] as const;

const within = ({ from, to }: (typeof BUCKETS)[number]): string =>
  [from === null ? '' : `and x.days >= ${from}`, to === null ? '' : `and x.days <= ${to}`].join(' ');

const AGEING = `
  select x.type, x.currency, count(*) filter (where x.minor > 0) as debts,
         ${BUCKETS.map((bucket) => `coalesce(sum(x.minor) filter (where x.minor > 0 ${within(bucket)}), 0) as "${bucket.key}"`).join(', ')},
         coalesce(sum(x.minor) filter (where x.minor > 0), 0) as "owedMinor",
         coalesce(-sum(x.minor) filter (where x.minor < 0), 0) as "creditMinor",
         sum(x.minor) as "balanceMinor"
  from (select d.type, d.currency, b.minor, $2::date - ${overdueSince('d')} as days
        from (${BALANCES}) b join cases.debt d on d.id = b.debt_id) x
  where x.minor <> 0
  group by x.type, x.currency order by x.type, x.currency`;

export const ageing: ReportDefinition = {
  name: 'ageing',
  title: 'Ageing of debt',
  about: 'What is owed on the day by type of debt and days overdue, and what was paid beyond what was owed.',
  takes: 'day',
  columns: [
    { key: 'type', title: 'Type', kind: 'text' },
    CURRENCY,
    count('debts', 'Debts'),
    ...BUCKETS.map(({ key, title }) => money(key, title)),
    money('owedMinor', 'Owed'),
    money('creditMinor', 'Refunds owed'),
    money('balanceMinor', 'Balance'),
  ],
  rows: ({ jurisdiction, to }, read) => asTheyCome(read, AGEING, [jurisdiction.id, to]),
};
