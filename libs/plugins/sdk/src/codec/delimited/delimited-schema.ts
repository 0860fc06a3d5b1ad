import { z } from 'zod';
import { LONGEST_RECORD } from '../layout.js';
import { checkDelimitedLayout } from './delimited-check.js';
import type { DelimitedLayout } from './delimited-layout.js';

const name = z.string().min(1).max(80);
const column = z.int().min(1).max(500);
const names = z.array(z.string().min(1).max(160)).max(200);
const codes = z.array(z.string().min(1).max(80)).min(1).max(2_000).optional();
const pad = z.literal('0').optional();
const thousands = z.enum(['comma', 'point', 'blank', 'apostrophe']).optional();
const text = z.string().min(1).max(200);

const place = {
  name,
  key: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*$/)
    .max(80)
    .optional(),
  column,
  length: z.int().min(1).max(LONGEST_RECORD).optional(),
  required: z.boolean().optional(),
  sensitive: z.boolean().optional(),
};

const total = z
  .discriminatedUnion('count', [
    z.strictObject({
      count: z.literal('records'),
      records: names.optional(),
      plus: z.int().min(-10).max(10).optional(),
    }),
    z.strictObject({ count: z.literal('equal'), places: names, value: z.string().max(80) }),
    z.strictObject({ count: z.literal('filled'), places: names, ignore: names.optional() }),
    z.strictObject({ count: z.literal('sum'), places: names }),
  ])
  .optional();

const field = z.discriminatedUnion('type', [
  z.strictObject({
    ...place,
    type: z.literal('text'),
    truncate: z.boolean().optional(),
    lines: z.boolean().optional(),
    codes,
    default: text.optional(),
  }),
  z.strictObject({
    ...place,
    type: z.literal('digits'),
    codes,
    zeroIsBlank: z.boolean().optional(),
    pad,
    default: text.optional(),
  }),
  z.strictObject({
    ...place,
    type: z.literal('number'),
    signed: z.boolean().optional(),
    pad,
    thousands,
    default: z.int().min(0).optional(),
    total,
  }),
  z.strictObject({
    ...place,
    type: z.literal('money'),
    decimals: z.int().min(0).max(4),
    point: z.union([z.boolean(), z.literal('comma')]).optional(),
    fewerDecimals: z.boolean().optional(),
    signed: z.boolean().optional(),
    pad,
    thousands,
    total,
  }),
  z.strictObject({
    ...place,
    type: z.literal('date'),
    pattern: z.string().max(20),
    none: z.iso.date().optional(),
    writeNone: z.boolean().optional(),
  }),
  z.strictObject({ ...place, type: z.literal('timestamp'), pattern: z.string().max(30) }),
  z.strictObject({ ...place, type: z.literal('constant'), value: text }),
  z.strictObject({ ...place, type: z.literal('filler') }),
]);

const record = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][A-Za-z0-9-]*$/)
    .max(40),
  recognise: z.union([z.literal('otherwise'), z.strictObject({ column, value: z.string().min(1).max(80) })]),
  fields: z.array(field).min(1).max(500),
  leastColumns: column.optional(),
  openEnd: z.boolean().optional(),
});

const layout = z.strictObject({
  form: z.literal('delimited'),
  name,
  characterSet: z.string().min(1).max(40),
  byteOrderMark: z.boolean().optional(),
  separator: z.string().min(1).max(20),
  quote: z.string().min(1).max(20).optional(),
  quoting: z.enum(['needed', 'always', 'never']).optional(),
  escape: z.enum(['double', 'backslash']).optional(),
  lineEnd: z.enum(['lf', 'crlf', 'nel']),
  maxRecordLength: z.int().min(1).max(LONGEST_RECORD),
  upperCase: z.boolean().optional(),
  heading: z.strictObject({ anyOrder: z.boolean().optional() }).optional(),
  header: record.optional(),
  records: z.array(record).min(1).max(100),
  trailer: record.optional(),
});

/** What the schema can say, for comparison with what the TypeScript types can. */
export type SayableDelimitedLayout = z.input<typeof layout>;

/** A delimited layout as an administrator writes it in YAML: the same tables as ours, checked in shape and in meaning. */
export const delimitedLayoutSchema: z.ZodType<DelimitedLayout> = layout.superRefine((value, context) => {
  for (const fault of checkDelimitedLayout(value)) {
    context.addIssue({ code: 'custom', path: [...fault.path], message: fault.message });
  }
});
