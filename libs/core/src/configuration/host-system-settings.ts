import { z } from 'zod';
import { anyLayoutSchema, fieldKey } from '@concord/plugin-sdk/codec';
import type { AnyLayout } from '@concord/plugin-sdk/codec';
import { actionsOf, fieldsOf, keyOf } from '../intake/domain/host-fields.js';

const id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens');
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A field of the layout, and what its values mean where they are codes. */
export interface FromField {
  readonly field: string;
  readonly codes?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** Where a value comes from: the key of a field of the layout, the same with a table of codes, or one value for all records. */
const source = z.union([
  z
    .string()
    .min(1)
    .transform((field): FromField => ({ field })),
  z.strictObject({ field: z.string().min(1), codes: z.record(z.string(), scalar).optional() }),
  z.strictObject({ value: scalar }),
]);

/** By which files of one kind are put in order: a date, and a number where a day has several. */
const dated = z.union([
  z.strictObject({ header: z.strictObject({ date: z.string().min(1), sequence: z.string().min(1).optional() }) }),
  z.strictObject({
    /** A regular expression with the groups `date` (YYYYMMDD or YYYY-MM-DD) and, where a day has several files, `sequence`. */
    name: z.string().max(200).refine(isPattern, 'must be a regular expression with a group named date'),
  }),
]);

const hostFile = z
  .strictObject({
    name: id,
    kind: z.enum(['debts', 'payments']),
    /** `full`: a debt that is missing is gone. `changes`: each record says what it is. */
    picture: z.enum(['changes', 'full']).default('changes'),
    /** A full picture that would close more than this share of the open debts waits for a person. */
    closesShare: z.number().min(0, 'must not be below 0').max(1, 'must not be above 1').default(0.02),
    dated,
    /** The record of the layout that says something, where it has several. */
    record: z.string().optional(),
    layout: anyLayoutSchema,
    meaning: z.record(z.string(), source),
  })
  .superRefine((file, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (file.kind === 'payments' && file.picture === 'full') refuse(['picture'], 'payments come as changes');
    const known = fieldsOf(file.kind);
    const record = file.layout.records.find(({ name }) => name === (file.record ?? file.layout.records[0]?.name));
    if (record === undefined) refuse(['record'], `the layout has no record ${file.record}`);
    else if (file.record === undefined && file.layout.records.length > 1)
      refuse(['record'], 'must name one of several');
    const keys = new Set((record?.fields ?? []).map((field) => fieldKey(field)));
    for (const [field, from] of Object.entries(file.meaning)) {
      if (field !== 'action' && !(field in known)) refuse(['meaning', field], `is no field of ${file.kind}`);
      if ('field' in from && !keys.has(from.field)) refuse(['meaning', field], `the record has no field ${from.field}`);
      if (field === 'action') checkActions(file.kind, from, (message) => refuse(['meaning', 'action'], message));
    }
    if (!(keyOf(file.kind) in file.meaning)) refuse(['meaning'], `must say what the ${keyOf(file.kind)} is`);
    if ('header' in file.dated) checkHeader(file.layout, file.dated.header, (message) => refuse(['dated'], message));
  });

/** A billing system of the office and the files that it hands over. */
const hostSystem = z
  .strictObject({
    id,
    title: z.string().trim().min(1, 'must not be blank').optional(),
    files: z
      .array(hostFile)
      .min(1, 'must have a file')
      .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'have the same name twice'),
  })
  // What is missing from two pictures could be in the other one.
  .refine(
    ({ files }) => files.filter(({ picture }) => picture === 'full').length <= 1,
    'has two files with a full picture',
  );

export const hostSystems = z
  .array(hostSystem)
  .refine((list) => new Set(list.map((item) => item.id)).size === list.length, 'have the same id twice');

export type HostSystem = z.output<typeof hostSystem>;
export type HostFileSettings = z.output<typeof hostFile>;
export type MeaningSource = z.output<typeof source>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp && text.includes('(?<date>');
  } catch {
    return false;
  }
}

function checkActions(kind: HostFileSettings['kind'], from: MeaningSource, refuse: (message: string) => void): void {
  const said = 'value' in from ? [from.value] : Object.values(from.codes ?? {});
  const actions = actionsOf(kind);
  if (said.length === 0) refuse('must have codes that say what each value means');
  else if (said.some((action) => !actions.includes(String(action)))) refuse(`must be one of ${actions.join(', ')}`);
}

function checkHeader(
  layout: AnyLayout,
  header: { readonly date: string; readonly sequence?: string | undefined },
  refuse: (message: string) => void,
): void {
  const keys = new Set((layout.header?.fields ?? []).map((field) => fieldKey(field)));
  for (const key of [header.date, header.sequence]) {
    if (key !== undefined && !keys.has(key)) refuse(`the header has no field ${key}`);
  }
}
