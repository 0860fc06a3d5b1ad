import type {
  Change,
  DebtSnapshot,
  DecodedRecord,
  Decision,
  FileFault,
  PartnerRecord,
  PositionContent,
} from '@concord/plugin-sdk';
import plugin from '../index.js';
import type { Metro2Settings } from '../settings.js';
import { ALLOWED, DATE } from './debts.js';

/** Values of the identifiers in the invented debts. */
export const IDENTIFIERS: { readonly [identifier: string]: string } = {
  'ssn-1': '212345678',
  'ssn-2': '298765432',
  'dob-1': '1980-02-29',
  'dob-2': '1979-12-31',
  'sin-1': '912345678',
  'sin-2': '998765432',
};

const REQUIRED = {
  identificationNumber: 'CITYCOLL01',
  reporter: { name: 'City Collections Office', address: '100 Main Street' },
  accountNumberPrefix: 'CITY',
  originalCreditor: { name: 'City of Springfield', classification: '04' },
  fileNamePrefix: 'CITYCOLL',
};

/** Settings as they are entered, beside those that every office needs. */
export function entered(changed: object = {}): object {
  return { ...REQUIRED, ...changed };
}

export function settingsOf(changed: object = {}): Metro2Settings {
  return plugin.settings.parse(entered(changed));
}

/** What is wanted of a debt, as a change; `before` is what the bureau was told. */
export function changeOf(
  settings: Metro2Settings,
  debt: DebtSnapshot,
  {
    sequence = 1,
    decision = ALLOWED,
    before = null,
  }: { sequence?: number; decision?: Decision; before?: PositionContent | null } = {},
): Change {
  const [position] = plugin.position!.desire(debt, { settings, date: DATE, decision });
  if (position === undefined) throw new Error('Nothing is wanted');
  return { sequence, ...position, previous: before, entry: null };
}

export interface Written {
  readonly bytes: Buffer;
  readonly setAside: readonly { readonly sequence: number; readonly fault: FileFault }[];
}

/** The tradeline file that tells the changes. */
export async function written(settings: Metro2Settings, changes: readonly Change[]): Promise<Written> {
  const setAside: { sequence: number; fault: FileFault }[] = [];
  async function* given(): AsyncGenerator<Change> {
    yield* changes;
  }
  const pieces: Uint8Array[] = [];
  const encoded = plugin.outbound[0]!.encode(given(), {
    settings,
    date: DATE,
    fileName: 'FILE',
    fileSequence: 1,
    identifiers: { value: (identifier) => IDENTIFIERS[identifier] },
    setAside: (sequence, fault) => setAside.push({ sequence, fault }),
  });
  for await (const piece of encoded) pieces.push(piece);
  return { bytes: Buffer.concat(pieces), setAside };
}

/** A file of records given as JSON, as the command line writes it. */
export async function encoded(
  settings: Metro2Settings,
  records: readonly PartnerRecord[],
): Promise<{ readonly bytes: Buffer; readonly faults: readonly FileFault[] }> {
  const faults: FileFault[] = [];
  const pieces: Uint8Array[] = [];
  const format = plugin.outbound[0]!.format(settings);
  for await (const piece of format.encode(records, { file: 'FILE', date: DATE }, (fault) => faults.push(fault)))
    pieces.push(piece);
  return { bytes: Buffer.concat(pieces), faults };
}

/** The file read back, in pieces of `size` bytes. */
export async function decoded(settings: Metro2Settings, bytes: Buffer, size = 1_000): Promise<DecodedRecord[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const records: DecodedRecord[] = [];
  for await (const record of plugin.outbound[0]!.format(settings).decode(pieces(), { file: 'FILE', date: DATE }))
    records.push(record);
  return records;
}
