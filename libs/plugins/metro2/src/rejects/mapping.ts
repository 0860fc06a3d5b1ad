import { z } from 'zod';
import { anyLayoutSchema, fieldKey, type SuppliedLayout } from '@concord/plugin-sdk/codec';

/** Points at a field: the record's name in the layout, a dot, and the field's key. */
const place = z.string().regex(/^[a-z][A-Za-z0-9-]*\.[a-z][A-Za-z0-9]*$/, 'record.fieldKey');

const meaningSchema = z.strictObject({
  /** Fields of the header. */
  answeredFile: place,
  received: place,
  accepted: place,
  refused: place,
  result: z.strictObject({ field: place, processed: z.string().min(1), refused: z.string().min(1) }),
  reason: place.optional(),
  /** Fields of the record that refuses one account. */
  refusal: z.strictObject({
    accountNumber: place,
    line: place,
    code: place,
    field: place.optional(),
    message: place.optional(),
  }),
});

export type RejectMeaning = z.infer<typeof meaningSchema>;

/**
 * How to read one bureau's reject file. No bureau publishes its layout, so that the administrator supplies it from the
 * bureau's own document; what is only an example says so with `madeUp`.
 */
export const rejectMappingSchema = z
  .strictObject({
    /** The layout comes from no bureau: nothing but this machine may be talked to with it. */
    madeUp: z.boolean(),
    /** Pattern of the file names, `*` for any run of characters. */
    match: z
      .string()
      .regex(/^[A-Za-z0-9_.*-]+$/)
      .max(100),
    /** Of fixed widths or of separated columns. */
    layout: anyLayoutSchema,
    meaning: meaningSchema,
  })
  .superRefine(({ layout, meaning }, context) => {
    for (const { path, message } of meaningFaults(layout, meaning)) {
      context.addIssue({ code: 'custom', path: ['meaning', ...path], message });
    }
  });

export type RejectMapping = z.infer<typeof rejectMappingSchema>;

interface MeaningFault {
  readonly path: string[];
  readonly message: string;
}

function meaningFaults(layout: SuppliedLayout, meaning: RejectMeaning): MeaningFault[] {
  const faults: MeaningFault[] = [];
  const { header, trailer } = layout;
  if (header === undefined)
    faults.push({ path: ['answeredFile'], message: 'the layout needs a header that names the file' });
  if (trailer === undefined)
    faults.push({ path: [], message: 'the layout needs a trailer, or a cut file looks whole' });
  const known = new Map<string, ReadonlySet<string>>();
  for (const record of [...(header === undefined ? [] : [header]), ...layout.records]) {
    known.set(record.name, new Set(record.fields.map(fieldKey)));
  }
  const check = (path: string[], value: string | undefined, inHeader: boolean): void => {
    if (value === undefined) return;
    const { record, key } = splitPlace(value);
    if (known.get(record)?.has(key) !== true) faults.push({ path, message: `there is no field ${value}` });
    else if (inHeader !== (record === header?.name)) {
      faults.push({ path, message: inHeader ? `${value} is not in the header` : `${value} is in the header` });
    }
  };
  for (const name of ['answeredFile', 'received', 'accepted', 'refused', 'reason'] as const)
    check([name], meaning[name], true);
  check(['result', 'field'], meaning.result.field, true);
  const { refusal } = meaning;
  for (const name of ['accountNumber', 'line', 'code', 'field', 'message'] as const)
    check(['refusal', name], refusal[name], false);
  const records = new Set(Object.values(refusal).map((value) => splitPlace(value).record));
  if (records.size > 1) faults.push({ path: ['refusal'], message: 'all fields of a refusal stand in one record' });
  return faults;
}

/** The two halves of a place. */
export function splitPlace(value: string): { readonly record: string; readonly key: string } {
  const dot = value.indexOf('.');
  return { record: value.slice(0, dot), key: value.slice(dot + 1) };
}
