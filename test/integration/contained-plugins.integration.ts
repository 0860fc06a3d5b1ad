import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MEMORY_LIMIT_MB, OfficeWithBadPlugins } from '../support/bad-plugins/office-with-bad-plugins.js';

const SOUND = 'sound';
const memory = new RegExp(`it took more than ${MEMORY_LIMIT_MB} MB`);
const deadline = /killed: no result within \d+ ms/;
const disturbed = /killed: it disturbed the exchange with its host/;
const wrongForm = /its result is not what the contract says/;
const tooMuch = /returned far more than could follow/;

/** What a plugin does while it encodes, and what a person reads about its file. */
const WHILE_ENCODING: Readonly<Record<string, RegExp>> = {
  throws: /it can not be done/,
  'throws what no database keeps': /half a pair � and a NUL � in x+/,
  'throws no error': /its process ended/,
  'spins for ever': deadline,
  'waits for ever': deadline,
  'takes heap': memory,
  'takes buffers': memory,
  'takes two gigabytes at once': memory,
  'takes memory in threads': memory,
  'takes more than there is': memory,
  'prints for ever': /killed: it printed without end/,
  'yields text': /yielded something that is not bytes/,
  'yields without end': tooMuch,
  'yields nothing without end': deadline,
  'sets aside what it was not given': /set change 77 aside, which it was not given/,
  'sets aside a change twice': /set change 1 aside, which it did before/,
  'sets aside no number': wrongForm,
  'sets aside in a circle': /circular/,
  'writes half a frame': deadline,
  'writes noise to its host': disturbed,
  'writes an answer of its own': disturbed,
  'closes the pipe to its host': disturbed,
  exits: /its process ended \(exit code 3\)/,
  aborts: /its process ended \(signal SIGABRT\)/,
  'ends its host': /a plugin signals no process/,
  "ends its host's group": /a plugin signals no process/,
  'ends its own group': /a plugin signals no process/,
  'starts a process that stays': /restricted/,
  'writes a file': /restricted/,
  'changes prototypes': /plugin .*bad-plugin/,
  'names no text': wrongForm,
};

/** What it does while it reads a partner's file. */
const WHILE_DECODING: Readonly<Record<string, RegExp>> = {
  'finds without end': tooMuch,
  'finds a payment of NaN': wrongForm,
  'finds no finding': wrongForm,
};

/** What it does while positions are computed: no file is made, and the day says why. */
const WHILE_JUDGING: Readonly<Record<string, RegExp>> = {
  'wants a fraction of a cent': wrongForm,
  'wants NaN': wrongForm,
  'wants a circle': /circular/,
  'wants a giant': /too large|took more than/,
  'wants millions': wrongForm,
  'wants depth': wrongForm,
};

const FAULT_TOLD = 'finds a fault that no database keeps';
const all = [WHILE_ENCODING, WHILE_DECODING, WHILE_JUDGING].flatMap((of) => Object.keys(of));
const idOf = (does: string): string => `bad-${does.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

let office: OfficeWithBadPlugins;
let failures: string[];

beforeAll(async () => {
  const bad = Object.fromEntries([...all, FAULT_TOLD].map((does) => [idOf(does), { plugin: 'bad' as const, does }]));
  office = await OfficeWithBadPlugins.open({ ...bad, [SOUND]: { plugin: 'sound', does: 'nothing wrong' } });
  await office.refer([...Object.keys(bad), SOUND]);
  for (const does of [...Object.keys(WHILE_DECODING), FAULT_TOLD]) {
    office.channel(idOf(does)).files.set('/outbox/answer.rsp', Buffer.from('anything'));
  }
  failures = await office.runDay();
}, 600_000);
afterAll(() => office.close());

const failureOf = (does: string): string | undefined => failures.find((line) => line.startsWith(`${idOf(does)}: `));

describe('on a day on which other plugins fail', () => {
  test('the file of a sound one reaches its partner', async () => {
    const [exchange] = await office.exchanges(SOUND);
    expect(exchange).toMatchObject({ state: 'delivered', records: 3, failure: null });
    expect([...office.channel(SOUND).files.keys()]).toEqual([`/inbox/${exchange!.file}`]);
    expect(failures.filter((line) => line.startsWith(SOUND))).toEqual([]);
  });

  test('the day reports each connector that failed, and no other', () => {
    const told = failures.map((line) => line.split(':')[0]!);
    expect(told.sort()).toEqual(all.map(idOf).sort());
  });

  test('nothing that a plugin started or wrote is left', () => {
    expect(existsSync(join(tmpdir(), 'concord-bad-plugin'))).toBe(false);
    expect(commandLines().filter((line) => line.startsWith('sleep\0') && line.includes('86399'))).toEqual([]);
  });
});

describe('a plugin that, while it encodes,', () => {
  test.each(Object.entries(WHILE_ENCODING))('%s fails its own file, which keeps the reason', async (does, reason) => {
    const [exchange, ...others] = await office.exchanges(idOf(does));
    expect(others).toEqual([]);
    // Released, and not archived: the next attempt goes on from there.
    expect(exchange).toMatchObject({ direction: 'out', state: 'released', failure: { step: 'encode' } });
    expect(exchange!.failure!.message).toMatch(reason);
    expect(failureOf(does)).toMatch(/: sending files: plugin /);
    expect(office.channel(idOf(does)).files.size).toBe(0);
  });
});

describe('a plugin that, while it reads,', () => {
  test.each(Object.entries(WHILE_DECODING))('%s fails that file, and still sends its own', async (does, reason) => {
    const exchanges = await office.exchanges(idOf(does));
    const incoming = exchanges.find(({ direction }) => direction === 'in');
    expect(incoming).toMatchObject({ state: 'received', failure: { step: 'read' } });
    expect(incoming!.failure!.message).toMatch(reason);
    expect(failureOf(does)).toMatch(/: collecting/);
    expect(exchanges.find(({ direction }) => direction === 'out')).toMatchObject({ state: 'delivered', failure: null });
  });

  test('quotes what no database keeps has its fault told all the same', async () => {
    const incoming = (await office.exchanges(idOf(FAULT_TOLD))).find(({ direction }) => direction === 'in');
    expect(incoming).toMatchObject({ state: 'refused', failure: { step: 'check', message: 'm' } });
  });
});

describe('a plugin that, while positions are computed,', () => {
  test.each(Object.entries(WHILE_JUDGING))('%s has its reason in the day, and sends nothing', async (does, reason) => {
    expect(failureOf(does)).toMatch(/: judging debts: plugin /);
    expect(failureOf(does)).toMatch(reason);
    expect(await office.exchanges(idOf(does))).toEqual([]);
  });
});

/** Command lines of all processes, their words ended by NUL; none where they can't be told. */
function commandLines(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}
