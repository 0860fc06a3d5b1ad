import type { FileFault, PartnerRecord } from '@concord/plugin-sdk';
import type { HostFileSettings, MeaningSource } from '../../configuration/host-system-settings.js';
import { actionsOf, fieldsOf, isPersonal, keyOf } from './host-fields.js';
import type { HostFacts, HostValue } from './host-state.js';

/** One thing wrong with a row, as it is kept and listed. */
export interface HostFault {
  readonly line: number;
  readonly field: string | null;
  /** What stood there; of what is personal only its length. */
  readonly value: string | null;
  readonly rule: string;
  readonly reason: string;
}

/** What one record of a file says. */
export interface HostStatement {
  readonly line: number;
  readonly key: string;
  readonly action: string;
  readonly facts: HostFacts;
}

/** A statement, or what is wrong with the record and, as far as it could be read, the key. */
export type ReadRecord =
  | { readonly statement: HostStatement; readonly faults?: undefined }
  | { readonly faults: readonly HostFault[]; readonly key: string | null; readonly statement?: undefined };

/**
 * Reads a record of a layout in the words of intake. What the record leaves blank is not said.
 *
 * @param today the office's today: a payment can't be of a later day
 */
export function readRecord(
  settings: Pick<HostFileSettings, 'kind' | 'meaning'>,
  record: PartnerRecord,
  line: number,
  today: string,
): ReadRecord {
  const { kind, meaning } = settings;
  const schemas = fieldsOf(kind);
  const faults: HostFault[] = [];
  const facts: Record<string, HostValue> = {};
  const fault = (field: string, value: unknown, rule: string, reason: string) =>
    faults.push({ line, field, value: shown(field, value), rule, reason });
  let action = actionsOf(kind)[0]!;
  for (const [field, source] of Object.entries(meaning)) {
    const stands = valueOf(source, record);
    if (stands.unknown) fault(field, stands.value, 'code-list', 'is not one of the codes that have a meaning');
    if (field === 'action' && stands.value === undefined) fault(field, undefined, 'required', 'must not be blank');
    if (stands.unknown || stands.value === undefined || stands.value === '') continue;
    if (field === 'action') {
      action = String(stands.value);
      continue;
    }
    const parsed = schemas[field]!.safeParse(stands.value);
    if (parsed.success) facts[field] = parsed.data as HostValue;
    else for (const issue of parsed.error.issues) fault(field, stands.value, 'value', issue.message);
  }
  // What is the same in every record, such as the country, says nothing of a debtor of whom nothing else is said.
  const ofDebtor = Object.keys(facts).filter((field) => isPersonal(field) || field === 'debtorKind');
  if (ofDebtor.every((field) => 'value' in meaning[field]!)) for (const field of ofDebtor) delete facts[field];
  const keyField = keyOf(kind);
  const key = facts[keyField];
  if (key === undefined && !faults.some(({ field }) => field === keyField)) {
    fault(keyField, undefined, 'required', 'must not be blank: it is what tells one record from another');
  }
  for (const field of neededBy(kind, action, facts)) {
    if (facts[field] === undefined && !faults.some((known) => known.field === field)) {
      fault(field, undefined, 'required', `must not be blank in a record that says ${action}`);
    }
  }
  for (const field of ['paidOn', 'incurredOn']) {
    const on = facts[field];
    if (typeof on === 'string' && on > today)
      fault(field, on, 'date-in-future', `is after ${today}, the office's today`);
  }
  const { incurredOn, delinquentOn } = facts;
  if (incurredOn !== undefined && delinquentOn !== undefined && delinquentOn < incurredOn) {
    fault('delinquentOn', delinquentOn, 'value', 'is before the debt was incurred');
  }
  if (faults.length > 0) return { faults, key: key === undefined ? null : String(key) };
  return { statement: { line, key: String(key), action, facts } };
}

/**
 * The key of a record of which only a part could be read; null where that is missing or no key. What stands in its place may
 * be another field: it is the key of something only where something has it.
 */
export function keyIn(
  { kind, meaning }: Pick<HostFileSettings, 'kind' | 'meaning'>,
  record: PartnerRecord,
): string | null {
  const field = keyOf(kind);
  const stands = valueOf(meaning[field]!, record);
  const parsed = fieldsOf(kind)[field]!.safeParse(stands.value);
  return parsed.success && !stands.unknown ? String(parsed.data) : null;
}

/** Digits as identity numbers have them: a column that is shifted by one may bring one anywhere. */
const NINE_DIGITS = /\d{3}[\s-]?\d{2,3}[\s-]?\d{3,4}/;

/** Fields of a layout whose values are about a person, by what they mean. */
export function personalFields({ meaning }: Pick<HostFileSettings, 'meaning'>): ReadonlySet<string> {
  return new Set(
    Object.entries(meaning).flatMap(([field, source]) =>
      isPersonal(field) && 'field' in source ? [source.field] : [],
    ),
  );
}

/** A fault that reading by the layout found, as it is kept. */
export function faultOfLayout(
  { record, field, value, rule, message }: FileFault,
  personal: ReadonlySet<string>,
): HostFault {
  const shownAlready = value === null || /^\(\d+ characters\)$/.test(value);
  const hidden = !shownAlready && ((field !== null && personal.has(field)) || NINE_DIGITS.test(value));
  return { line: record ?? 0, field, value: hidden ? `(${value.length} characters)` : value, rule, reason: message };
}

function neededBy(kind: HostFileSettings['kind'], action: string, facts: HostFacts): readonly string[] {
  if (kind === 'payments') return action === 'payment' ? ['debtReference', 'amountMinor', 'paidOn'] : [];
  // A debtor is known by the host's key: without it nobody could say whose name or address this is.
  return Object.keys(facts).some((field) => isPersonal(field) || field === 'debtorKind') || action === 'present'
    ? ['debtorReference']
    : [];
}

/** What stands in a record for a field: a layout gives texts, numbers and dates as text. */
interface Stands {
  readonly value: HostValue | undefined;
  readonly unknown: boolean;
}

function valueOf(source: MeaningSource, record: PartnerRecord): Stands {
  if ('value' in source) return { value: source.value, unknown: false };
  const stands = record[source.field] as HostValue | undefined;
  if (!('codes' in source) || source.codes === undefined || stands === undefined) {
    return { value: stands, unknown: false };
  }
  // What a blank means may be said, too: a record without it has nothing here, and is passed over above.
  const word = String(stands);
  const known = Object.hasOwn(source.codes, word);
  return { value: known ? source.codes[word] : word, unknown: !known };
}

function shown(field: string, value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
  const words = String(value);
  if (isPersonal(field) || NINE_DIGITS.test(words)) return `(${words.length} characters)`;
  return words.slice(0, 80);
}
