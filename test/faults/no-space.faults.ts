import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FolderArchive } from '@concord/core/archive/folder-archive';
import { BureauSuite } from '../support/bureau-suite.js';
import { rejectFile } from '../support/reject-file.js';
import { testKeys } from '../support/test-keys.js';
import { broken } from './support/broken.js';
import { FullDisk } from './support/full-disk.js';

/** Nothing, within and around the first record of 426 bytes, within the last, and all that the file has. */
const ROOM = [0, 1, 425, 426, 427, 1_700, 1_000_000];

const suite = new BureauSuite();
let folder: string;
let disk: FullDisk;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-full-'));
  disk = new FullDisk(await FolderArchive.attach(folder, testKeys()));
  const parts = suite.bureau.parts.bind(suite.bureau);
  suite.bureau.parts = () => ({ ...parts(), archive: disk });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Files of the archive that belong to nothing: drafts of what found no room. */
async function drafts(): Promise<string[]> {
  return readdir(join(folder, 'drafts'));
}

async function threeDebts(): Promise<void> {
  for (let made = 0; made < 3; made += 1) await suite.referred();
  await suite.bureau.judge();
}

describe('no space is left in the archive', () => {
  test('while a file is made: nothing goes out, nothing is half, and it goes out once when there is space', async () => {
    const { bureau, database } = suite;
    await threeDebts();
    let sent = '';
    for (const [index, room] of ROOM.entries()) {
      const cutoff = `cutoff-${index}`;
      const before = new Set(bureau.channel.files.keys());
      disk.room = room;
      await expect(bureau.send(cutoff)).rejects.toThrow('ENOSPC');
      await expect(bureau.send(cutoff)).rejects.toThrow('ENOSPC');
      const [waiting] = await database.asOwner<{ id: string }>(
        'select id from exchange.exchange where cutoff_key = $1',
        [cutoff],
      );
      expect(await bureau.exchange(waiting!.id)).toMatchObject({
        state: 'released',
        sequence: index + 1,
        failure: { step: 'encode', message: expect.stringContaining('ENOSPC') },
      });
      expect(new Set(bureau.channel.files.keys())).toEqual(before);
      expect(await drafts()).toEqual([]);
      disk.room = null;
      sent = await bureau.send(cutoff);
      expect(sent).toBe(waiting!.id);
      expect(await bureau.exchange(sent)).toMatchObject({ state: 'delivered', sequence: index + 1, failure: null });
      expect(await bureau.read(sent)).toHaveLength(3);
      expect(bureau.channel.files.size).toBe(before.size + 1);
    }
    await bureau.answer(sent);
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered' });
    broken(
      'no space while a file is archived',
      disk.refused,
      'not sent, not half, the same number; sent once afterwards',
    );
  });

  test("while a partner's file is collected: it stays there, and is applied once when there is space", async () => {
    const { bureau, database } = suite;
    await threeDebts();
    const sent = await bureau.send('initial');
    const { fileName } = await bureau.exchange(sent);
    bureau.leave('a.rej', rejectFile({ answers: fileName!, accepted: 3, refused: [] }));
    for (const room of [0, 1, 139, 140, 141, 1_000_000]) {
      disk.room = room;
      await expect(bureau.collect()).rejects.toThrow('ENOSPC');
      expect(await bureau.inbound()).toEqual([]);
      expect(bureau.channel.files.has('/outbox/a.rej')).toBe(true);
      expect(await bureau.exchange(sent)).toMatchObject({ state: 'delivered' });
      expect(await drafts()).toEqual([]);
    }
    disk.room = null;
    await bureau.collect();
    await bureau.collect();
    expect(await bureau.inbound()).toMatchObject([{ state: 'applied' }]);
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered' });
    expect(await database.asOwner('select 1 from exchange.applied_key')).toHaveLength(1);
    expect(bureau.channel.files.has('/outbox/a.rej')).toBe(false);
    broken(
      'no space while an answer is collected',
      disk.refused,
      'left at the partner, nothing applied; once afterwards',
    );
  });

  test('bites: an archive that hides it would let half a file through', async () => {
    const { bureau } = suite;
    await threeDebts();
    disk.room = 500;
    disk.hidesIt = true;
    const sent = await bureau.send('initial');
    await expect(bureau.read(sent)).rejects.toThrow();
    broken('an archive that hides that it is full (seeded)', 1, 'the checks above notice the half file');
  });
});
