import { z } from 'zod';
import { delimitedLayoutSchema } from '../delimited/delimited-schema.js';
import { checkLayout, type LayoutFault } from '../layout-check.js';
import { fileLayoutSchema, recordLayoutSchema } from '../layout-schema.js';
import { LONGEST_RECORD, type FieldLayout, type FileLayout, type RecordLayout } from '../layout.js';
import type { AnyLayout, SuppliedLayout } from './any-layout.js';
import { faultsInWords } from './plain-words.js';
import { checkSupply } from './supply.js';

const pattern = z.string().min(1).max(40);
const suppliedFields = z.record(
  z.string().max(80),
  z.union([
    z.literal('file-date'),
    z.literal('created-at'),
    z.literal('file-sequence'),
    z.literal('file-name'),
    z.strictObject({ date: pattern }),
    z.strictObject({ created: pattern }),
    z.strictObject({ setting: z.string().min(1).max(80) }),
  ]),
);

/** What a layout's `supply` may say. */
export const supplySchema = z.strictObject({
  header: suppliedFields.optional(),
  trailer: suppliedFields.optional(),
});

export type Reading<T> =
  | { readonly layout: T; readonly faults?: undefined }
  | { readonly faults: readonly LayoutFault[]; readonly layout?: undefined };

/**
 * Reads a layout of either form from parsed YAML, with its `supply`. `form: delimited` tells separated columns from fixed
 * widths, which say no form. What is wrong with it is a value: every fault in plain words, with the path to it.
 */
export function readAnyLayout(value: unknown): Reading<SuppliedLayout> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { faults: [{ path: [], message: 'a layout is a group of properties' }] };
  }
  const { supply: saidSupply, ...said } = value as Readonly<Record<string, unknown>>;
  if (said['form'] !== undefined && said['form'] !== 'delimited') {
    return { faults: [{ path: ['form'], message: 'must be "delimited", or left out for fixed widths' }] };
  }
  const parsed = parse<AnyLayout>(said['form'] === 'delimited' ? delimitedLayoutSchema : fileLayoutSchema, said);
  if (saidSupply === undefined) return parsed;
  const supply = parse(z.strictObject({ supply: supplySchema }), { supply: saidSupply });
  if (parsed.layout === undefined || supply.layout === undefined) {
    return { faults: [...(parsed.faults ?? []), ...(supply.faults ?? [])] };
  }
  const faults = checkSupply(parsed.layout, supply.layout.supply);
  return faults.length > 0 ? { faults } : { layout: { ...parsed.layout, ...supply.layout } };
}

/** A layout of either form inside a plugin's settings: what `readAnyLayout` finds wrong is told with its path. */
export const anyLayoutSchema: z.ZodType<SuppliedLayout, Record<string, unknown>> = z
  .looseObject({})
  .transform((value, context) => {
    const { layout, faults } = readAnyLayout(value);
    if (layout !== undefined) return layout;
    for (const { path, message } of faults) context.addIssue({ code: 'custom', path: [...path], message });
    return z.NEVER;
  });

/**
 * Reads one fixed-width record that is to be put into a plugin's own layout, checked as if it stood alone. Where its totals
 * point is known only in that layout, and is not looked at.
 */
export function readRecord(value: unknown): Reading<RecordLayout> {
  const parsed = parse(recordLayoutSchema, value);
  if (parsed.layout === undefined) return parsed;
  const alone: FileLayout = {
    name: 'record',
    characterSet: 'latin1',
    delimiter: 'lf',
    maxRecordLength: LONGEST_RECORD,
    records: [{ ...parsed.layout, fields: parsed.layout.fields.map(withoutTotal) }],
  };
  const faults = checkLayout(alone).map(({ path, message }) => ({ path: path.slice(2), message }));
  return faults.length > 0 ? { faults } : parsed;
}

function withoutTotal(field: FieldLayout): FieldLayout {
  if (field.type !== 'number' && field.type !== 'money') return field;
  const { total: _total, ...rest } = field;
  return rest;
}

function parse<T>(schema: z.ZodType<T>, value: unknown): Reading<T> {
  const parsed = schema.safeParse(value);
  return parsed.success ? { layout: parsed.data } : { faults: faultsInWords(parsed.error.issues, value) };
}
