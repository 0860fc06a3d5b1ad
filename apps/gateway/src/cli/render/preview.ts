import { printable } from '../mapping/visible-text.js';
import { plainTable } from './exchanges.js';
import { table } from './table.js';

/** A file as it would be sent now. */
export interface PreviewedFile {
  readonly kind: string;
  readonly fileName: string | null;
  readonly records: number;
  readonly bytes: number;
  /** The file's beginning. */
  readonly base64: string;
  readonly truncated: boolean;
  readonly recordList: readonly PreviewedRecord[];
  /** How this file differs from the connector's usual ones. */
  readonly usual?: unknown;
}

/** One record of it, with what the partner holds now and why it is told. */
export interface PreviewedRecord {
  readonly sequence: number;
  readonly reference: string;
  readonly state: string;
  readonly amountMinor: number | null;
  readonly previousState: string | null;
  readonly previousAmountMinor: number | null;
  readonly why: string;
}

const LINE_ENDS: readonly (readonly [RegExp, string])[] = [
  [/\r\n/, 'CR LF'],
  [/\n/, 'LF'],
  [/\r/, 'CR'],
];

/** Records and bytes of files that were not sent, as people read them. */
export function previewText(files: readonly PreviewedFile[]): string {
  if (files.length === 0) return 'There would be nothing to send.';
  return files.map(fileText).join('\n\n');
}

function fileText(file: PreviewedFile): string {
  const { kind, fileName, records, bytes, recordList, truncated, usual } = file;
  const { lineEnd, lines } = readBytes(Buffer.from(file.base64, 'base64'), truncated);
  const name = fileName === null ? kind : `${kind} ${printable(fileName)}`;
  const left = records - recordList.length;
  return [
    `${name}: ${counted(records, 'record')}, ${counted(bytes, 'byte')}`,
    ...(usual === undefined || usual === null ? [] : ['Beside the usual:', usualText(usual)]),
    recordTable(recordList),
    ...(left > 0 ? [`and ${counted(left, 'more record')}`] : []),
    `The file${truncated ? "'s beginning" : ''}, lines ending in ${lineEnd}:`,
    ...lines,
    ...(truncated ? ['… and so on'] : []),
  ].join('\n');
}

function recordTable(records: readonly PreviewedRecord[]): string {
  if (records.length === 0) return 'no records';
  return table<PreviewedRecord>(
    [
      { title: '#', value: ({ sequence }) => sequence, align: 'right' },
      { title: 'Reference', value: ({ reference }) => reference },
      { title: 'Holds now', value: ({ previousState: state }) => state },
      { title: 'Amount', value: ({ previousAmountMinor: amount }) => amount, align: 'right' },
      { title: 'Is told', value: ({ state }) => state },
      { title: 'Amount', value: ({ amountMinor }) => amountMinor, align: 'right' },
      { title: 'Why', value: ({ why }) => why },
    ],
    records,
  );
}

function usualText(usual: unknown): string {
  return Array.isArray(usual) ? plainTable(usual) : plainTable([usual]);
}

/**
 * The bytes as text: as UTF-8 where they are, else a character a byte, so that nothing is hidden. Whatever a terminal would
 * obey is spelt out.
 */
function readBytes(bytes: Buffer, truncated: boolean): { lineEnd: string; lines: string[] } {
  const text = decoded(bytes, truncated);
  const [end, lineEnd] = LINE_ENDS.find(([pattern]) => pattern.test(text)) ?? [null, 'nothing'];
  const lines = end === null ? [text] : text.split(new RegExp(end, 'g'));
  if (lines.at(-1) === '') lines.pop();
  return { lineEnd, lines: lines.map(printable) };
}

function decoded(bytes: Buffer, truncated: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: truncated });
  } catch {
    return bytes.toString('latin1');
  }
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
