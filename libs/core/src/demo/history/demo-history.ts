import { addDays } from '../../calendar/domain/iso-date.js';
import type { IntakeRow } from '../../cases/domain/intake-row.js';
import { arrangementHistory } from './arrangement-history.js';
import type { HistoryItem } from './history-item.js';
import { insolvencyHistory } from './insolvency-history.js';
import { OFFICE_HISTORIES } from './office-histories.js';
import { owedMinor, PlainRows } from './plain-rows.js';

/** How many debts got a payment that the bank returned; every second of them was paid again. */
const BOUNCED = 4;
const RETURNED_LETTERS = 4;

/**
 * What happened to some of an office's invented debts between their intake and `asOf`, in the order in which it happened to
 * each: payments, also bounced ones and one too much, credits, plans for payment, insolvencies with and without discharge,
 * letters that came back. The same rows have the same history. Every day of it is before `asOf`.
 */
export function demoHistory(jurisdictionId: string, rows: readonly IntakeRow[], asOf: string): HistoryItem[] {
  const office = OFFICE_HISTORIES[jurisdictionId];
  if (office === undefined) throw new RangeError(`there is no history for ${jurisdictionId}`);
  const plain = new PlainRows(rows, asOf);
  return [
    ...arrangementHistory(office.plans, office.planTypes, plain, asOf),
    ...insolvencyHistory(office.country, plain, asOf),
    ...office.credits.flatMap(({ types, kind, percent, reason }, index): HistoryItem[] => {
      const row = plain.take(types);
      if (row === null) return [];
      const amountMinor = Math.ceil((owedMinor(row) * percent) / 100);
      const key = `credit-${index + 1}`;
      return [{ does: 'credit', debt: row.sourceReference, key, on: addDays(asOf, -30), kind, amountMinor, reason }];
    }),
    ...bounced(plain, asOf),
    ...overpaid(plain, asOf),
    ...disputed(plain, asOf),
    // Offices in the United States have letters that came back among what they bring in.
    ...(office.country === 'US' ? [] : returnedLetters(plain, asOf)),
  ];
}

function bounced(plain: PlainRows, asOf: string): HistoryItem[] {
  return Array.from({ length: BOUNCED }, (_, index) => index).flatMap((index): HistoryItem[] => {
    const row = plain.take();
    if (row === null) return [];
    const debt = row.sourceReference;
    const amountMinor = Math.ceil(owedMinor(row) / 4);
    const paid = addDays(asOf, -62 + index);
    const items: HistoryItem[] = [
      { does: 'pay', debt, key: 'cheque', on: paid, amountMinor, reference: `CHQ-${index + 1}` },
      { does: 'bounce', debt, key: 'cheque-returned', on: addDays(paid, 5), payment: 'cheque' },
    ];
    if (index % 2 === 1) {
      items.push({ does: 'pay', debt, key: 'cash', on: addDays(paid, 9), amountMinor, reference: `CASH-${index + 1}` });
    }
    return items;
  });
}

/** A payment that was made twice: what is above the debt is to be given back. */
function overpaid(plain: PlainRows, asOf: string): HistoryItem[] {
  const row = plain.take();
  if (row === null) return [];
  const debt = row.sourceReference;
  const amountMinor = Math.ceil(owedMinor(row) * 0.6);
  return [
    { does: 'pay', debt, key: 'card', on: addDays(asOf, -21), amountMinor, reference: 'CARD-1' },
    { does: 'pay', debt, key: 'transfer', on: addDays(asOf, -19), amountMinor, reference: 'TRF-1' },
  ];
}

/** A dispute that was looked into and resolved: the debt stands, less what the office gave way on. */
function disputed(plain: PlainRows, asOf: string): HistoryItem[] {
  const row = plain.take();
  if (row === null) return [];
  const debt = row.sourceReference;
  const [opened, resolved] = [addDays(asOf, -95), addDays(asOf, -70)];
  const amountMinor = Math.ceil(owedMinor(row) / 10);
  return [
    {
      ...{ does: 'stop', debt, key: 'dispute', on: opened, subject: 'debt', kind: 'dispute' },
      ...{ details: { channel: 'letter' }, source: 'letter of the debtor', proof: 'LETTER-1' },
    },
    {
      ...{ does: 'credit', debt, key: 'dispute-credit', on: resolved, kind: 'adjustment', amountMinor },
      reason: 'agreed when the dispute was resolved',
    },
    { does: 'lift', debt, key: 'dispute-resolved', on: resolved, stop: 'dispute' },
  ];
}

function returnedLetters(plain: PlainRows, asOf: string): HistoryItem[] {
  return Array.from({ length: RETURNED_LETTERS }, (_, index) => index).flatMap((index): HistoryItem[] => {
    const row = plain.take();
    if (row === null) return [];
    const debt = row.sourceReference;
    const on = addDays(asOf, -50 + index);
    return [
      { does: 'proof', debt, key: 'reminder', on, kind: 'notice-sent', reference: 'REM-1' },
      { does: 'proof', debt, key: 'reminder-back', on: addDays(on, 11), kind: 'notice-returned', reference: 'REM-1' },
    ];
  });
}
