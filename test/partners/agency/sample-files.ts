/**
 * Hand-made files for the agency's own tests. Positions stand here as numbers and are not taken from the agency's tables,
 * so that a mistake in those shows.
 */
import { written } from './cents.ts';
import type { Places } from '../fixed-record.ts';
import { record } from '../fixed-record.ts';

/** `20261102` for every file here, unless a test says otherwise. */
export const TODAY = '2026-11-02';

/** CACT with its debtor, whose number is the file number with a 9 in front. `places` change the CACT. */
export function placement(fileNumber: string, amount: string, places: Places = {}): string[] {
  return [
    record(
      3000,
      {
        '1-4': 'CACT',
        '5-13': fileNumber,
        '14-43': `ACCT${fileNumber}`,
        '44-55': decimal(amount),
        '56-67': decimal('0.00'),
      },
      places,
    ),
    record(3000, {
      '1-4': 'CDBT',
      '5-13': `9${fileNumber.slice(1)}`,
      '14-22': fileNumber,
      '23-25': 1,
      '26': 'D',
      '27': 'P',
      '28-127': 'LOVELACE, ADA',
    }),
  ];
}

/** A CMIS of an account. */
export function miscellaneous(fileNumber: string, title: string, data: string): string {
  return record(3000, {
    '1-4': 'CMIS',
    '5-13': fileNumber,
    '14-43': `ACCT${fileNumber}`,
    '44-73': title,
    '74-173': data,
  });
}

/** A placement file. The total is that of principal and interest of its CACT. `trailer` changes the trailer. */
export function placements(records: readonly string[], trailer: Places = {}, createdOn = TODAY): Buffer {
  const cents = records
    .filter((text) => text.startsWith('CACT'))
    .reduce((sum, text) => sum + centsOf(text, 44) + centsOf(text, 56), 0);
  return bytes([
    ...records,
    record(
      3000,
      {
        '1-4': 'CTRL',
        '5-34': 'HARBOR',
        '35-84': 'HARBOR RECOVERY',
        '85-94': records.length,
        '95-106': decimal(written(cents)),
        '107-114': compact(createdOn),
      },
      trailer,
    ),
  ]);
}

/** CPAY; the amount stands in the principal. */
export function payment(fileNumber: string, amount: string, batchType: string, identifier: string): string {
  return record(222, {
    '1-4': 'CPAY',
    '5-13': fileNumber,
    '14-43': `ACCT${fileNumber}`,
    '44-55': decimal(amount),
    '152-159': '20261101',
    '160-162': batchType,
    '163-192': identifier,
  });
}

export function payments(records: readonly string[], trailer: Places = {}): Buffer {
  const cents = records.reduce((sum, text) => sum + centsOf(text, 44), 0);
  const totals = { '5-14': records.length, '15-26': decimal(written(cents)), '27-34': compact(TODAY) };
  return bytes([...records, record(222, { '1-4': 'CTRL' }, totals, trailer)]);
}

export function recall(kind: 'CPEN' | 'CFIN', fileNumber: string, objectUntil = '19000101'): string {
  return record(102, {
    '1-4': kind,
    '5-13': fileNumber,
    '14-43': `ACCT${fileNumber}`,
    '44-46': 'WDR',
    '47-54': objectUntil,
  });
}

export function recalls(records: readonly string[], trailer: Places = {}): Buffer {
  return bytes([...records, record(102, { '1-4': 'CTRL', '5-14': records.length, '15-22': compact(TODAY) }, trailer)]);
}

function bytes(records: readonly string[]): Buffer {
  return Buffer.from(records.map((text) => `${text}\n`).join(''), 'latin1');
}

function decimal(amount: string): string {
  return amount.padStart(12, '0');
}

function centsOf(text: string, first: number): number {
  return Number(text.slice(first - 1, first + 11).replace('.', ''));
}

function compact(date: string): string {
  return date.replaceAll('-', '');
}
