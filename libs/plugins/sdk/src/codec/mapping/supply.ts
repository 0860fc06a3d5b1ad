import type { FileFormatContext, PartnerRecord } from '../../contract/files.js';
import type { FormatOptions } from '../format-options.js';
import { fieldKey } from '../field-key.js';
import type { LayoutFault } from '../layout-check.js';
import { type AnyField, type AnyLayout, type SuppliedLayout } from './any-layout.js';
import type { Supplied, Supply } from './supplied.js';
import { writtenMoment } from './written-moment.js';

/** What is known of a file when it is made. A fact that is left out leaves its field blank, and a required one faulty. */
export interface FileFacts extends FileFormatContext {
  /** Local date and time without zone, `YYYY-MM-DDThh:mm:ss`. */
  readonly createdAt?: string;
  readonly fileSequence?: number;
  readonly settings?: { readonly [name: string]: unknown };
}

/** The options that a layout's `supply` asks for. */
export function suppliedOptions(layout: SuppliedLayout): FormatOptions {
  const { supply } = layout;
  if (supply === undefined) return {};
  const part = (name: 'header' | 'trailer'): ((context: FileFormatContext) => PartnerRecord) | undefined => {
    const wanted = supply[name];
    if (wanted === undefined) return undefined;
    const fields = fieldsOf(layout, name);
    const entries = Object.entries(wanted).map(([key, supplied]) => ({ key, supplied, field: fields.get(key) }));
    return (context) =>
      Object.fromEntries(
        entries.flatMap(({ key, supplied, field }) => {
          const value = field === undefined ? undefined : suppliedValue(supplied, field, context);
          return value === undefined ? [] : [[key, value]];
        }),
      );
  };
  const header = part('header');
  const trailer = part('trailer');
  return { ...(header === undefined ? {} : { header }), ...(trailer === undefined ? {} : { trailer }) };
}

/** What is wrong with a `supply`: fields that are not there, and values that their fields can't carry. */
export function checkSupply(layout: AnyLayout, supply: Supply): LayoutFault[] {
  return (['header', 'trailer'] as const).flatMap((part) => {
    const wanted = supply[part];
    if (wanted === undefined) return [];
    if (layout[part] === undefined) {
      return [{ path: ['supply', part], message: `the layout has no ${part}` }];
    }
    const fields = fieldsOf(layout, part);
    return Object.entries(wanted).flatMap(([key, supplied]) => {
      const field = fields.get(key);
      const message = field === undefined ? `the ${part} has no field ${key}` : unfitReason(supplied, field);
      return message === null ? [] : [{ path: ['supply', part, key], message }];
    });
  });
}

function fieldsOf(layout: AnyLayout, part: 'header' | 'trailer'): Map<string, AnyField> {
  const fields: readonly AnyField[] = layout[part]?.fields ?? [];
  return new Map(fields.map((field) => [fieldKey(field), field]));
}

const SUPPLIABLE: readonly AnyField['type'][] = ['text', 'digits', 'number', 'money', 'date', 'timestamp'];
const FITTING: Readonly<Record<string, readonly AnyField['type'][]>> = {
  'file-date': ['date'],
  'created-at': ['timestamp', 'date'],
  'file-sequence': ['number', 'digits', 'text'],
  'file-name': ['text'],
  date: ['text', 'digits'],
  created: ['text', 'digits'],
  setting: SUPPLIABLE,
};

function unfitReason(supplied: Supplied, field: AnyField): string | null {
  const what = typeof supplied === 'string' ? supplied : Object.keys(supplied)[0]!;
  if ('total' in field && field.total !== undefined) return `${field.name} is a total, and is counted`;
  if (!SUPPLIABLE.includes(field.type)) return `${field.name} is of type ${field.type}, which takes no value`;
  const types = FITTING[what] ?? [];
  if (!types.includes(field.type)) return `${field.name} must be of type ${types.join(' or ')} for ${what}`;
  if (typeof supplied === 'string' || 'setting' in supplied) return null;
  const pattern = 'date' in supplied ? supplied.date : supplied.created;
  const sample = writtenMoment(pattern, '2000-01-01T00:00:00');
  if (field.type === 'digits' && !/^\d+$/.test(sample)) return `${field.name} takes digits only, not ${pattern}`;
  return field.length !== undefined && sample.length > field.length ? `${pattern} does not fit in ${field.name}` : null;
}

function suppliedValue(supplied: Supplied, field: AnyField, facts: FileFacts): unknown {
  switch (supplied) {
    case 'file-date':
      return facts.date;
    case 'created-at':
      return field.type === 'date' ? facts.createdAt?.slice(0, 10) : facts.createdAt;
    case 'file-sequence':
      return field.type === 'number' || facts.fileSequence === undefined
        ? facts.fileSequence
        : String(facts.fileSequence);
    case 'file-name':
      return facts.file;
  }
  if ('date' in supplied) return writtenMoment(supplied.date, `${facts.date}T00:00:00`);
  if ('created' in supplied) {
    return facts.createdAt === undefined ? undefined : writtenMoment(supplied.created, facts.createdAt);
  }
  const value = facts.settings?.[supplied.setting];
  return typeof value === 'number' && (field.type === 'text' || field.type === 'digits') ? String(value) : value;
}
