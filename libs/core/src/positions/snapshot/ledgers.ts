import type { LedgerSnapshot } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { byKey } from '../grouping.js';

interface LedgerRow {
  readonly debt_id: string;
  readonly assessed_minor: number;
  readonly interest_minor: number;
  readonly fees_minor: number;
  readonly paid_minor: number;
  readonly adjusted_minor: number;
  readonly written_off_minor: number;
  readonly balance_minor: number;
  readonly settled: boolean;
}

/** A debt on which nothing was ever posted. */
export const EMPTY_LEDGER: LedgerSnapshot = {
  assessedMinor: 0,
  interestMinor: 0,
  feesMinor: 0,
  paidMinor: 0,
  adjustedMinor: 0,
  writtenOffMinor: 0,
  balanceMinor: 0,
  settled: false,
  lastPayment: null,
};

/** Sums of the ledger, with the last payment that was not reversed. @returns by debt; none where nothing was posted */
export async function readLedgers(
  on: Queryable,
  debtIds: readonly string[],
): Promise<ReadonlyMap<string, LedgerSnapshot>> {
  const sums = await rows<LedgerRow>(on, 'select * from cases_v1.ledger_sum where debt_id = any($1)', [debtIds]);
  const payments = byKey(await readLastPayments(on, debtIds), (row) => row.debt_id);
  return new Map(
    sums.map((row) => {
      const last = payments.get(row.debt_id);
      return [row.debt_id, ledger(row, last ? { on: last.effective_on, amountMinor: last.amount_minor } : null)];
    }),
  );
}

function readLastPayments(on: Queryable, debtIds: readonly string[]) {
  return rows<{ debt_id: string; effective_on: string; amount_minor: number }>(
    on,
    `select distinct on (debt_id) debt_id, effective_on, amount_minor from cases_v1.payment
     where debt_id = any($1) order by debt_id, effective_on desc, recorded_at desc`,
    [debtIds],
  );
}

function ledger(row: LedgerRow, lastPayment: LedgerSnapshot['lastPayment']): LedgerSnapshot {
  return {
    assessedMinor: row.assessed_minor,
    interestMinor: row.interest_minor,
    feesMinor: row.fees_minor,
    paidMinor: row.paid_minor,
    adjustedMinor: row.adjusted_minor,
    writtenOffMinor: row.written_off_minor,
    balanceMinor: row.balance_minor,
    settled: row.settled,
    lastPayment,
  };
}
