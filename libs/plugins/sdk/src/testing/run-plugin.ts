import type { DecodedRecord, FileFault } from '../contract/files.js';
import type { Finding } from '../contract/finding.js';
import type { InboundFile, OutboundFile } from '../contract/plugin.js';
import type { Change } from '../contract/position.js';
import { collected, inPieces, joined, oneByOne } from './byte-streams.js';
import type { PluginSamples } from './samples.js';

/** Reads in pieces that cut every record somewhere. */
const PIECE = 1_000;

export interface Encoded {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly setAside: readonly { readonly sequence: number; readonly fault: FileFault }[];
}

export interface Decoded {
  readonly findings: readonly Finding[];
  readonly faults: readonly FileFault[];
}

/** Writes changes as the hub would for the first file of a sequence. */
export async function encodeChanges(
  outbound: OutboundFile<unknown>,
  settings: unknown,
  samples: PluginSamples,
  changes: readonly Change[],
  stream: (changes: readonly Change[]) => AsyncIterable<Change> = oneByOne,
): Promise<Encoded> {
  const { date, identifiers } = samples;
  const fileName = outbound.name({ settings, date, fileSequence: 1 });
  const setAside: { sequence: number; fault: FileFault }[] = [];
  const bytes = await joined(
    outbound.encode(stream(changes), {
      settings,
      date,
      fileName,
      fileSequence: 1,
      identifiers: { value: (identifier) => identifiers[identifier] },
      setAside: (sequence, fault) => setAside.push({ sequence, fault }),
    }),
  );
  return { fileName, bytes, setAside };
}

/** Reads a file back as records. */
export function decodeRecords(
  file: OutboundFile<unknown> | InboundFile<unknown>,
  settings: unknown,
  samples: PluginSamples,
  fileName: string,
  bytes: Uint8Array,
  piece = PIECE,
): Promise<DecodedRecord[]> {
  const context = { file: fileName, date: samples.date };
  return collected(file.format(settings).decode(inPieces(bytes, piece), context));
}

/** Reads a partner's file as findings and faults. */
export async function decodeFindings(
  inbound: InboundFile<unknown>,
  settings: unknown,
  fileName: string,
  bytes: Uint8Array,
  piece = PIECE,
): Promise<Decoded> {
  const items = await collected(inbound.decode(inPieces(bytes, piece), { settings, fileName }));
  return {
    findings: items.flatMap((item) => ('fault' in item ? [] : [item])),
    faults: faultsIn(items),
  };
}

/** The faults among what a reader yields. */
export function faultsIn(items: readonly object[]): FileFault[] {
  return items.flatMap((item) => ('fault' in item && item.fault !== undefined ? [item.fault as FileFault] : []));
}
