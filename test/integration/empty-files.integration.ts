import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import { loadPlugins } from '@concord/core/connectors/plugin-list';
import { AgencySuite } from '../support/agency-suite.js';
import { BureauSuite } from '../support/bureau-suite.js';
import { HARBOR, withAgencies } from '../support/test-agencies.js';
import { testJurisdiction, TODAY } from '../support/test-office.js';

const PLUGINS = join(import.meta.dirname, '../../config/plugins.yaml');

describe('a bureau that wants a file at every cutoff', () => {
  const suite = new BureauSuite({ emptyFile: 'send' });

  test('gets a numbered one with a header and a trailer, and answers it like another', async () => {
    const { bureau } = suite;
    const empty = await bureau.send('nothing-to-say');
    expect(await bureau.exchange(empty)).toMatchObject({
      state: 'delivered',
      records: 0,
      sequence: 1,
      answerDueOn: '2026-03-17',
    });
    const { fileName } = await bureau.exchange(empty);
    const lines = bureau.channel.files.get(`/inbox/${fileName}`)!.toString('latin1').split(/\r?\n/).filter(Boolean);
    expect(lines.map((line) => line.slice(4, 11))).toEqual(['HEADER ', 'TRAILER']);
    expect(await bureau.read(empty)).toEqual([]);
    await bureau.answer(empty);
    expect(await bureau.exchange(empty)).toMatchObject({ state: 'answered', failure: null });
    // The next one has the next number, with or without something to say.
    await suite.referred();
    await bureau.judge();
    expect(await bureau.exchange(await bureau.send('something'))).toMatchObject({ records: 1, sequence: 2 });
  });

  test('gets it once, whatever it is killed at', async () => {
    const { bureau } = suite;
    for (const fatal of ['after-choosing', 'after-releasing', 'after-archiving', 'after-rename'] as const) {
      bureau.onCheckpoint = async (point) => {
        if (point === fatal) throw new Error('the process ended');
      };
      await expect(bureau.send(`killed-${fatal}`)).rejects.toThrow('the process ended');
      bureau.onCheckpoint = () => Promise.resolve();
      expect(await bureau.exchange(await bureau.send(`killed-${fatal}`))).toMatchObject({ state: 'delivered' });
    }
    const names = [...bureau.channel.files.keys()];
    expect(names.map((name) => name.slice(-7))).toEqual(['0001.m2', '0002.m2', '0003.m2', '0004.m2']);
  });

  test('is not sent one before it was told anything: an office goes live with its debts', async () => {
    const { bureau } = suite;
    await bureau
      .engine()
      .send({ connectorId: (await bureau.connector()).id, businessDate: TODAY, correlationId: 'test' });
    expect(bureau.channel.files.size).toBe(0);
  });
});

describe('an agency that wants some kinds of files only', () => {
  const suite = new AgencySuite({ emptyFile: ['placements'] });

  test('gets these, and no others', async () => {
    const { agencies, database } = suite;
    expect(await agencies.cutoff('nothing-to-say')).toEqual([]);
    const kinds = await database.asOwner<{ kind: string; state: string }>(
      `select kind, state, file_sequence as sequence from exchange.exchange where connector_id = $1 order by kind`,
      [HARBOR],
    );
    expect(kinds).toEqual([
      { kind: 'payments', state: 'empty', sequence: null },
      { kind: 'placements', state: 'delivered', sequence: 1 },
      { kind: 'recalls', state: 'empty', sequence: null },
    ]);
    expect([...agencies.channels[HARBOR]!.files.values()].map((bytes) => bytes.toString('latin1').slice(0, 4))).toEqual(
      ['CTRL'],
    );
  });

  test.each([
    [
      'a kind that its plugin can not write without records',
      'send',
      { trailers: undefined },
      /payments without records/,
    ],
    ['a kind that there is not', ['letters'], {}, /no files of kind letters/],
  ])('is refused at the start: %s', async (_, emptyFile, settings, reason) => {
    const jurisdiction = testJurisdiction(await withAgencies({ emptyFile }, settings));
    const registry = new ConnectorRegistry(
      suite.database.connectors,
      suite.host,
      await loadPlugins(suite.host, PLUGINS),
      [jurisdiction],
      suite.office.clock,
    );
    await expect(registry.propose()).rejects.toMatchObject({
      code: 'settings',
      message: expect.stringMatching(reason),
    });
  });
});
