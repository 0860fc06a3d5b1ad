import { moneyFromDecimal } from '../../money/domain/money-from-decimal.js';

const AWARDS = [
  { column: 'judgment_principal', field: 'principalMinor' },
  { column: 'judgment_interest', field: 'interestMinor' },
  { column: 'judgment_fees', field: 'feesMinor' },
  { column: 'judgment_costs', field: 'costsMinor' },
] as const;

/** The amounts that a judgment awards, as the columns of one row say; a blank cell awards nothing. */
export function csvAwards(
  cells: ReadonlyMap<string, string>,
  currency: string,
  fault: (column: string, reason: string) => void,
): Readonly<Record<(typeof AWARDS)[number]['field'], number>> {
  const awards = { principalMinor: 0, interestMinor: 0, feesMinor: 0, costsMinor: 0 };
  for (const { column, field } of AWARDS) {
    const text = cells.get(column) ?? '';
    if (text === '') continue;
    const money = moneyFromDecimal(text, currency);
    // An unknown currency is the currency column's fault, and told there.
    if (!money.ok && money.code !== 'currency') fault(column, money.message);
    else if (money.ok && money.minor < 0) fault(column, 'must not be negative');
    else if (money.ok) awards[field] = money.minor;
  }
  return awards;
}
