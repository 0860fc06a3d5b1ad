import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal } from '@concord/core/platform/errors';
import type { FileFault } from '@concord/plugin-sdk';
import { cutSample, isDelimited, type CutRecord, type SuppliedLayout } from '@concord/plugin-sdk/codec';
import { openInput } from '../file/file-job.js';
import { readMappingFile, type FoundMapping, type MappingFault, type MappingFile } from './mapping-file.js';
import { faultText, sampleRecordText } from './render-sample.js';
import { printable, safeJson } from './visible-text.js';

const SOUND = 0;
const FAULTY = 1;
/** No partner's layout is larger: a bound on what a wrong file can make us hold. */
const LARGEST_MAPPING = 4 * 1024 * 1024;

export interface MappingCheckOptions {
  /** A partner's file to be cut by the mapping, `-` for standard input. */
  readonly sample?: string;
  /** Which of several layouts of the YAML file the sample is of. */
  readonly key?: string;
  /** Most records of the sample that are shown. */
  readonly records: number;
  readonly json?: boolean;
}

/** Where a command writes: data, and what is said beside it. */
export interface MappingOutput {
  readonly print: (text: string) => void;
  readonly note: (line: string) => void;
}

/** What a sample gave, as scripts see it. The shape is a contract. */
interface SampleReport {
  readonly file: string;
  readonly records: readonly CutRecord[];
  /** Records of the whole sample, shown or not, and how many of them have faults. */
  readonly read: number;
  readonly faulty: number;
  /** Faults of the file as a whole, wherever they were found. */
  readonly faults: readonly FileFault[];
}

/**
 * Checks the layouts of a YAML file, and shows a sample of a partner's file cut by one of them.
 *
 * @returns the exit code: 1 when the mapping or the sample has faults
 * @throws Refusal when a file can't be read, holds no layout, or holds several and none is chosen for the sample
 */
export async function checkMapping(path: string, options: MappingCheckOptions, output: MappingOutput): Promise<number> {
  const file = readMappingFile(await mappingText(path));
  const faults = [...file.faults, ...file.mappings.flatMap((mapping) => mapping.faults)];
  if (faults.length === 0 && file.mappings.length === 0) {
    throw new Refusal('mapping-missing', `${path} holds no layout and no record of one`);
  }
  if (options.json !== true) printMapping(path, file, faults, output);
  let sample: SampleReport | null = null;
  if (options.sample !== undefined && faults.length === 0) {
    const layout = layoutForSample(path, file.mappings, options.key);
    sample = await readSample(
      layout,
      options.sample,
      options.records,
      options.json === true ? () => undefined : output.print,
    );
    if (options.json !== true) printSummary(sample, output);
  } else if (options.sample !== undefined && options.json !== true) {
    output.note('The sample is not read: the mapping must be right first.');
  }
  if (options.json === true) output.print(safeJson(report(path, file, faults, sample)));
  return faults.length > 0 || (sample !== null && (sample.faulty > 0 || sample.faults.length > 0)) ? FAULTY : SOUND;
}

async function mappingText(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new Refusal('file-unreadable', `${path} is not a file that can be read`);
  if (found.size > LARGEST_MAPPING) throw new Refusal('file-unreadable', `${path} is too large to be a mapping`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch {
    throw new Refusal('file-unreadable', `${path} can't be read as text in UTF-8`);
  }
}

function printMapping(path: string, file: MappingFile, faults: readonly MappingFault[], output: MappingOutput): void {
  for (const { line, column, path: where, message } of faults) {
    output.print(printable(`${path}:${line}:${column}: ${where === '' ? '' : `${where}: `}${message}`));
  }
  for (const mapping of file.mappings) {
    if (mapping.faults.length === 0) output.note(printable(`${titleOf(mapping)}: no faults`));
  }
  if (faults.length > 0) output.note(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in ${path}`);
}

function titleOf({ key, kind, name, layout }: FoundMapping): string {
  const form = layout === null ? 'record' : isDelimited(layout) ? 'separated columns' : 'fixed widths';
  return `${key === '' ? kind : key} "${name ?? ''}" (${form})`;
}

function layoutForSample(path: string, mappings: readonly FoundMapping[], key: string | undefined): SuppliedLayout {
  const layouts = mappings.filter(({ kind, layout }) => kind === 'layout' && layout !== null);
  const chosen = key === undefined ? layouts : layouts.filter((mapping) => mapping.key === key);
  const [only] = chosen;
  if (chosen.length === 1 && only?.layout) return only.layout;
  if (layouts.length === 0) {
    const how = 'try the sample with: concord file check --plugin ID --settings FILE';
    throw new Refusal('layout-missing', `${path} holds records for a plugin's own layout, and no whole layout; ${how}`);
  }
  const keys = layouts.map((mapping) => mapping.key).join(', ');
  throw new Refusal('layout-unclear', `say by --key which layout the sample is of; there are: ${printable(keys)}`);
}

async function readSample(
  layout: SuppliedLayout,
  path: string,
  most: number,
  print: (text: string) => void,
): Promise<SampleReport> {
  const { bytes, name } = await openInput(path);
  const context = { file: name, date: new Date().toISOString().slice(0, 10) };
  const records: CutRecord[] = [];
  const faults: FileFault[] = [];
  let read = 0;
  let faulty = 0;
  for await (const record of cutSample(layout, bytes, context)) {
    faults.push(
      ...record.faults.filter(({ severity, record: at }) => severity === 'file' && (at === null || read >= most)),
    );
    if (record.number === null) continue;
    read += 1;
    if (record.faults.length > 0) faulty += 1;
    if (read > most) continue;
    records.push(record);
    print(sampleRecordText(record));
  }
  return { file: name, records, read, faulty, faults };
}

function printSummary({ file, records, read, faulty, faults }: SampleReport, output: MappingOutput): void {
  for (const fault of faults) {
    output.print(`${fault.record === null ? 'The file' : `Record ${fault.record}`}:\n${faultText(fault)}`);
  }
  const shown = records.length < read ? `, the first ${records.length} shown (--records shows more)` : '';
  output.note(printable(`${file}: ${read} ${read === 1 ? 'record' : 'records'}${shown}, ${faulty} with faults`));
}

function report(
  path: string,
  file: MappingFile,
  faults: readonly MappingFault[],
  sample: SampleReport | null,
): unknown {
  const layouts = file.mappings.map(({ key, kind, name, layout }) => ({
    key,
    kind,
    name,
    form: layout === null ? null : isDelimited(layout) ? 'delimited' : 'fixed-width',
  }));
  return { file: basename(path), layouts, faults, sample };
}
