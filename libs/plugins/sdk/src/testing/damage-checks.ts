import type { FileFault } from '../contract/files.js';
import { repeatedly } from './byte-streams.js';
import type { CheckList } from './check-list.js';
import { checkFaults, ensureRefused } from './fault-checks.js';
import { MemoryWatch, withinTime } from './limits.js';
import { cuts, damages, hostileFiles, tamperedTotals, type Mutation } from './mutations.js';
import type { InboundSample, OutboundSample } from './samples.js';
import { ensure } from './test-framework.js';

const CUTS = 60;
const DAMAGES = 240;
const MEBIBYTE = 1024 * 1024;
/** A file that is far larger than what a reader may keep of it. */
const ENDLESS_BYTES = 64 * MEBIBYTE;
const KEPT_MEBIBYTES = 16;
const ENDLESS_PIECE = 256 * 1024;

/** A file of a sample, and how the plugin reads such a file. */
export interface Damageable {
  /** Told in the names of the checks. */
  readonly name: string;
  readonly sample: OutboundSample | InboundSample;
  readonly bytes: () => Promise<Buffer>;
  /** The faults of a file called `FILE`. */
  readonly faultsOf: (bytes: Uint8Array) => Promise<readonly FileFault[]>;
  /** Reads a stream as far as the plugin wants to; says whether it refused it. */
  readonly refuses: (bytes: AsyncIterable<Uint8Array>) => Promise<boolean>;
}

/** The checks that a file which is not as it was sent is refused with a place, and harms nobody. */
export function addDamageChecks(file: Damageable, identifiers: readonly string[], list: CheckList): void {
  const { name, sample, bytes, faultsOf } = file;
  const read = async ({ name: what, bytes: mutated }: Mutation): Promise<readonly FileFault[]> => {
    const faults = await withinTime(what, faultsOf(mutated));
    checkFaults(faults, 'FILE', identifiers, what);
    return faults;
  };

  list.add('totals', `refuses ${name} with a changed total`, async () => {
    let tried = 0;
    for (const mutation of tamperedTotals(await bytes(), sample.totals, sample.lastRecordLength)) {
      ensureRefused(await read(mutation), mutation.name);
      tried += 1;
    }
    ensure(tried > 0, 'The sample names no totals');
  });

  list.add('truncation', `refuses ${name} that was cut`, async () => {
    for (const mutation of cuts(await bytes(), CUTS)) ensureRefused(await read(mutation), mutation.name);
  });

  list.add('damage', `reads ${name} that was damaged without falling over`, async () => {
    for (const mutation of damages(await bytes(), DAMAGES)) await read(mutation);
  });

  list.add('hostile', `refuses hostile variants of ${name}`, async () => {
    for (const mutation of hostileFiles(await bytes())) ensureRefused(await read(mutation), mutation.name);
  });

  list.add('hostile', `refuses ${name} that never ends, and keeps little of it`, async () => {
    const start = await bytes();
    for (const [what, piece] of [
      ['a line without end', Buffer.alloc(ENDLESS_PIECE, 0x41)],
      ['zero bytes without end', Buffer.alloc(ENDLESS_PIECE)],
      ['quotes without end', Buffer.alloc(ENDLESS_PIECE, 0x22)],
    ] as const) {
      const watch = new MemoryWatch();
      const refused = await withinTime(what, file.refuses(endless(start, piece, watch, what)));
      ensure(refused, `Not refused: ${what}`);
    }
  });
}

async function* endless(
  start: Uint8Array,
  piece: Uint8Array,
  watch: MemoryWatch,
  what: string,
): AsyncGenerator<Uint8Array> {
  yield start;
  yield* repeatedly(piece, ENDLESS_BYTES, (sent) => {
    if (sent % (ENDLESS_BYTES / 4) === 0) watch.ensureBelow(KEPT_MEBIBYTES, what);
  });
}
