import { describe, expect, it } from '@jest/globals';
import type { FileEntryWithStats, Stats } from 'ssh2';
import { judgeEntry } from './remote-entry.js';
import { showName } from './remote-name.js';

const entry = (filename: string, attrs: Partial<Stats> = {}, longname = ''): FileEntryWithStats => ({
  filename,
  longname,
  attrs: { mode: 0o100644, size: 5, mtime: 60, ...attrs } as Stats,
});
const file = { name: 'a.txt', size: 5, modifiedAt: new Date(60_000) };

describe('judgeEntry', () => {
  it('takes regular files', () => {
    expect(judgeEntry(entry('a.txt'))).toEqual(file);
    expect(judgeEntry(entry('-rf'))).toMatchObject({ name: '-rf' });
  });

  it('passes over links, pipes, folders, sockets and devices', () => {
    for (const type of [0o120000, 0o010000, 0o040000, 0o140000, 0o020000, 0o060000])
      expect(judgeEntry(entry('a.txt', { mode: type | 0o777 }))).toBeNull();
  });

  it('takes what has no type for a file, unless the listing for people says otherwise', () => {
    for (const mode of [undefined as unknown as number, 0, 0o644]) {
      expect(judgeEntry(entry('a.txt', { mode }))).toEqual(file);
      expect(judgeEntry(entry('a.txt', { mode }, '-rw-r--r-- 1 x x 5 a.txt'))).toEqual(file);
      for (const type of 'dlpscb') expect(judgeEntry(entry('a.txt', { mode }, `${type}rwxr-xr-x 1 x`))).toBeNull();
    }
  });

  it('leaves files alone whose size is not told', () => {
    const size = undefined as unknown as number;
    expect(judgeEntry(entry('a.txt', { size }))).toEqual({ shownName: 'a.txt', reason: 'its size is not told' });
    expect(judgeEntry(entry('a.txt', { mtime: size }))).toMatchObject({ modifiedAt: new Date(0) });
  });

  it('never takes a name that could be more than a name', () => {
    const hostile = ['', '../../x', '/etc/passwd', 'a\\b', 'a\u0000b', 'a\nb', 'a\rb', 'x'.repeat(4096), 'a\ufffd'];
    for (const name of [...hostile, 'gpj\u202etxt.exe', 'a\u2066b', 'a\u0085b'])
      expect([name, judgeEntry(entry(name))]).toEqual([
        name,
        { shownName: showName(name), reason: expect.any(String) },
      ]);
    for (const name of ['.', '..']) expect(judgeEntry(entry(name))).toBeNull();
  });
});

describe('showName', () => {
  it('is short and has nothing that a terminal obeys', () => {
    expect(showName('a\u001b[2Jb\u202e')).toBe('a\u2423[2Jb\u2423');
    expect(showName('x'.repeat(4096))).toHaveLength(120);
  });
});
