import { z } from 'zod';
import { LANGUAGES } from './notice-kind.js';

/** What a letter's text may name in braces. A field without a value keeps the letter from being made. */
export const FIELDS = [
  'office.name',
  'office.telephone',
  'addressee.name',
  'notice.number',
  'date',
  'respond-by',
  'pay-by',
  'debt.number',
  'debt.reference',
  'debt.type',
  'debt.creditor',
  'debt.incurred-on',
  'balance.total',
  'balance.principal',
  'balance.interest',
  'balance.fees',
  'balance.costs',
  'itemisation.on',
  'itemisation.balance',
] as const;
export type Field = (typeof FIELDS)[number];

const FIELD = /\{([^{}]*)\}/g;

/** Every field that a text names, known or not. */
export function fieldsIn(text: string): readonly string[] {
  return [...text.matchAll(FIELD)].map(([, name]) => name!);
}

/** A text with its fields in place. */
export function fill(text: string, value: (field: Field) => string): string {
  return text.replace(FIELD, (_, name: string) => value(name as Field));
}

const text = z
  .string()
  .trim()
  .min(1, 'must not be blank')
  .max(5_000, 'must not be longer than 5000 characters')
  .superRefine((value, context) => {
    for (const name of fieldsIn(value)) {
      if (!(FIELDS as readonly string[]).includes(name)) {
        context.addIssue({
          code: 'custom',
          message: `names ${name}, which is no field; the fields: ${FIELDS.join(', ')}`,
        });
      }
    }
    if (/[{}]/.test(value.replace(FIELD, ''))) {
      context.addIssue({ code: 'custom', message: 'has a brace that belongs to no field' });
    }
  });

const TABLES = ['balance', 'itemisation', 'payments'] as const;

const block = z.union(
  [z.strictObject({ heading: text }), z.strictObject({ text }), z.strictObject({ table: z.enum(TABLES) })],
  'must be one of heading, text, or table (balance, itemisation, payments)',
);
export type TemplateBlock = z.output<typeof block>;

const days = z.int('must be whole days').min(1, 'must be at least 1').max(366, 'must be at most 366');

/** One kind of letter of one office in one language: `config/notices/<jurisdiction>/<kind>.<language>.yaml`. */
export const noticeTemplate = z
  .strictObject({
    title: text,
    /** From the letter's date to the day that `respond-by` names. */
    respondWithinDays: days.optional(),
    /** From the letter's date to the day that `pay-by` names. */
    payWithinDays: days.optional(),
    /** What the office calls its types of debts in a letter, by code. */
    debtTypes: z.record(z.string(), text).default({}),
    body: z.array(block).min(1, 'must say something'),
  })
  .superRefine(({ title, body, respondWithinDays, payWithinDays }, context) => {
    const named = new Set([title, ...body.flatMap(textsOf)].flatMap(fieldsIn));
    const miss = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (named.has('respond-by') && respondWithinDays === undefined)
      miss('respondWithinDays', 'is needed for respond-by');
    if (named.has('pay-by') && payWithinDays === undefined) miss('payWithinDays', 'is needed for pay-by');
  });
export type NoticeTemplate = z.output<typeof noticeTemplate>;

function textsOf(part: TemplateBlock): readonly string[] {
  if ('heading' in part) return [part.heading];
  return 'text' in part ? [part.text] : [];
}

/** Every text of a template. */
export function templateTexts({ title, body, debtTypes }: NoticeTemplate): readonly string[] {
  return [title, ...body.flatMap(textsOf), ...Object.values(debtTypes)];
}

/** Whether a letter has a table. */
export function hasTable({ body }: NoticeTemplate, table: (typeof TABLES)[number]): boolean {
  return body.some((part) => 'table' in part && part.table === table);
}

/**
 * What a validation notice must hold, by rule US-REGF-03: the itemisation with what came to it since, and the debt that it is
 * about; and by US-REGF-02 how the addressee may respond.
 *
 * @returns what is missing, in words
 */
export function validationFaults(template: NoticeTemplate): readonly string[] {
  const named = new Set(templateTexts(template).flatMap(fieldsIn));
  return [
    ...(hasTable(template, 'itemisation') ? [] : ['has no table of the itemisation']),
    ...(['respond-by', 'debt.reference'] as const).flatMap((field) =>
      named.has(field) ? [] : [`does not name ${field}`],
    ),
  ];
}

const line = text.max(80, 'must not be longer than 80 characters');

/** Who writes the letters of an office: `config/notices/<jurisdiction>/office.yaml`. */
export const letterhead = z.strictObject({
  name: line,
  /** What the office calls itself in other languages. */
  names: z.partialRecord(z.enum(LANGUAGES), line).default({}),
  address: z.array(line).min(1, 'must have a line').max(6, 'must have at most 6 lines'),
  telephone: line,
  page: z.enum(['letter', 'a4']),
});
export type Letterhead = z.output<typeof letterhead>;
