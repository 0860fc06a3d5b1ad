import { createHash } from 'node:crypto';
import { ChannelError, remotePath, type FileChannel } from './file-channel.js';

/** What a delivery has certainly reached, in order. Persisted by the caller, so that a killed process can go on. */
export type DeliveryStep = 'uploaded' | 'verified' | 'renamed';

export type ReadBack = 'size' | 'hash';

export interface Delivery {
  /** Opens the file's bytes; may be called again for another attempt. */
  readonly open: () => AsyncIterable<Uint8Array>;
  readonly size: number;
  readonly folder: string;
  readonly finalName: string;
  /** Belongs to this file's content alone: a file of this name and size is taken for ours. */
  readonly temporaryName: string;
  /** The last step that an earlier attempt reported, or null for a first one. */
  readonly reached: DeliveryStep | null;
  /**
   * How the uploaded file is verified: by its size, or by reading it back and comparing its SHA-256 with that of `open`.
   * Default `size`.
   */
  readonly readBack?: ReadBack | undefined;
  /** Awaited after each step, before the next one is begun. `verified` comes before each rename, in later attempts again. */
  readonly onStep: (step: DeliveryStep) => Promise<void>;
}

/**
 * - `delivered`: the file stands, or stood, at the partner under its final name.
 * - `presumed-collected`: the reply to the rename was lost, and neither name is there any more. The verified file was
 *   in the partner's folder, so most likely it has been taken; the partner's answer or a person decides.
 */
export interface DeliveryResult {
  readonly outcome: 'delivered' | 'presumed-collected';
}

/** A reply to the rename may get lost more than once; after so many times a later attempt looks again. */
const MAX_RENAMES = 3;

/**
 * Puts a file at a partner exactly once, however often it is interrupted: looks first, uploads under a temporary name,
 * verifies by size or hash, renames, and after a lost reply looks again.
 *
 * @throws ChannelError `retry` or `unknown`: call again later with the last step reached. `refused`: a person must look.
 */
export async function deliver(channel: FileChannel, delivery: Delivery): Promise<DeliveryResult> {
  if (delivery.reached === 'renamed') return { outcome: 'delivered' };
  const temporary = remotePath(delivery.folder, delivery.temporaryName);
  const verified = delivery.reached === 'verified';

  const [found, waiting] = await channel.sizes([remotePath(delivery.folder, delivery.finalName), temporary]);
  if (standsThere(found ?? null, delivery)) return finish(delivery);
  if (waiting === null && verified) return { outcome: 'presumed-collected' };
  if (waiting !== delivery.size || !(verified || (await arrivedWhole(channel, delivery))))
    await upload(channel, delivery);
  await delivery.onStep('verified');
  return rename(channel, delivery, temporary);
}

async function upload(channel: FileChannel, delivery: Delivery): Promise<void> {
  const { bytes, held } = await channel.upload(delivery.open, delivery.folder, delivery.temporaryName);
  // Our own archive gave other bytes than were counted when the file was made: sending it would be wrong.
  if (bytes !== delivery.size)
    throw new ChannelError('refused', 'verify', `the file has ${bytes} bytes instead of ${delivery.size}`);
  await delivery.onStep('uploaded');
  if (held !== delivery.size) {
    throw new ChannelError(
      'retry',
      'verify',
      `the partner holds ${held ?? 'none'} of the ${delivery.size} bytes uploaded`,
    );
  }
  if (!(await arrivedWhole(channel, delivery)))
    throw new ChannelError('retry', 'verify', 'the partner holds other bytes than were uploaded');
}

/** Whether a temporary file of the right size holds the right bytes, where that is to be looked at. */
async function arrivedWhole(channel: FileChannel, delivery: Delivery): Promise<boolean> {
  if (delivery.readBack !== 'hash') return true;
  const held = await sha256(channel.download(delivery.folder, delivery.temporaryName));
  return held.equals(await sha256(delivery.open()));
}

async function sha256(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const piece of bytes) hash.update(piece);
  return hash.digest();
}

async function rename(channel: FileChannel, delivery: Delivery, temporary: string): Promise<DeliveryResult> {
  for (let attempt = 1; ; attempt++) {
    const lost = await channel.rename(temporary, remotePath(delivery.folder, delivery.finalName)).then(
      () => null,
      (error: unknown) => {
        if (error instanceof ChannelError) return error;
        throw error;
      },
    );
    if (lost === null || (await lookAgain(channel, delivery, lost))) return finish(delivery);
    const waiting = await lookAfter(lost, () => channel.size(temporary));
    if (waiting === null) return { outcome: 'presumed-collected' };
    if (lost.kind !== 'unknown' || attempt === MAX_RENAMES) throw lost;
  }
}

/** Whether what was found under the final name is the file. Another file of that name is never replaced. */
function standsThere(found: number | null, delivery: Delivery): boolean {
  if (found === null) return false;
  if (found === delivery.size) return true;
  throw new ChannelError(
    'refused',
    'rename',
    `${delivery.finalName} is at the partner already, with ${found} bytes instead of ${delivery.size}`,
  );
}

function lookAgain(channel: FileChannel, delivery: Delivery, lost: ChannelError): Promise<boolean> {
  const final = remotePath(delivery.folder, delivery.finalName);
  return lookAfter(lost, async () => standsThere(await channel.size(final), delivery));
}

/** When the look itself fails in passing, what is known is still only that the reply was lost. */
async function lookAfter<T>(lost: ChannelError, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ChannelError && error.kind !== 'refused') throw lost;
    throw error;
  }
}

async function finish(delivery: Delivery): Promise<DeliveryResult> {
  await delivery.onStep('renamed');
  return { outcome: 'delivered' };
}
