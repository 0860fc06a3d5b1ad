import { fieldKey, fileFormat } from '@concord/plugin-sdk/codec';
import type { GeneralLedgerSettings } from '../configuration/general-ledger-settings.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { decimalFromMoney } from '../money/domain/format-money.js';
import { Refusal } from '../platform/errors.js';

/** One line of a day's file: what was posted to an account, of one kind, bucket and type of debt. */
export interface GlTotal {
  readonly account: string;
  readonly kind: string;
  readonly bucket: string;
  readonly debtType: string;
  readonly entries: number;
  /** Minor units by which what is owed was raised; below zero where it was lowered. */
  readonly amountMinor: number;
}

/** The lines of a file, always in the same order. */
export function readTotals(on: Queryable, fileId: string): Promise<GlTotal[]> {
  return rows<GlTotal>(
    on,
    `select account, kind, bucket, debt_type as "debtType", count(*) as entries, sum(effect_minor) as "amountMinor"
     from cases.gl_line where file_id = $1
     group by account, kind, bucket, debt_type
     order by account collate "C", kind collate "C", bucket collate "C", debt_type collate "C"`,
    [fileId],
  );
}

/** The file's bytes: by the office's layout, or as CSV with a last line of totals. The same lines give the same bytes. */
export async function writeGlFile(
  { layout }: GeneralLedgerSettings,
  totals: readonly GlTotal[],
  { date, currency }: { readonly date: string; readonly currency: string },
): Promise<Buffer> {
  if (layout === undefined) return Buffer.from(csv(totals, date, currency), 'utf8');
  const keys = new Set((layout.records[0]?.fields ?? []).map((field) => fieldKey(field)));
  const records = totals.map(({ amountMinor, ...line }) =>
    Object.fromEntries(Object.entries({ date, ...line, amount: amountMinor }).filter(([key]) => keys.has(key))),
  );
  const faults: string[] = [];
  const chunks: Uint8Array[] = [];
  const context = { file: `general-ledger-${date}`, date };
  for await (const chunk of fileFormat(layout).encode(records, context, ({ message }) => faults.push(message))) {
    chunks.push(chunk);
  }
  // A file that lacks a line would not add up: none is better.
  if (faults.length > 0) throw new Refusal('gl-not-writable', faults.slice(0, 5).join('; '));
  return Buffer.concat(chunks);
}

function csv(totals: readonly GlTotal[], date: string, currency: string): string {
  const lines = totals.map(({ account, kind, bucket, debtType, entries, amountMinor }) =>
    [date, account, kind, bucket, debtType, entries, decimalFromMoney(amountMinor, currency)].join(','),
  );
  const entries = totals.reduce((sum, line) => sum + line.entries, 0);
  const amount = totals.reduce((sum, line) => sum + line.amountMinor, 0);
  return [
    'date,account,kind,bucket,debt_type,entries,amount',
    ...lines,
    `${date},total,,,,${entries},${decimalFromMoney(amount, currency)}`,
    '',
  ].join('\n');
}
