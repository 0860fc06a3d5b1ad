import { z } from 'zod';
import { fieldKey, recordLayoutSchema, type FieldLayout, type RecordLayout } from '@concord/plugin-sdk/codec';
import { trailerSchema } from '../trailer-mappings.js';
import { factsOfKind, MAPPED_KINDS, statementOf, type MappedKind } from './kinds.js';

/** Key of a field of the mapped record. */
const key = z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'a field key');
/** What stands in a record, blanks around it taken off. */
const recordCode = z.string().min(1).max(80);

type Facts = { readonly [fact: string]: string | undefined };

/**
 * How to read one of the agency's files whose positions are not public. The administrator supplies it from the agency's own
 * document; what is only an example says so with `madeUp`.
 */
function mappedFileSchema(kind: MappedKind) {
  const facts = Object.fromEntries(factsOfKind(kind).map((fact) => [fact, key.optional()]));
  return z
    .strictObject({
      /** The layout comes from no agency: nothing but this machine may be talked to with it. */
      madeUp: z.boolean(),
      /** Pattern of the file names, `*` for any run of characters. */
      match: z
        .string()
        .regex(/^[A-Za-z0-9_.*-]+$/)
        .max(100),
      record: recordLayoutSchema,
      trailer: trailerSchema.optional(),
      /** Field of the number under which the account was placed. */
      fileNumber: key,
      /** Which field carries which fact. What is left out is not read. */
      facts: z.strictObject(facts),
      /** What the agency's codes stand for, by fact: `{ chapter: { C07: '7' } }`. A code that is not listed stays as it is. */
      codes: z.record(key, z.record(recordCode, z.string().min(1).max(200))).optional(),
      /** The record takes back what it says where this field has one of these values: that goes to a person. */
      takenBack: z.strictObject({ field: key, values: z.array(recordCode).min(1).max(20) }).optional(),
    })
    .superRefine((mapping, context) => {
      const report = (path: readonly string[], message: string): void => {
        context.addIssue({ code: 'custom', path: [...path], message });
      };
      checkFileNumber(mapping.record, mapping.fileNumber, report);
      checkFacts(kind, mapping.record, mapping.facts, report);
      const { codes = {}, takenBack } = mapping;
      for (const fact of Object.keys(codes)) {
        if (mapping.facts[fact] === undefined) report(['codes', fact], `${fact} is not mapped`);
      }
      if (takenBack !== undefined) checkCarries(mapping.record, takenBack.field, ['takenBack', 'field'], report);
    });
}

const shape = Object.fromEntries(MAPPED_KINDS.map((kind) => [kind, mappedFileSchema(kind).optional()])) as Readonly<
  Record<MappedKind, z.ZodOptional<ReturnType<typeof mappedFileSchema>>>
>;

/** The agency's files whose positions are not public, as far as its document gives them. One left out is not read. */
export const mappedFilesSchema = z.strictObject(shape);

export type MappedFiles = z.infer<typeof mappedFilesSchema>;
export type MappedFile = z.infer<ReturnType<typeof mappedFileSchema>>;

/** The mapping of a kind of file. Nothing asks for one that the settings do not have. */
export function mappingOf(kind: MappedKind, mapped: MappedFiles | undefined): MappedFile {
  const mapping = mapped?.[kind];
  if (mapping === undefined) throw new Error('Files of this kind are not available under these settings');
  return mapping;
}

/** Most characters of one fact. */
const LONGEST_FACT = 1_000;

type Report = (path: readonly string[], message: string) => void;

function checkFileNumber(record: RecordLayout, key: string, report: Report): void {
  const field = fieldOf(record, key);
  if (field === undefined) report(['fileNumber'], `there is no field ${key}`);
  else if (field.type !== 'digits') report(['fileNumber'], `${key} must be of digits`);
  // A record that names no account could protect nobody.
  else if (field.required !== true) report(['fileNumber'], `${key} must be required`);
}

function checkFacts(kind: MappedKind, record: RecordLayout, facts: Facts, report: Report): void {
  for (const [fact, named] of Object.entries(facts)) {
    if (named === undefined || !checkCarries(record, named, ['facts', fact], report)) continue;
    const field = fieldOf(record, named);
    if (fact === 'on' || fact.endsWith('On')) {
      if (field?.type !== 'date') report(['facts', fact], `${named} is not a date`);
    }
    // What a fault must not show, a finding must not either: details are read by persons and kept in clear.
    if (field?.sensitive === true) report(['facts', fact], `${named} is sensitive`);
  }
  const { instead } = statementOf(kind);
  if (instead !== undefined && facts[instead.of] === undefined && facts[instead.by] === undefined) {
    report(['facts'], `${instead.of} or ${instead.by} is needed to tell one statement from another`);
  }
}

/** Whether a field is there and has something to say. */
function checkCarries(record: RecordLayout, key: string, path: readonly string[], report: Report): boolean {
  const field = fieldOf(record, key);
  if (field === undefined) report(path, `there is no field ${key}`);
  else if (!(['text', 'digits', 'number', 'date'] as const).some((type) => type === field.type)) {
    report(path, `${key} carries no text, number or date`);
  } else if (field.length > LONGEST_FACT) {
    report(path, `${key} is longer than the ${LONGEST_FACT} characters that a finding carries`);
  } else return true;
  return false;
}

function fieldOf(record: RecordLayout, key: string): FieldLayout | undefined {
  return record.fields.find((field) => field.type !== 'filler' && fieldKey(field) === key);
}
