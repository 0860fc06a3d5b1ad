import { parseDatePattern } from './date-pattern.js';
import { fieldKey, printedPosition } from './field-key.js';
import { LONGEST_RECORD, type FieldLayout, type FileLayout, type MoneyField, type RecordLayout } from './layout.js';
import { placesOf, segmentPart } from './totals.js';

/** One thing wrong with a layout, with the path to it in the table or the YAML file. */
export interface LayoutFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Most digits that a JavaScript number holds exactly. */
const MOST_DIGITS = 15;

type Report = (path: readonly (string | number)[], message: string) => void;

/** Checks what a layout's shape can't say: that fields fill their records without gap or overlap, and what points where. */
export function checkLayout(layout: FileLayout): LayoutFault[] {
  const faults: LayoutFault[] = [];
  const report: Report = (path, message) => faults.push({ path, message });
  const places = recordPlaces(layout);

  if (layout.maxRecordLength > LONGEST_RECORD) report(['maxRecordLength'], `may be at most ${LONGEST_RECORD}`);
  if (layout.records.length === 0) report(['records'], 'a layout needs at least one record type');
  for (const { record, path } of places) checkRecord(layout, record, path, report);

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

interface RecordPlace {
  readonly record: RecordLayout;
  readonly path: readonly (string | number)[];
}

function recordPlaces(layout: FileLayout): RecordPlace[] {
  return [
    ...(layout.header === undefined ? [] : [{ record: layout.header, path: ['header'] }]),
    ...layout.records.map((record, index) => ({ record, path: ['records', index] })),
    ...(layout.trailer === undefined ? [] : [{ record: layout.trailer, path: ['trailer'] }]),
  ];
}

function checkRecord(
  layout: FileLayout,
  record: RecordLayout,
  path: readonly (string | number)[],
  report: Report,
): void {
  if (record.length > layout.maxRecordLength) report([...path, 'length'], 'is longer than maxRecordLength');
  checkFields(record.fields, record.length, [...path, 'fields'], report);
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
    checkFields(segment.fields, segment.length, [...at, 'fields'], report);
  });
}

function checkFields(
  fields: readonly FieldLayout[],
  length: number,
  path: readonly (string | number)[],
  report: Report,
): void {
  let next = 1;
  const keys = new Set<string>();
  fields.forEach((field, index) => {
    const at = [...path, index];
    if (field.start !== next) {
      const what = field.start > next ? 'leaves a gap after' : 'overlaps';
      report(at, `${field.name} at ${printedPosition(field)} ${what} position ${next - 1}`);
    }
    next = field.start + field.length;
    const key = fieldKey(field);
    if (field.type !== 'filler') {
      if (key === '' || key === 'segments') report(at, `${field.name} gives no usable key`);
      else if (keys.has(key)) report(at, `the key ${key} is used twice`);
      keys.add(key);
    }
    for (const message of fieldFaults(field)) report(at, `${field.name} ${message}`);
  });
  if (next - 1 !== length) report(path, `the fields end at ${next - 1}, the record at ${length}`);
}

function fieldFaults(field: FieldLayout): string[] {
  switch (field.type) {
    case 'text': {
      const values = [...(field.codes ?? []), ...(field.default === undefined ? [] : [field.default])];
      const bad = values.filter(
        (value) => value.length > field.length || value.trim() !== value || !/^[ -~]+$/.test(value),
      );
      const unlisted = field.default !== undefined && field.codes !== undefined && !field.codes.includes(field.default);
      return [
        ...bad.map((value) => `can't carry "${value}"`),
        ...(unlisted ? [`has a default that is not in its code list`] : []),
      ];
    }
    case 'digits': {
      const values = [...(field.codes ?? []), ...(field.default === undefined ? [] : [field.default])];
      return values
        .filter((value) => value.length !== field.length || !/^\d+$/.test(value))
        .map((value) => `can't carry "${value}"`);
    }
    case 'number':
      return field.length > MOST_DIGITS ? [`may have at most ${MOST_DIGITS} digits`] : [];
    case 'money':
      return moneyFaults(field);
    case 'record-length':
      return field.length > 9 ? ['may have at most 9 digits'] : [];
    case 'date':
    case 'timestamp': {
      const place = parseDatePattern(field.pattern, field.type === 'timestamp');
      if (place === undefined) return [`has a pattern that can't be read: ${field.pattern}`];
      if (field.type === 'date' && field.writeNone === true && field.none === undefined) {
        return ['writes a date for none, and does not say which'];
      }
      return place.length === field.length
        ? []
        : [`has a pattern of ${place.length} characters in ${field.length} positions`];
    }
    case 'constant':
      return field.value.length > field.length || !/^[ -~]+$/.test(field.value) ? [`can't carry "${field.value}"`] : [];
    case 'filler':
      return [];
  }
}

function moneyFaults(field: MoneyField): string[] {
  const { length, decimals, point, signed } = field;
  const digits = length - (point === true ? 1 : 0) - (signed === true ? 1 : 0);
  if (digits > MOST_DIGITS) return [`may have at most ${MOST_DIGITS} digits`];
  if (point !== true) return digits < 1 ? ['has no room for a digit'] : [];
  if (decimals === 0) return ['has a decimal point and no decimals'];
  return digits <= decimals ? ['has no room for a digit before its decimal point'] : [];
}

function checkTotals(layout: FileLayout, report: Report): void {
  const places = placesOf(layout);
  const segments = new Set(
    layout.records.flatMap((record) => (record.segments?.types ?? []).map((type) => type.identifier)),
  );
  const totalOf = (field: FieldLayout) => (field.type === 'number' || field.type === 'money' ? field.total : undefined);
  for (const { record, path } of recordPlaces(layout)) {
    record.fields.forEach((stated, index) => {
      const total = totalOf(stated);
      const at = [...path, 'fields', index, 'total'];
      if (total === undefined) return;
      if (record !== layout.trailer) return report(at, 'only a trailer states totals');
      if (total.count === 'records') {
        for (const name of total.records ?? []) {
          if (!layout.records.some((candidate) => candidate.name === name)) report(at, `there is no record ${name}`);
        }
      } else if (total.count === 'segments') {
        for (const identifier of total.segments)
          if (!segments.has(identifier)) report(at, `there is no segment ${identifier}`);
      } else {
        for (const place of total.places) {
          const field = places.get(place)?.field;
          if (field === undefined) report(at, `there is no field ${place}`);
          else if (total.count === 'sum') {
            const message = summandFault(stated, field);
            if (message !== null) report(at, `${place} ${message}`);
          }
        }
      }
    });
  }
}

/** Why a place can't be added up into a total, or null. */
function summandFault(total: FieldLayout, summand: FieldLayout): string | null {
  if (summand.type !== 'number' && summand.type !== 'money') return 'is not a number';
  if (summand.type !== 'money' || total.type !== 'money') return null;
  if (summand.decimals !== total.decimals) return 'has other decimals than the total';
  return summand.signed === true && total.signed !== true ? 'may be negative, and the total may not' : null;
}
