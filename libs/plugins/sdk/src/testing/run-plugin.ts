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

/** Writes changes as the hub would for the first file of a sequence. */
export async function encodeChanges(
  outbound: OutboundFile<unknown>,
  settings: unknown,
  samples: PluginSamples,
  changes: readonly Change[],
): Promise<Encoded> {
  const { date, identifiers } = samples;
  const fileName = outbound.name({ settings, date, fileSequence: 1 });
  const setAside: { sequence: number; fault: FileFault }[] = [];
  const bytes = await joined(
    outbound.encode(oneByOne(changes), {
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
): Promise<DecodedRecord[]> {
  const context = { file: fileName, date: samples.date };
  return collected(file.format(settings).decode(inPieces(bytes, PIECE), context));
}

/** Reads a partner's file as findings. */
export function decodeFindings(
  inbound: InboundFile<unknown>,
  settings: unknown,
  fileName: string,
  bytes: Uint8Array,
): Promise<(Finding | { readonly fault: FileFault })[]> {
  return collected(inbound.decode(inPieces(bytes, PIECE), { settings, fileName }));
}

/** The faults among what a reader yields. */
export function faultsIn(items: readonly object[]): FileFault[] {
  return items.flatMap((item) => ('fault' in item && item.fault !== undefined ? [item.fault as FileFault] : []));
}
