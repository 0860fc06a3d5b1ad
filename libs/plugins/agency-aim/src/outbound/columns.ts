import type { EntryChange } from '@concord/plugin-sdk';
import type { Placement } from '../content.js';
import { MONEY_COLUMNS, type MoneyColumn } from '../layout/cact.js';
import type { AimSettings } from '../settings.js';

/** Amounts of the nine money columns, in cents. */
export type Columns = { readonly [column in MoneyColumn]: number };

function noMoney(): { [column in MoneyColumn]: number } {
  return Object.fromEntries(MONEY_COLUMNS.map((column) => [column, 0])) as Record<MoneyColumn, number>;
}

/**
 * The columns of an account, which add up to its balance. What was credited is taken off the principal first, then the
 * interest, then the fees, so that no column is negative.
 */
export function balanceColumns(
  { assessedMinor, interestMinor, feesMinor }: Placement['charges'],
  balanceMinor: number,
  { columns }: AimSettings,
): Columns {
  const amounts = noMoney();
  let credits = assessedMinor + interestMinor + feesMinor - balanceMinor;
  // More owed than was ever charged: an adjustment upwards.
  if (credits < 0) {
    amounts[columns.assessment] -= credits;
    credits = 0;
  }
  const add = (column: MoneyColumn, charged: number): void => {
    const credited = Math.min(credits, charged);
    credits -= credited;
    amounts[column] += charged - credited;
  };
  add(columns.assessment, assessedMinor);
  add(columns.interest, interestMinor);
  add(columns.fee, feesMinor);
  return amounts;
}

/** The columns of one ledger entry: its amount, positive, in the column of its kind. */
export function entryColumns({ kind, amountMinor }: EntryChange, { columns }: AimSettings): Columns {
  return { ...noMoney(), [columnOf(kind, columns)]: amountMinor };
}

function columnOf(kind: EntryChange['kind'], columns: AimSettings['columns']): MoneyColumn {
  switch (kind) {
    case 'assessment':
    case 'interest':
    case 'fee':
      return columns[kind];
    case 'payment':
    case 'reversal':
      return columns.payment;
    case 'adjustment':
    case 'write-off':
      return columns.adjustment;
  }
}
