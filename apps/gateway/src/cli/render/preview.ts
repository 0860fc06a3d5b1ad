import type { OpenedFile } from '@concord/core/exchanges/commands/preview-result';
import type { PreviewedRecord } from '@concord/core/exchanges/preview/record-reasons';
import { printable } from '../mapping/visible-text.js';
import { table } from './table.js';

const LINE_ENDS: readonly (readonly [RegExp, string])[] = [
  [/\r\n/, 'CR LF'],
  [/\n/, 'LF'],
  [/\r/, 'CR'],
];

/** Records and bytes of files that were not sent, as people read them. */
export function previewText(files: readonly OpenedFile[]): string {
  if (files.length === 0) return 'There would be nothing to send.';
  return files.map(fileText).join('\n\n');
}

function fileText(file: OpenedFile): string {
  const { kind, fileName, records, bytes, recordList, leftOut, truncated } = file;
  const { lineEnd, lines } = readBytes(Buffer.from(file.base64, 'base64'), truncated);
  const left = records - recordList.length;
  return [
    `${kind} ${printable(fileName)}: ${counted(records, 'record')}, ${counted(bytes, 'byte')}`,
    ...comparison(file),
    recordTable(recordList),
    ...(left > 0 ? [`and ${counted(left, 'more record')}`] : []),
    ...leftOut.map(({ sequence, reason }) => `left out: record ${sequence}: ${printable(reason)}`),
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

/** What the file comes to beside the connector's last ones, and every limit for which it would wait for a person. */
function comparison({ volume, usual, over }: OpenedFile): string[] {
  if (!volume || !usual) return [];
  const known = (number: number | null): string => (number === null ? 'not known yet' : String(number));
  return [
    `${counted(volume.adverse, 'record')} put something new or more adverse there; usual of the last ${counted(usual.files, 'file')}: ` +
      `${known(usual.records)} records, ${known(usual.adverse)} of them such`,
    ...(over ?? []).map(
      ({ limit, is, allowed }) => `it would wait for a person: ${limit} is ${is}, allowed ${allowed}`,
    ),
  ];
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
