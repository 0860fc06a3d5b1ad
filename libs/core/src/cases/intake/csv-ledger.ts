import { moneyFromDecimal } from '../../money/domain/money-from-decimal.js';

/** A ledger entry in the input shape of the intake row. */
export interface CsvEntry {
  readonly kind: 'assessment' | 'interest' | 'fee' | 'payment';
  readonly amountMinor: number;
  readonly on: string;
  readonly reference: string;
  /** The column that it was read from. */
  readonly column: string;
  readonly dateColumn: string;
}

const AMOUNTS = [
  { column: 'amount', kind: 'assessment' },
  { column: 'interest', kind: 'interest' },
  { column: 'fees', kind: 'fee' },
  { column: 'paid', kind: 'payment' },
] as const;

/**
 * Turns the amount columns of one row into ledger entries. Charges are dated when the debt was incurred, or else when it
 * fell delinquent, because the CSV form has no date for each; a payment is dated by `last_payment_on`.
 */
export function csvEntries(
  cells: ReadonlyMap<string, string>,
  currency: string,
  fault: (column: string, reason: string) => void,
): CsvEntry[] {
  const cell = (name: string) => cells.get(name) ?? '';
  const chargeDate = cell('incurred_on') === '' ? 'delinquent_on' : 'incurred_on';
  if (cell(chargeDate) === '')
    fault('incurred_on', 'must not be blank when delinquent_on is: one of them dates the assessment');

  let paid = false;
  const entries: CsvEntry[] = [];
  for (const { column, kind } of AMOUNTS) {
    const text = cell(column);
    if (text === '') continue;
    const money = moneyFromDecimal(text, currency);
    if (!money.ok) {
      // An unknown currency is the currency column's fault, and told there.
      if (money.code !== 'currency') fault(column, money.message);
      continue;
    }
    if (money.minor < 0) fault(column, 'must not be negative: the column says which way it counts');
    else if (money.minor === 0 && kind === 'assessment') fault(column, 'must be above zero');
    else if (money.minor > 0) {
      paid ||= kind === 'payment';
      const dateColumn = kind === 'payment' ? 'last_payment_on' : chargeDate;
      // Without its date it is no entry, and the missing date has its own fault.
      if (cell(dateColumn) === '') continue;
      entries.push({ kind, amountMinor: money.minor, on: cell(dateColumn), reference: column, column, dateColumn });
    }
  }
  if (paid && cell('last_payment_on') === '') fault('last_payment_on', 'must not be blank when something was paid');
  if (!paid && cell('last_payment_on') !== '') fault('paid', 'must not be blank or zero when there is a last payment');
  return entries;
}
