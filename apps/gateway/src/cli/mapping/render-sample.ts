import type { CutField, CutRecord } from '@concord/plugin-sdk/codec';
import type { FileFault } from '@concord/plugin-sdk';
import { table } from '../render/table.js';
import { printable, shownJson, visible } from './visible-text.js';

/** Most rows of one record: a line of nothing but separators must not fill the screen. */
const MOST_ROWS = 600;

/** One record of a sample as a person reads it: its fields as they stand and as they are read, and its faults beneath. */
export function sampleRecordText({ number, type, fields, faults }: CutRecord): string {
  const title = `Record ${number}: ${type ?? 'no type of record that the layout knows'}`;
  const rows = fields.slice(0, MOST_ROWS);
  const more = fields.length > rows.length ? [`... and ${fields.length - rows.length} more`] : [];
  return [title, ...(rows.length === 0 ? [] : [fieldTable(rows)]), ...more, ...faults.map(faultText), ''].join('\n');
}

function fieldTable(fields: readonly CutField[]): string {
  return table<CutField>(
    [
      { title: 'Field', value: ({ key, name }) => printable(key === '' ? '?' : key || name) },
      { title: 'Position', value: ({ position }) => position },
      { title: 'Stands there', value: ({ raw, hidden }) => (hidden ? printable(raw).slice(0, 100) : visible(raw)) },
      { title: 'Read as', value: (field) => readAs(field) },
    ],
    fields,
  );
}

function readAs({ value, hidden, key }: CutField): string {
  if (key === '') return '';
  if (hidden) return '(hidden)';
  return value === undefined ? '' : shownJson(value);
}

/** A fault beneath its record. */
export function faultText({ field, position, value, rule, message }: FileFault): string {
  const place = [field, position].filter((part) => part !== null).join(', ');
  const shown = value === null ? '' : ` (there: ${JSON.stringify(value)})`;
  return printable(`  FAULT ${place === '' ? '' : `${place}: `}${message}${shown} [${rule}]`);
}
