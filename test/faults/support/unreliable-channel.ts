import { ChannelError } from '@concord/core/channels/file-channel';
import { MemoryChannel } from '../../support/memory-channel.js';

/** What may go wrong with the next operation that it fits. */
export const CHANNEL_FAULTS = [
  'upload refused',
  'upload cut in the middle',
  'upload done, reply lost',
  'rename refused',
  'rename done, reply lost',
  'rename not done, reply lost',
  'size fails',
  'list fails',
  'download cut in the middle',
  'remove done, reply lost',
  'remove fails',
] as const;
export type ChannelFault = (typeof CHANNEL_FAULTS)[number];

/** A partner's folders behind a connection that breaks, before an operation, in the middle of it, or when it is done. */
export class UnreliableChannel extends MemoryChannel {
  /** Each happens once, when an operation comes that it fits. */
  readonly faults: ChannelFault[] = [];
  happened = 0;
  /** Called when a file has its final name: a partner that collects at once takes it before the reply. */
  arrived: () => void = () => undefined;

  override async list(folder: string) {
    if (this.happens('list fails')) throw cut('list');
    return super.list(folder);
  }

  override async upload(source: () => AsyncIterable<Uint8Array>, folder: string, name: string) {
    if (this.happens('upload refused')) throw cut('upload');
    const done = await super.upload(source, folder, name);
    const path = [...this.files.keys()].find((each) => each.endsWith(`/${name}`))!;
    if (this.happens('upload cut in the middle')) {
      const bytes = this.files.get(path)!;
      this.files.set(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
      throw cut('upload');
    }
    if (this.happens('upload done, reply lost')) throw cut('upload');
    return done;
  }

  override async size(path: string) {
    if (this.happens('size fails')) throw cut('size');
    return super.size(path);
  }

  override async rename(from: string, to: string) {
    if (this.happens('rename refused')) throw cut('rename');
    if (this.happens('rename not done, reply lost')) throw lost('rename');
    await super.rename(from, to);
    this.arrived();
    if (this.happens('rename done, reply lost')) throw lost('rename');
  }

  override async *download(folder: string, name: string) {
    for await (const bytes of super.download(folder, name)) {
      if (this.happens('download cut in the middle')) {
        yield bytes.subarray(0, Math.floor(bytes.length / 2));
        throw cut('download');
      }
      yield bytes;
    }
  }

  override async remove(path: string) {
    if (this.happens('remove fails')) throw cut('remove');
    await super.remove(path);
    if (this.happens('remove done, reply lost')) throw lost('remove');
  }

  private happens(fault: ChannelFault): boolean {
    const at = this.faults.indexOf(fault);
    if (at === -1) return false;
    this.faults.splice(at, 1);
    this.happened += 1;
    return true;
  }
}

function cut(step: 'list' | 'upload' | 'size' | 'rename' | 'download' | 'remove'): ChannelError {
  return new ChannelError('retry', step, 'the connection was cut');
}

function lost(step: 'rename' | 'remove'): ChannelError {
  return new ChannelError('unknown', step, 'the connection was cut before the reply');
}
