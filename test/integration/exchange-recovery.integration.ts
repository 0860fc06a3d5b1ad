import { describe, expect, test } from '@jest/globals';
import { SENDING_POINTS } from '@concord/core/platform/checkpoints';
import { BetweenStatements } from '../faults/support/between-statements.js';
import { BureauSuite } from '../support/bureau-suite.js';
import { rejectFile } from '../support/reject-file.js';

const suite = new BureauSuite();

describe('a file that was interrupted', () => {
  test.each(SENDING_POINTS)(
    '%s goes on and arrives once, with the number and the content that it had',
    async (point) => {
      const { bureau, database } = suite;
      const debt = await suite.referred();
      await bureau.judge();
      bureau.onCheckpoint = async (reached) => {
        if (reached === point) throw new Error('interrupted');
      };
      await expect(bureau.send('initial')).rejects.toThrow('interrupted');
      bureau.onCheckpoint = () => Promise.resolve();
      const sent = await bureau.send('initial');
      expect(await bureau.exchange(sent)).toMatchObject({ state: 'delivered', sequence: 1, records: 1, failure: null });
      expect([...bureau.channel.files.keys()]).toEqual(['/inbox/CITYCOLL202603160001.m2']);
      expect(await database.asOwner(`select last from exchange.file_sequence`)).toEqual([{ last: 1 }]);
      expect(await bureau.position(debt.id)).toMatchObject({ inFlight: 1, presumed: 'active' });
    },
  );

  test.each(['upload', 'rename', 'size'])(
    'because %s failed keeps the reason, and is tried again',
    async (operation) => {
      const { bureau } = suite;
      await suite.referred();
      await bureau.judge();
      bureau.channel.failNext.push(operation);
      await expect(bureau.send('initial')).rejects.toThrow('was made to fail');
      const [id] = await suite.database.asOwner<{ id: string }>('select id from exchange.exchange');
      expect(await bureau.exchange(id!.id)).toMatchObject({ state: 'archived', failure: { step: 'deliver' } });
      await bureau.send('initial');
      expect(await bureau.exchange(id!.id)).toMatchObject({ state: 'delivered', failure: null });
      expect(bureau.channel.files.size).toBe(1);
    },
  );

  /** A file that is interrupted after its rename, and collected before it is gone on with. @returns how often it was sent */
  async function collectedMeanwhile(): Promise<number> {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    bureau.onCheckpoint = async (reached) => {
      if (reached === 'after-rename') throw new Error('interrupted');
    };
    await expect(bureau.send('initial')).rejects.toThrow('interrupted');
    bureau.channel.files.clear();
    bureau.onCheckpoint = () => Promise.resolve();
    await bureau.send('initial');
    return bureau.channel.asked['upload']!;
  }

  test('whose bytes the bureau has collected already is not sent again', async () => {
    expect(await collectedMeanwhile()).toBe(1);
    expect(suite.bureau.channel.files.size).toBe(0);
  });

  test('bites: it is sent again where the steps that it had reached are not kept', async () => {
    new BetweenStatements(suite.database.connectors).replace = (statement) =>
      /set delivery_step = \$2/.test(statement) ? 'select $1::uuid, $2::text' : statement;
    expect(await collectedMeanwhile()).toBe(2);
    expect(suite.bureau.channel.files.size).toBe(1);
  });
});

describe("the bureau's file, interrupted while it is applied", () => {
  test('is gone on with after its first part, and each record has its effect once', async () => {
    const { bureau, database } = suite;
    const debts = [await suite.referred(), await suite.referred(), await suite.referred()];
    await bureau.judge();
    const sent = await bureau.send('initial');
    const { fileName } = await bureau.exchange(sent);
    const refused = debts.slice(0, 2).map(({ number }) => ({ account: `CITY${number}`, code: 'E1' }));
    bureau.leave('a.rej', rejectFile({ answers: fileName!, accepted: 1, refused }));
    bureau.onCheckpoint = async (point) => {
      if (point === 'mid-apply') throw new Error('interrupted');
    };
    await expect(bureau.collect()).rejects.toThrow('interrupted');
    expect(await bureau.inbound()).toMatchObject([{ state: 'applying', statuses: ['applied', 'applied'] }]);
    expect((await bureau.records(sent)).map(({ status }) => status)).toEqual(['refused', 'refused', 'delivered']);
    bureau.onCheckpoint = () => Promise.resolve();
    await bureau.collect();
    expect(await bureau.inbound()).toMatchObject([{ state: 'applied', statuses: ['applied', 'applied', 'applied'] }]);
    expect((await bureau.records(sent)).map(({ status }) => status)).toEqual(['refused', 'refused', 'accepted']);
    expect(await database.asOwner('select 1 from exchange.applied_key')).toHaveLength(3);
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered', failure: null });
    expect(bureau.channel.files.has('/outbox/a.rej')).toBe(false);
  });

  test('after it was archived is applied although the partner has taken it away', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    const sent = await bureau.send('initial');
    const { fileName } = await bureau.exchange(sent);
    bureau.leave('a.rej', rejectFile({ answers: fileName!, accepted: 1, refused: [] }));
    bureau.channel.failNext.push('remove');
    await expect(bureau.collect()).rejects.toThrow('remove was made to fail');
    bureau.channel.files.clear();
    await bureau.collect();
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'answered' });
    expect(await bureau.inbound()).toHaveLength(1);
  });

  test('counts as the answer although our own delivery was not yet noted', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    bureau.onCheckpoint = async (reached) => {
      if (reached === 'after-rename') throw new Error('interrupted');
    };
    await expect(bureau.send('initial')).rejects.toThrow('interrupted');
    bureau.onCheckpoint = () => Promise.resolve();
    const [{ id } = { id: '' }] = await suite.database.asOwner<{ id: string }>('select id from exchange.exchange');
    const { fileName } = await bureau.exchange(id);
    bureau.channel.files.clear();
    bureau.leave('a.rej', rejectFile({ answers: fileName!, accepted: 1, refused: [] }));
    await bureau.collect();
    expect(await bureau.position(debt.id)).toMatchObject({ known: 'active', inFlight: 0 });
    await bureau.send('initial');
    // Nothing is waited for any more: the bureau has spoken about every record.
    expect(await bureau.exchange(id)).toMatchObject({ state: 'answered' });
  });
});
