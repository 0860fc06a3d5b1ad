import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyFileError, loadKeyRing } from './key-file.js';

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'concord-keys-'));
});
afterEach(async () => {
  await rm(dataFolder, { recursive: true });
});
const key = (): string => randomBytes(32).toString('base64');

describe('loadKeyRing', () => {
  it('makes a private file on a first start and reads the same keys afterwards', async () => {
    const first = await loadKeyRing({ env: {}, dataFolder, createIfMissing: true });
    const again = await loadKeyRing({ env: {}, dataFolder, createIfMissing: false });
    expect((await stat(join(dataFolder, 'keys.json'))).mode & 0o777).toBe(0o600);
    expect(again.keyFor('field', again.currentId)).toEqual(first.keyFor('field', first.currentId));
    expect(await readdir(dataFolder)).toEqual(['keys.json']);
  });

  it('gives processes that start at the same moment the same keys', async () => {
    const options = { env: {}, dataFolder, createIfMissing: true };
    const rings = await Promise.all(Array.from({ length: 8 }, () => loadKeyRing(options)));
    expect(new Set(rings.map((ring) => ring.blindIndexKey.toString('hex'))).size).toBe(1);
  });

  it('makes nothing unless told to', async () => {
    await expect(loadKeyRing({ env: {}, dataFolder, createIfMissing: false })).rejects.toThrow(KeyFileError);
    expect(await readdir(dataFolder)).toEqual([]);
  });

  it('uses the file that the environment names, and never makes it', async () => {
    const file = join(dataFolder, 'office.json');
    const options = { env: { CONCORD_KEYS_FILE: file }, dataFolder, createIfMissing: true };
    await expect(loadKeyRing(options)).rejects.toThrow(/office\.json/);
    await writeFile(file, JSON.stringify({ current: 'b', keys: { a: key(), b: key() }, blindIndexKey: key() }));
    const ring = await loadKeyRing(options);
    expect(ring.currentId).toBe('b');
    expect(ring.ids).toEqual(['a', 'b']);
  });

  it('refuses its own file when other users can read it', async () => {
    await loadKeyRing({ env: {}, dataFolder, createIfMissing: true });
    await chmod(join(dataFolder, 'keys.json'), 0o644);
    await expect(loadKeyRing({ env: {}, dataFolder, createIfMissing: true })).rejects.toThrow(/0600/);
  });

  it.each([
    ['text that is not JSON', '{"current": "k1", "keys": {"k1": "c2VjcmV0'],
    ['a short key', JSON.stringify({ current: 'k1', keys: { k1: 'c2VjcmV0' }, blindIndexKey: key() })],
    ['a missing current key', JSON.stringify({ current: 'k9', keys: { k1: key() }, blindIndexKey: key() })],
    ['no blind index key', JSON.stringify({ current: 'k1', keys: { k1: key() } })],
  ])('refuses %s without quoting it', async (_, text) => {
    const file = join(dataFolder, 'bad.json');
    await writeFile(file, text);
    const failure = await loadKeyRing({ env: { CONCORD_KEYS_FILE: file }, dataFolder, createIfMissing: false }).catch(
      (e: unknown) => e,
    );
    expect(failure).toBeInstanceOf(KeyFileError);
    expect((failure as Error).message).not.toContain('c2VjcmV0');
  });

  it('does not print key material', async () => {
    const ring = await loadKeyRing({ env: {}, dataFolder, createIfMissing: true });
    const file = JSON.parse(await readFile(join(dataFolder, 'keys.json'), 'utf8')) as { keys: { k1: string } };
    const hex = Buffer.from(file.keys.k1, 'base64').toString('hex').slice(0, 8);
    const printed = inspect(ring, { showHidden: true, depth: 9 }) + JSON.stringify(ring);
    expect(printed).not.toContain(file.keys.k1);
    expect(printed).not.toContain(hex);
  });
});
