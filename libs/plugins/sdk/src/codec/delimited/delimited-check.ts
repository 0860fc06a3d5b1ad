import type { LayoutFault } from '../layout-check.js';
import { LONGEST_RECORD } from '../layout.js';
import { checkColumns } from './column-check.js';
import {
  quoteOf,
  separatorOf,
  type DelimitedField,
  type DelimitedLayout,
  type DelimitedRecord,
} from './delimited-layout.js';
import { columnPlaces } from './delimited-totals.js';
import { hasByteOrderMark, isCharacterSet, isEbcdic, textCoding } from './text-coding.js';

type Path = readonly (string | number)[];
type Report = (path: Path, message: string) => void;

interface RecordPlace {
  readonly record: DelimitedRecord;
  readonly path: Path;
}

/** Checks what a delimited layout's shape can't say: its syntax, its columns without gaps, and what points where. */
export function checkDelimitedLayout(layout: DelimitedLayout): LayoutFault[] {
  const faults: LayoutFault[] = [];
  const report: Report = (path, message) => faults.push({ path, message });
  const places: RecordPlace[] = [
    ...(layout.header === undefined ? [] : [{ record: layout.header, path: ['header'] }]),
    ...layout.records.map((record, index) => ({ record, path: ['records', index] })),
    ...(layout.trailer === undefined ? [] : [{ record: layout.trailer, path: ['trailer'] }]),
  ];
  checkSyntax(layout, report);
  for (const { record, path } of places) checkRecord(layout, record, path, report);
  checkNames(layout, places, report);
  checkHeading(layout, report);
  checkTotals(layout, places, report);
  return faults;
}

function checkSyntax(layout: DelimitedLayout, report: Report): void {
  const separator = separatorOf(layout);
  const quote = quoteOf(layout);
  if (!isCharacterSet(layout.characterSet)) {
    report(['characterSet'], `there is no character set ${layout.characterSet}`);
  } else if (layout.byteOrderMark === true && !hasByteOrderMark(layout.characterSet)) {
    report(['byteOrderMark'], `${layout.characterSet} has no byte order mark`);
  }
  if (layout.lineEnd === 'nel' && !isEbcdic(layout.characterSet)) {
    report(['lineEnd'], `nel is a line end of EBCDIC, and ${layout.characterSet} is none`);
  }
  if (layout.maxRecordLength > LONGEST_RECORD) report(['maxRecordLength'], `may be at most ${LONGEST_RECORD}`);
  if (layout.records.length === 0) report(['records'], 'a layout needs at least one record type');
  if (separator.length !== 1 || !/^(?:\t|[^\p{L}\p{N}\p{C}\s\\])$/u.test(separator)) {
    report(
      ['separator'],
      'must be comma, semicolon, tab, pipe, or one character that is neither letter, digit nor blank',
    );
  }
  if (quote !== null && (quote.length !== 1 || !/^[^\p{L}\p{N}\p{C}\s\\]$/u.test(quote))) {
    report(['quote'], 'must be none, or one character that is neither letter, digit nor blank');
  }
  if (quote === separator) report(['quote'], 'is the separator, too');
  if (quote === null && layout.quoting !== undefined && layout.quoting !== 'never') {
    report(['quoting'], 'asks for quotes, and there is no quote character');
  }
}

function checkRecord(layout: DelimitedLayout, record: DelimitedRecord, path: Path, report: Report): void {
  const { recognise, fields, leastColumns } = record;
  checkColumns(layout, record, path, report);
  if (leastColumns !== undefined && leastColumns > fields.length) {
    report([...path, 'leastColumns'], `is ${leastColumns}, and there are ${fields.length} columns`);
  }
  fields.slice(leastColumns ?? fields.length).forEach((field) => {
    if (field.required !== true && field.type !== 'constant') return;
    const at = [...path, 'fields', fields.indexOf(field)];
    report(at, `${field.name} may be left out by leastColumns, and is needed`);
  });
  if (recognise === 'otherwise') {
    if (record === layout.header || record === layout.trailer) {
      report([...path, 'recognise'], 'needs a column and a value');
    }
    return;
  }
  const marked = fields.find((field) => field.column === recognise.column);
  if (marked?.type !== 'constant' || marked.value !== recognise.value) {
    report([...path, 'recognise'], `needs a constant field "${recognise.value}" in column ${recognise.column}`);
  }
}

function checkNames(layout: DelimitedLayout, places: readonly RecordPlace[], report: Report): void {
  const names = places.map(({ record }) => record.name);
  for (const { record, path } of places) {
    if (names.indexOf(record.name) !== names.lastIndexOf(record.name)) {
      report([...path, 'name'], `${record.name} is used twice`);
    }
  }
  if (layout.records.filter(({ recognise }) => recognise === 'otherwise').length > 1) {
    report(['records'], 'only one record type can take what no other recognises');
  }
}

function checkHeading(layout: DelimitedLayout, report: Report): void {
  if (layout.heading === undefined) return;
  const [record] = layout.records;
  if (record === undefined) return;
  if (layout.records.length > 1) report(['heading'], 'names the columns of one record type, and there are several');
  if (layout.heading.anyOrder === true && record.recognise !== 'otherwise') {
    report(['heading', 'anyOrder'], 'leaves no column that could mark a record: recognise must be otherwise');
  }
  const coding = isCharacterSet(layout.characterSet) ? textCoding(layout.characterSet) : null;
  const bare = quoteOf(layout) === null || layout.quoting === 'never';
  const seen = new Set<string>();
  record.fields.forEach((field, index) => {
    const at = ['records', 0, 'fields', index, 'name'];
    const name = field.name.trim().toLowerCase();
    if (seen.has(name)) report(at, `${field.name} names two columns of the heading`);
    seen.add(name);
    const unsafe = bare && (field.name.includes(separatorOf(layout)) || field.name.includes(quoteOf(layout) ?? '\n'));
    if (unsafe || /\p{C}/u.test(field.name) || coding?.carries(field.name) === false) {
      report(at, `${field.name} can not be written as the name of a column`);
    }
  });
}

function checkTotals(layout: DelimitedLayout, places: readonly RecordPlace[], report: Report): void {
  const columns = columnPlaces(layout);
  for (const { record, path } of places) {
    record.fields.forEach((stated, index) => {
      const total = stated.type === 'number' || stated.type === 'money' ? stated.total : undefined;
      const at = [...path, 'fields', index, 'total'];
      if (total === undefined) return;
      if (record !== layout.trailer) return report(at, 'only a trailer states totals');
      if (total.count === 'records') {
        for (const name of total.records ?? []) {
          if (!layout.records.some((candidate) => candidate.name === name)) report(at, `there is no record ${name}`);
        }
        return;
      }
      for (const place of total.places) {
        const field = columns.get(place)?.field;
        if (field === undefined) report(at, `there is no field ${place}`);
        else if (field.type === 'filler') report(at, `${place} is not read`);
        else if (total.count === 'sum') {
          const message = summandFault(stated, field);
          if (message !== null) report(at, `${place} ${message}`);
        }
      }
    });
  }
}

/** Why a column can't be added up into a total, or null. */
function summandFault(total: DelimitedField, summand: DelimitedField): string | null {
  if (summand.type !== 'number' && summand.type !== 'money') return 'is not a number';
  const signed = (total.type === 'number' || total.type === 'money') && total.signed === true;
  if (summand.signed === true && !signed) return 'may be negative, and the total may not';
  if (summand.type !== 'money' || total.type !== 'money') return null;
  return summand.decimals === total.decimals ? null : 'has other decimals than the total';
}
