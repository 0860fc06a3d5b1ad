import { z } from 'zod';
import { checkLayout, type LayoutFault } from './layout-check.js';
import {
  LONGEST_BLOCK,
  LONGEST_RECORD,
  MOST_FIELDS,
  MOST_OCCURRENCES,
  MOST_TYPES,
  type FileLayout,
  type RecordLayout,
} from './layout.js';

const position = z.int().min(1).max(LONGEST_RECORD);
const name = z.string().min(1).max(80);
const pad = z.enum(['0', ' ']).optional();

const key = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/)
  .max(80);

const place = {
  name,
  key: key.optional(),
  start: position,
  length: position,
  required: z.boolean().optional(),
  sensitive: z.boolean().optional(),
};

/** How the bytes of a field carry its value. */
const encoded = {
  encoding: z.enum(['text', 'packed', 'binary']).optional(),
  byteOrder: z.enum(['big', 'little']).optional(),
};

/** A number that may be negative, and how it shows that. */
const sign = {
  signed: z.boolean().optional(),
  sign: z.enum(['minus', 'overpunch', 'leading-overpunch']).optional(),
};

const names = z.array(z.string().min(1).max(160)).max(200);

const total = z.discriminatedUnion('count', [
  z.strictObject({ count: z.literal('records'), records: names.optional(), plus: z.int().min(-10).max(10).optional() }),
  z.strictObject({ count: z.literal('blocks'), plus: z.int().min(-10).max(10).optional() }),
  z.strictObject({ count: z.literal('segments'), segments: names }),
  z.strictObject({ count: z.literal('equal'), places: names, value: z.string().max(80) }),
  z.strictObject({ count: z.literal('filled'), places: names, ignore: names.optional() }),
  z.strictObject({ count: z.literal('sum'), places: names }),
]);

const codes = z.array(z.string().min(1).max(80)).min(1).max(2_000).optional();

const field = z.discriminatedUnion('type', [
  z.strictObject({
    ...place,
    type: z.literal('text'),
    justify: z.enum(['left', 'right']).optional(),
    truncate: z.boolean().optional(),
    codes,
    default: z.string().min(1).max(200).optional(),
  }),
  z.strictObject({
    ...place,
    ...encoded,
    type: z.literal('digits'),
    digits: z.int().min(1).max(31).optional(),
    signed: z.boolean().optional(),
    codes,
    zeroIsBlank: z.boolean().optional(),
    pad,
    default: z.string().min(1).max(200).optional(),
  }),
  z.strictObject({
    ...place,
    ...encoded,
    ...sign,
    type: z.literal('number'),
    pad,
    default: z.int().min(0).optional(),
    total: total.optional(),
  }),
  z.strictObject({
    ...place,
    ...encoded,
    ...sign,
    type: z.literal('money'),
    decimals: z.int().min(0).max(4),
    point: z.boolean().optional(),
    pad,
    total: total.optional(),
  }),
  z.strictObject({
    ...place,
    ...encoded,
    type: z.literal('date'),
    signed: z.boolean().optional(),
    pattern: z.string().max(20),
    pad,
    none: z.iso.date().optional(),
    writeNone: z.boolean().optional(),
  }),
  z.strictObject({
    ...place,
    ...encoded,
    type: z.literal('timestamp'),
    signed: z.boolean().optional(),
    pattern: z.string().max(30),
    pad,
  }),
  z.strictObject({ ...place, type: z.literal('constant'), value: z.string().min(1).max(200) }),
  z.strictObject({ ...place, type: z.literal('filler'), pad: z.enum(['0', ' ', 'nul']).optional() }),
  z.strictObject({ ...place, ...encoded, type: z.literal('record-length') }),
]);

const fields = z.array(field).min(1).max(MOST_FIELDS);
const occurrences = z.int().min(1).max(MOST_OCCURRENCES);

/**
 * One record of a layout, as an administrator writes it: checked in shape only. Put into a layout, it is checked with
 * that (`checkLayout`).
 */
export const recordLayoutSchema: z.ZodType<RecordLayout> = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][A-Za-z0-9-]*$/)
    .max(40),
  length: position,
  recognise: z.union([z.literal('otherwise'), z.strictObject({ start: position, value: z.string().min(1).max(80) })]),
  fields,
  groups: z
    .array(
      z.strictObject({
        name,
        key: key.optional(),
        start: position.optional(),
        length: position,
        occurs: z.union([occurrences, z.strictObject({ field: key, most: occurrences })]),
        fields,
      }),
    )
    .min(1)
    .max(MOST_TYPES)
    .optional(),
  segments: z
    .strictObject({
      identifierLength: z.int().min(1).max(20),
      most: z.int().min(1).max(1_000).optional(),
      types: z
        .array(
          z.strictObject({
            identifier: z.string().min(1).max(20),
            length: position,
            most: z.int().min(1).max(1_000).optional(),
            fields,
          }),
        )
        .min(1)
        .max(MOST_TYPES),
    })
    .optional(),
  cutBlanks: z.boolean().optional(),
  openEnd: z.boolean().optional(),
});

/** A layout as an administrator writes it in YAML: the same tables as ours, checked in shape and in meaning. */
export const fileLayoutSchema: z.ZodType<FileLayout> = z
  .strictObject({
    name,
    characterSet: z.string().min(1).max(40),
    delimiter: z.enum(['lf', 'crlf', 'nel', 'none']),
    blocks: z
      .strictObject({
        word: z.enum(['digits', 'binary']),
        length: z.int().min(1).max(7),
        zeros: z.int().min(0).max(8).optional(),
        recordsPerBlock: z.int().min(1).max(LONGEST_BLOCK).optional(),
        maxBlockLength: z.int().min(1).max(LONGEST_BLOCK).optional(),
      })
      .optional(),
    maxRecordLength: position,
    upperCase: z.boolean().optional(),
    header: recordLayoutSchema.optional(),
    records: z.array(recordLayoutSchema).min(1).max(MOST_TYPES),
    trailer: recordLayoutSchema.optional(),
  })
  .superRefine((layout, context) => {
    for (const fault of checkLayout(layout)) {
      context.addIssue({ code: 'custom', path: [...fault.path], message: fault.message });
    }
  });

/** Reads a layout from parsed YAML. What is wrong with it is a value, with the path to it. */
export function readLayout(
  value: unknown,
):
  | { readonly layout: FileLayout; readonly faults?: undefined }
  | { readonly faults: readonly LayoutFault[]; readonly layout?: undefined } {
  const parsed = fileLayoutSchema.safeParse(value);
  if (parsed.success) return { layout: parsed.data };
  return {
    faults: parsed.error.issues.map(({ path, message }) => ({
      path: path.filter((step) => typeof step !== 'symbol'),
      message,
    })),
  };
}
