import type { IsoDate } from '@concord/plugin-sdk';
import { Refusal } from '../../platform/errors.js';
import { addDays } from '../../calendar/domain/iso-date.js';
import { CURRENCY, money } from '../domain/report.js';
import type { Row } from '../domain/report.js';
import { postedDay } from '../queries/entry-days.sql.js';
import { allOf } from '../report-definition.js';
import type { Read, ReportDefinition, ReportScope } from '../report-definition.js';

/** Stable: sign-offs name it. */
export const CONTROL_TOTALS = 'control-totals';

/**
 * What type debts of office $1 had at the end of a day, where a host has corrected it since. $3 is the office's time zone. A
 * month that is over keeps the types that it had.
 */
const typesThen = (day: string): string => `
  select distinct on (h.debt_id) h.debt_id, h.before as type
  from cases.host_correction h join cases.debt d on d.id = h.debt_id
  where d.jurisdiction_id = $1 and h.field = 'type' and (h.recorded_at at time zone $3::text)::date > ${day}
  order by h.debt_id, h.recorded_at, h.id`;

/** Each entry of office $1 that was posted by day $2, with the kind of what a reversal truly undoes. $3 is its time zone. */
const ENTRIES = `
  select d.id as debt_id, d.number, coalesce(as_of.type, d.type) as type, d.type as now_type, d.currency, e.currency as entry_currency, e.kind, e.amount_minor, e.effect_minor,
         e.recorded_at, ${postedDay('e', '$3')} as day,
         case when e.reverses is not null
           then (select u.kind from cases.ledger_entry u where u.id = e.reverses) end as undoes
  from cases.ledger_entry e join cases.debt d on d.id = e.debt_id
  left join (${typesThen('$2::date')}) as_of on as_of.debt_id = d.id
  where d.jurisdiction_id = $1 and ${postedDay('e', '$3')} <= $2::date`;

/** Columns of movements: their key, title, entries, and which way they count. */
const MOVEMENTS = [
  { key: 'assessmentsMinor', title: '+ Assessments', entries: `kind = 'assessment'`, sign: 1 },
  { key: 'interestMinor', title: '+ Interest', entries: `kind = 'interest'`, sign: 1 },
  { key: 'feesMinor', title: '+ Fees and costs', entries: `kind = 'fee'`, sign: 1 },
  { key: 'paymentsMinor', title: '- Payments', entries: `kind = 'payment'`, sign: -1 },
  { key: 'reversalsMinor', title: '+ Payments reversed', entries: `kind = 'reversal' and undoes = 'payment'`, sign: 1 },
  { key: 'adjustmentsMinor', title: '- Adjustments', entries: `kind = 'adjustment'`, sign: -1 },
  { key: 'creditNotesMinor', title: '- Credit notes', entries: `kind = 'credit-note'`, sign: -1 },
  { key: 'waiversMinor', title: '- Waivers', entries: `kind = 'waiver'`, sign: -1 },
  { key: 'writeOffsMinor', title: '- Write-offs', entries: `kind = 'write-off'`, sign: -1 },
  {
    ...{ key: 'creditsReversedMinor', title: '+ Credits reversed', sign: 1 },
    entries: `kind = 'reversal' and undoes in ('adjustment', 'credit-note', 'waiver', 'write-off')`,
  },
  { key: 'feesReversedMinor', title: '- Fees reversed', entries: `kind = 'reversal' and undoes = 'fee'`, sign: -1 },
  { key: 'refundsMinor', title: '+ Refunds', entries: `kind = 'refund'`, sign: 1 },
  {
    key: 'refundsReversedMinor',
    title: '- Refunds reversed',
    entries: `kind = 'reversal' and undoes = 'refund'`,
    sign: -1,
  },
] as const;

const sumOf = (entries: string): string => `coalesce(sum(amount_minor) filter (where ${entries}), 0)`;

/**
 * A debt whose type was corrected in the month counts in its opening under the type that it had before, and leaves that type
 * by a column of its own: nothing was posted. $4 is the first day of the month.
 */
const TOTALS = `
  select case when closes then type else opened_as end as type, currency,
         coalesce(sum(effect_minor) filter (where day < $4::date and (not closes or opened_as = type)), 0) as "openingMinor",
         coalesce(sum(case when closes then effect_minor else -effect_minor end)
           filter (where day < $4::date and opened_as <> type), 0) as "reclassifiedMinor",
         ${MOVEMENTS.map(({ key, entries }) => `${sumOf(`closes and day >= $4::date and ${entries}`)} as "${key}"`).join(',\n         ')},
         coalesce(sum(effect_minor) filter (where closes), 0) as "closingMinor"
  from (
    select e.*, coalesce(prior.type, e.now_type) as opened_as
    from (${ENTRIES}) e left join (${typesThen('($4::date - 1)')}) prior on prior.debt_id = e.debt_id) entries
  join (values (true), (false)) as side (closes) on closes or (opened_as <> type and day < $4::date)
  group by 1, currency order by 1, currency`;

const BY_KIND = MOVEMENTS.map(({ entries, sign }) => `${sign === 1 ? '+' : '-'} ${sumOf(entries)}`).join(' ');

/**
 * Accounts whose entries say one thing by their kinds and amounts and another by their effects on the balance, or that have
 * entries in another currency than their own. The effect is what every balance is summed from.
 */
const CONTRADICTIONS = `
  select number, sum(effect_minor) as "byEffectMinor", ${BY_KIND} as "byKindMinor",
         count(*) filter (where entry_currency <> currency) as "foreignEntries"
  from (${ENTRIES}) entries
  group by debt_id, number
  having sum(effect_minor) <> ${BY_KIND} or bool_or(entry_currency <> currency)
  order by number limit 20`;

interface Contradiction {
  readonly number: number;
  readonly byEffectMinor: number;
  readonly byKindMinor: number;
  readonly foreignEntries: number;
}

/** The last sign-off of the month that ended on day $2. */
const SIGNED = `
  select content->'rows' as rows, signed_at as "signedAt" from cases.report_sign_off
  where jurisdiction_id = $1 and report = '${CONTROL_TOTALS}' and through_on = $2::date order by number desc limit 1`;

/** Accounts with entries that count for a month, and were written after moment $4 at which it was signed. */
const WRITTEN_AFTER = `
  select distinct number from (${ENTRIES}) entries where recorded_at > $4::timestamptz order by number limit 20`;

export const controlTotals: ReportDefinition = {
  name: CONTROL_TOTALS,
  title: 'Monthly control totals',
  about:
    'By type of debt: what was owed when the month began, what was posted in it, and what was owed at its end. ' +
    'Refused where an account does not add up.',
  takes: 'month',
  oneMoment: true,
  columns: [
    { key: 'type', title: 'Type', kind: 'text' },
    CURRENCY,
    money('openingMinor', 'Opening balance'),
    money('reclassifiedMinor', '+ Reclassified'),
    ...MOVEMENTS.map(({ key, title }) => money(key, title)),
    money('closingMinor', 'Closing balance'),
  ],
  async *rows(scope, read) {
    const entries = [scope.jurisdiction.id, scope.to, scope.jurisdiction.timeZone];
    refuseContradictions(await allOf(read<Contradiction>(CONTRADICTIONS, entries)));
    const found = await allOf(read<Row>(TOTALS, [...entries, scope.from]));
    await refuseChangedMonth(scope, found, read);
    yield found;
  },
};

/** @throws Refusal `totals-differ` naming the accounts */
function refuseContradictions(found: readonly Contradiction[]): void {
  if (found.length === 0) return;
  const accounts = found.map(({ number, byEffectMinor, byKindMinor, foreignEntries }) =>
    foreignEntries > 0
      ? `debt ${number} has entries in another currency`
      : `debt ${number} is ${byEffectMinor} by its balance and ${byKindMinor} by its entries`,
  );
  throw new Refusal('totals-differ', `the ledger does not add up: ${accounts.join('; ')}`);
}

/**
 * The month opens with what the month before closed with when a person signed it.
 *
 * @throws Refusal `signed-month-changed` naming the accounts
 */
async function refuseChangedMonth(scope: ReportScope, found: readonly Row[], read: Read): Promise<void> {
  const { jurisdiction, from } = scope;
  const before = addDays(from, -1);
  const [signed] = await allOf(
    read<{ readonly rows: readonly Row[]; readonly signedAt: Date }>(SIGNED, [jurisdiction.id, before]),
  );
  if (signed === undefined || sameMoney(opened(found), closed(signed.rows))) return;
  const accounts = await allOf(
    read<{ readonly number: number }>(WRITTEN_AFTER, [jurisdiction.id, before, jurisdiction.timeZone, signed.signedAt]),
  );
  throw new Refusal(
    'signed-month-changed',
    changed(
      before,
      accounts.map(({ number }) => number),
    ),
  );
}

function changed(through: IsoDate, accounts: readonly number[]): string {
  const named = accounts.length === 0 ? 'no entry was written since' : `written since: debt ${accounts.join(', ')}`;
  return `the month to ${through} is not any more what was signed; ${named}. It must be looked at and signed again`;
}

const opened = (rows: readonly Row[]) => byKind(rows, 'openingMinor');
const closed = (rows: readonly Row[]) => byKind(rows, 'closingMinor');

/** Money by type and currency, without what is zero: a type that had nothing is none. */
function byKind(rows: readonly Row[], key: string): ReadonlyMap<string, number> {
  return new Map(
    rows.flatMap((row) =>
      row[key] === 0 ? [] : [[`${String(row['type'])} ${String(row['currency'])}`, Number(row[key])]],
    ),
  );
}

function sameMoney(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return one.size === other.size && [...one].every(([key, minor]) => other.get(key) === minor);
}
