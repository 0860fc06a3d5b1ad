import { singleByteCharacters } from './character-set.js';
import { fieldFaults } from './field-check.js';
import { fieldKey, groupKey, printedPosition } from './field-key.js';
import { checkFraming, checkLengthWord } from './framing-check.js';
import { checkGroups } from './group-check.js';
import type { LayoutFault, Report } from './layout-fault.js';
import {
  LONGEST_RECORD,
  MOST_FIELDS,
  MOST_TYPES,
  type FieldLayout,
  type FileLayout,
  type RecordLayout,
} from './layout.js';
import { recordPlaces } from './record-places.js';
import { checkTotals } from './totals-check.js';
import { segmentPart } from './totals.js';

export type { LayoutFault } from './layout-fault.js';

/** Checks what a layout's shape can't say: that fields fill their records without gap or overlap, and what points where. */
export function checkLayout(layout: FileLayout): LayoutFault[] {
  const faults: LayoutFault[] = [];
  const report: Report = (path, message) => faults.push({ path, message });
  const places = recordPlaces(layout);

  if (layout.maxRecordLength > LONGEST_RECORD) report(['maxRecordLength'], `may be at most ${LONGEST_RECORD}`);
  if (layout.records.length === 0) report(['records'], 'a layout needs at least one record type');
  if (layout.records.length > MOST_TYPES) report(['records'], `may be at most ${MOST_TYPES}`);
  const set = singleByteCharacters(layout.characterSet);
  if (set.characters === undefined) report(['characterSet'], set.fault);
  const characters = set.characters ?? ALL_OF_ASCII;
  checkFraming(layout, characters, report);
  for (const { record, path } of places) checkRecord(layout, record, path, characters, report);

  const names = places.map(({ record }) => record.name);
  const segments = layout.records.flatMap((record) => record.segments?.types ?? []);
  const segmentNames = new Set(segments.map((segment) => segmentPart(segment.identifier)));
  for (const { record, path } of places) {
    if (names.indexOf(record.name) !== names.lastIndexOf(record.name))
      report([...path, 'name'], `${record.name} is used twice`);
    if (segmentNames.has(record.name)) report([...path, 'name'], `${record.name} is also a segment`);
  }
  const others = layout.records.filter((record) => record.recognise === 'otherwise');
  if (others.length > 1) report(['records'], 'only one record type can take what no other recognises');
  checkTotals(layout, report);
  return faults;
}

/** Stands in for a set that is not known, so that nothing else is blamed for it. */
const ALL_OF_ASCII = Array.from({ length: 127 }, (_, code) => String.fromCharCode(code)).join('');

function checkRecord(
  layout: FileLayout,
  record: RecordLayout,
  path: readonly (string | number)[],
  characters: string,
  report: Report,
): void {
  if (record.length > layout.maxRecordLength) report([...path, 'length'], 'is longer than maxRecordLength');
  const fixed = (record.groups ?? []).flatMap(({ name, start, length, occurs }) =>
    start !== undefined && typeof occurs === 'number' ? [{ name, start, length: length * occurs }] : [],
  );
  checkFields(record.fields, record.length, [...path, 'fields'], characters, report, fixed);
  checkLengthWord(layout, record, path, report);
  checkGroups(layout, record, path, report);
  record.groups?.forEach((group, index) => {
    checkFields(group.fields, group.length, [...path, 'groups', index, 'fields'], characters, report);
    if (record.fields.some((field) => field.type !== 'filler' && fieldKey(field) === groupKey(group))) {
      report([...path, 'groups', index], `the key ${groupKey(group)} is used twice`);
    }
  });
  const { recognise, segments } = record;
  if (segments !== undefined && (record.cutBlanks === true || record.openEnd === true)) {
    report([...path, 'segments'], 'of a record whose end is not known can not be found');
  }
  if (recognise === 'otherwise') {
    if (record === layout.header || record === layout.trailer)
      report([...path, 'recognise'], 'needs a position and a value');
  } else {
    const marked = record.fields.find((field) => field.start === recognise.start);
    if (marked?.type !== 'constant' || marked.value !== recognise.value) {
      report([...path, 'recognise'], `needs a constant field "${recognise.value}" at ${recognise.start}`);
    }
  }
  if (segments === undefined) return;
  if (record === layout.header || record === layout.trailer)
    report([...path, 'segments'], 'only body records carry segments');
  if (segments.types.length > MOST_TYPES) report([...path, 'segments', 'types'], `may be at most ${MOST_TYPES}`);
  segments.types.forEach((segment, index) => {
    const at = [...path, 'segments', 'types', index];
    const first = segment.fields[0];
    if (segment.identifier.length !== segments.identifierLength) {
      report([...at, 'identifier'], `must have ${segments.identifierLength} characters`);
    }
    if (first?.type !== 'constant' || first.start !== 1 || first.value !== segment.identifier) {
      report([...at, 'fields', 0], `must be the constant "${segment.identifier}"`);
    }
    if (segment.fields.some((field) => field.type === 'record-length')) {
      report([...at, 'fields'], 'a record length stands in the record, not in a segment');
    }
    checkFields(segment.fields, segment.length, [...at, 'fields'], characters, report);
  });
}

/** A stretch of a record that is no field of its own: a group with all of its occurrences. */
interface Stretch {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

function checkFields(
  fields: readonly FieldLayout[],
  length: number,
  path: readonly (string | number)[],
  characters: string,
  report: Report,
  groups: readonly Stretch[] = [],
): void {
  if (fields.length > MOST_FIELDS) report(path, `may be at most ${MOST_FIELDS}`);
  const keys = new Set<string>();
  fields.forEach((field, index) => {
    const at = [...path, index];
    const key = fieldKey(field);
    if (field.type !== 'filler') {
      if (key === '' || key === 'segments') report(at, `${field.name} gives no usable key`);
      else if (keys.has(key)) report(at, `the key ${key} is used twice`);
      keys.add(key);
    }
    for (const message of fieldFaults(field, characters)) report(at, `${field.name} ${message}`);
  });
  checkPlaces(fields, groups, length, path, report);
}

/** Fields stand in the table as they stand in the record; groups between them fill their own places. */
function checkPlaces(
  fields: readonly FieldLayout[],
  groups: readonly Stretch[],
  length: number,
  path: readonly (string | number)[],
  report: Report,
): void {
  let next = 1;
  const waiting = [...groups].sort((one, other) => one.start - other.start);
  const pass = (stretch: Stretch, at: readonly (string | number)[]): void => {
    if (stretch.start !== next) {
      const what = stretch.start > next ? 'leaves a gap after' : 'overlaps';
      report(at, `${stretch.name} at ${printedPosition(stretch)} ${what} position ${next - 1}`);
    }
    next = stretch.start + stretch.length;
  };
  fields.forEach((field, index) => {
    while (waiting[0] !== undefined && waiting[0].start <= field.start && waiting[0].start <= next) {
      pass(waiting.shift()!, [...path.slice(0, -1), 'groups']);
    }
    pass(field, [...path, index]);
  });
  for (const group of waiting) pass(group, [...path.slice(0, -1), 'groups']);
  if (next - 1 !== length) report(path, `the fields end at ${next - 1}, the record at ${length}`);
}
