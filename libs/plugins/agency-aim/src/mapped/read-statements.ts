import { createHash } from 'node:crypto';
import type { DecodeContext, Finding, PartnerRecord } from '@concord/plugin-sdk';
import { readLines, type Line, type Read } from '../inbound/read-records.js';
import { statementKey } from '../inbound/statement-key.js';
import { formatOf } from '../formats.js';
import { nineDigits } from '../numbers.js';
import type { AimSettings } from '../settings.js';
import { statementOf, type MappedKind } from './kinds.js';
import { mappingOf, type MappedFile } from './mapping.js';

type Details = { readonly [detail: string]: string };

/** Reads a file that the administrator described: what its records say, in the words of findings. */
export function decodeStatements(
  kind: MappedKind,
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<AimSettings>,
): AsyncIterable<Read> {
  const mapping = mappingOf(kind, context.settings.mapped);
  const source = { format: formatOf(kind, context.settings), layout: mapping.record, fileNumber: mapping.fileNumber };
  return readLines(source, bytes, context, (line) => findingsIn(line, kind, mapping));
}

/**
 * A protective fact, and beside it what else the record says of it. The fact is known by what it is about, so that the same
 * bankruptcy told again with a new date places no second stop; the rest is a statement of its own each time that it changes.
 */
function findingsIn({ record, reference }: Line, kind: MappedKind, mapping: MappedFile): readonly Finding[] {
  const { as, about, on, facts, further } = statementOf(kind);
  const said = detailsIn(record, facts, mapping);
  const rest = detailsIn(record, further, mapping);
  const wholly = statementKeyOf(kind, record, reference);
  const report = (more: Details): Finding => ({
    kind: 'status-reported',
    naturalKey: `${wholly}:further`,
    reference,
    details: { about, ...said, ...rest, ...more },
  });
  if (isTakenBack(record, mapping)) return [report({ takenBack: 'yes' })];
  const naturalKey = factKey(kind, reference, said) ?? wholly;
  const day = said[on] ?? null;
  const finding: Finding =
    as === 'placement-returned' || as === 'status-reported'
      ? { kind: as, naturalKey, reference, details: { about, ...said } }
      : { kind: as, naturalKey, reference, on: day, details: said };
  return Object.keys(rest).length === 0 ? [finding] : [finding, report({})];
}

function isTakenBack(record: PartnerRecord, { takenBack }: MappedFile): boolean {
  return takenBack !== undefined && takenBack.values.includes(written(record, takenBack.field));
}

/** What a record says of these facts; a blank one is left out. */
function detailsIn(record: PartnerRecord, names: readonly string[], { facts, codes }: MappedFile): Details {
  const details: Record<string, string> = {};
  for (const name of names) {
    const field = facts[name];
    const value = field === undefined ? '' : written(record, field);
    if (value === '') continue;
    const meanings = codes?.[name];
    const meant = meanings !== undefined && Object.hasOwn(meanings, value) ? (meanings[value] ?? value) : value;
    details[name] = name === 'debtor' ? nineDigits(meant) : meant;
  }
  return details;
}

function written(record: PartnerRecord, key: string): string {
  const value = record[key];
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
}

/** Everything that the record says, whatever the agency calls its record type. */
function statementKeyOf(kind: MappedKind, record: PartnerRecord, reference: string): string {
  return statementKey({ ...record, recordType: kind }, reference);
}

/**
 * Natural key of a protective fact: its account, and a digest of what it is about; null for a statement that is known by all
 * that it says. Case numbers count by their letters and digits, since clerks write dashes and blanks as they like.
 */
function factKey(kind: MappedKind, reference: string, said: Details): string | null {
  const { knownBy, instead } = statementOf(kind);
  if (knownBy === null) return null;
  const about = knownBy.map((fact) => {
    const name = fact === instead?.of && said[fact] === undefined ? instead.by : fact;
    return [name, (said[name] ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')];
  });
  const digest = createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 32);
  return `${kind}:${reference}:${digest}`;
}
