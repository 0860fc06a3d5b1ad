import { describe, expect, test } from '@jest/globals';
import { BureauSuite } from '../support/bureau-suite.js';

const suite = new BureauSuite();

describe('a connector in shadow', () => {
  test('builds its file and shows it, but sends nothing, numbers nothing and holds nothing', async () => {
    const { bureau, database } = suite;
    await bureau.setMode('shadow');
    const debt = await suite.referred();
    await bureau.judge();
    const shown = await bureau.send('shadow:initial');
    expect(await bureau.exchange(shown)).toMatchObject({
      state: 'shown',
      sequence: null,
      fileName: expect.any(String),
    });
    expect(bureau.channel.asked).toEqual({});
    expect(await database.asOwner('select 1 from exchange.file_sequence')).toEqual([]);
    expect(await bureau.position(debt.id)).toMatchObject({
      desired: 'active',
      known: 'absent',
      presumed: 'absent',
      inFlight: 0,
    });

    await bureau.setMode('on');
    expect(await bureau.exchange(await bureau.send('initial'))).toMatchObject({ state: 'delivered', sequence: 1 });
  });
});

describe('a connector that is paused', () => {
  test('opens and raises nothing; reductions, releases and answers go on', async () => {
    const { bureau } = suite;
    const [paid, reduced, same] = await suite.standing({}, {}, {});
    await suite.referred();
    await suite.pay(paid!, 52_500);
    await suite.pay(reduced!, 2_500);
    await bureau.setMode('paused');
    await bureau.judge();
    const sent = await bureau.send('paused');
    expect(await bureau.records(sent)).toMatchObject([
      { debtId: paid!.id, state: 'closed' },
      { debtId: reduced!.id, state: 'active', amountMinor: 50_000 },
    ]);
    await bureau.answer(sent);
    await bureau.judge();
    expect(await bureau.position(paid!.id)).toMatchObject({ known: 'absent', release: null });
    expect(await bureau.position(reduced!.id)).toMatchObject({ knownMinor: 50_000 });
    expect(await bureau.position(same!.id)).toMatchObject({ known: 'active', knownMinor: 52_500 });
  });

  test('after a file was chosen and before it was released opens nothing with that file either', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    bureau.onCheckpoint = async (point) => {
      if (point === 'after-choosing') throw new Error('the process ended');
    };
    await expect(bureau.send('initial')).rejects.toThrow('the process ended');
    bureau.onCheckpoint = () => Promise.resolve();
    await bureau.setMode('paused');
    await bureau.send('initial');
    expect(bureau.channel.files.size).toBe(0);
    expect(await bureau.position(debt.id)).toMatchObject({ presumed: 'absent', inFlight: 0 });
  });
});

describe('a connector that retires', () => {
  test('takes everything back, and then holds nothing', async () => {
    const { bureau, database } = suite;
    const debts = await suite.standing({}, {});
    await suite.stop(debts[1]!, 'dispute');
    await suite.referred();
    await bureau.setMode('retiring');
    await bureau.lookAtAll();
    await bureau.judge();
    const sent = await bureau.send('last');
    expect((await bureau.read(sent)).map((record) => record['accountStatus'])).toEqual(['DA', 'DA']);
    await bureau.answer(sent);
    await bureau.judge();
    const held = await database.asOwner(
      `select 1 from exchange_v1.position where known_state <> 'absent' or presumed_state is distinct from 'absent' or release_rule is not null`,
    );
    expect(held).toEqual([]);
    expect(await bureau.exchange(await bureau.send('nothing'))).toMatchObject({ state: 'empty' });
  });
});
