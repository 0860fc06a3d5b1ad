import { createHash, randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyRing } from '../crypto/key-ring.js';
import { ArchiveDamagedError, ArchiveMissingError } from './archive-store.js';
import { FolderArchive } from './folder-archive.js';

const k1 = randomBytes(32);
const ringOf = (current: string, ids: Record<string, Buffer>): KeyRing =>
  new KeyRing({ current, keys: new Map(Object.entries(ids)), blindIndexKey: randomBytes(32) });
const keys = ringOf('k1', { k1 });
const SEGMENT = 64 * 1024;
const SEALED = SEGMENT + 16;
const HEADER = 4 + 1 + 2 + 32 + 7 + 32;

let folder: string;
let archive: FolderArchive;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-archive-'));
  archive = await FolderArchive.attach(folder, keys);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function* inChunks(content: Buffer, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += size) yield content.subarray(from, from + size);
}
const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash.slice(2));
const readAll = async (hash: string, from = archive): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of from.open(hash)) parts.push(part);
  return Buffer.concat(parts);
};
const failureOf = async (hash: string): Promise<{ error: unknown; handedOut: number }> => {
  let handedOut = 0;
  try {
    for await (const chunk of archive.open(hash)) handedOut += chunk.length;
  } catch (error) {
    return { error, handedOut };
  }
  return { error: null, handedOut };
};

describe('FolderArchive', () => {
  it.each([0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 3 * SEGMENT + 7])(
    'gives back %d bytes',
    async (length) => {
      const content = randomBytes(length);
      const { hash, bytes } = await archive.put(inChunks(content));
      expect(bytes).toBe(length);
      expect(hash).toBe(createHash('sha256').update(content).digest('hex'));
      expect((await readAll(hash)).equals(content)).toBe(true);
    },
  );

  it('keeps nothing in clear', async () => {
    const { hash } = await archive.put(inChunks(Buffer.from('123-45-6789 Jane Doe')));
    expect((await readFile(pathOf(hash))).includes('Jane')).toBe(false);
  });

  it('keeps content that is already there as it is', async () => {
    const first = await archive.put(inChunks(Buffer.from('same')));
    const before = await readFile(pathOf(first.hash));
    expect(await archive.put(inChunks(Buffer.from('same'), 1))).toEqual(first);
    expect((await readFile(pathOf(first.hash))).equals(before)).toBe(true);
    expect(await readdir(join(folder, 'drafts'))).toEqual([]);
  });

  it('takes the same content from several writers at once', async () => {
    const content = randomBytes(200_000);
    const stored = await Promise.all(Array.from({ length: 6 }, () => archive.put(inChunks(content))));
    expect(new Set(stored.map(({ hash }) => hash)).size).toBe(1);
    expect((await readAll(stored[0]!.hash)).equals(content)).toBe(true);
  });

  it('leaves nothing behind when the source fails', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(100_000);
      throw new Error('source broke');
    }
    await expect(archive.put(failing())).rejects.toThrow('source broke');
    expect(await readdir(folder)).toEqual(['drafts']);
    expect(await readdir(join(folder, 'drafts'))).toEqual([]);
  });

  it('tells missing content, and takes nothing but a hash as a name', async () => {
    const hash = 'a'.repeat(64);
    expect(await archive.has(hash)).toBe(false);
    expect((await failureOf(hash)).error).toBeInstanceOf(ArchiveMissingError);
    await expect(archive.has('../../etc/passwd')).rejects.toThrow(RangeError);
  });

  it('reads content of an older key after rotation', async () => {
    const { hash } = await archive.put(inChunks(Buffer.from('old')));
    const rotated = await FolderArchive.attach(folder, ringOf('k2', { k1, k2: randomBytes(32) }));
    expect((await readAll(hash, rotated)).toString()).toBe('old');
    const lost = await FolderArchive.attach(folder, ringOf('k2', { k2: randomBytes(32) }));
    await expect(readAll(hash, lost)).rejects.toThrow(ArchiveDamagedError);
  });

  it('removes drafts older than an hour, not younger ones', async () => {
    const drafts = join(folder, 'drafts');
    for (const name of ['old.tmp', 'new.tmp']) await writeFile(join(drafts, name), 'x');
    const longAgo = new Date(Date.now() - 61 * 60 * 1000);
    await utimes(join(drafts, 'old.tmp'), longAgo, longAgo);
    await FolderArchive.attach(folder, keys);
    expect(await readdir(drafts)).toEqual(['new.tmp']);
  });
});

describe('FolderArchive finds damage', () => {
  let hash: string;
  beforeEach(async () => {
    ({ hash } = await archive.put(inChunks(randomBytes(3 * SEGMENT + 100))));
  });

  const expectDamage = async (handedOut: number): Promise<void> => {
    const failure = await failureOf(hash);
    expect(failure.error).toBeInstanceOf(ArchiveDamagedError);
    expect((failure.error as ArchiveDamagedError).hash).toBe(hash);
    expect(failure.handedOut).toBe(handedOut);
  };

  it.each([
    ['the magic', 0, 0],
    ['the salt', 10, 0],
    ['the binding', HEADER - 1, 0],
    ['the first segment', HEADER, 0],
    ['the third segment', HEADER + 2 * SEALED + 5, 2 * SEGMENT],
    ['the last tag', HEADER + 3 * SEALED + 110, 3 * SEGMENT],
  ])('in %s, and hands out nothing from there on', async (_, at, handedOut) => {
    const bytes = await readFile(pathOf(hash));
    bytes[at] = bytes[at]! ^ 0x80;
    await writeFile(pathOf(hash), bytes);
    await expectDamage(handedOut);
  });

  it.each([
    ['in the middle of a segment', HEADER + 2 * SEALED + 50, 2 * SEGMENT],
    ['between segments', HEADER + 2 * SEALED, SEGMENT],
    ['after the header', HEADER, 0],
    ['in the header', HEADER - 10, 0],
    ['to nothing', 0, 0],
  ])('when cut %s', async (_, length, handedOut) => {
    await truncate(pathOf(hash), length);
    await expectDamage(handedOut);
  });

  it('when segments are exchanged', async () => {
    const bytes = await readFile(pathOf(hash));
    const [first, second] = [
      bytes.subarray(HEADER, HEADER + SEALED),
      bytes.subarray(HEADER + SEALED, HEADER + 2 * SEALED),
    ];
    await writeFile(
      pathOf(hash),
      Buffer.concat([bytes.subarray(0, HEADER), second, first, bytes.subarray(HEADER + 2 * SEALED)]),
    );
    await expectDamage(0);
  });

  it('when bytes are added', async () => {
    await writeFile(pathOf(hash), Buffer.concat([await readFile(pathOf(hash)), Buffer.from('x')]));
    expect((await failureOf(hash)).error).toBeInstanceOf(ArchiveDamagedError);
  });

  it('when another archived file stands in its place', async () => {
    const other = await archive.put(inChunks(randomBytes(3 * SEGMENT + 100)));
    await copyFile(pathOf(other.hash), pathOf(hash));
    await expectDamage(0);
  });

  it('without needing memory for the whole content', async () => {
    async function* large(): AsyncGenerator<Uint8Array> {
      const block = randomBytes(1024 * 1024);
      for (let i = 0; i < 96; i++) yield block;
    }
    const before = process.memoryUsage().rss;
    const stored = await archive.put(large());
    expect((await stat(pathOf(stored.hash))).size).toBeGreaterThan(96 * 1024 * 1024);
    let [peak, read] = [0, 0];
    for await (const chunk of archive.open(stored.hash)) {
      read += chunk.length;
      if (read % (8 * 1024 * 1024) === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }
    expect(read).toBe(stored.bytes);
    expect(peak - before).toBeLessThan(80 * 1024 * 1024);
  });
});
