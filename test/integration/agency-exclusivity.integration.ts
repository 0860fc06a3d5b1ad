import { describe, expect, test } from '@jest/globals';
import { AgencySuite } from '../support/agency-suite.js';
import type { PlacedDebt } from '../support/agency-suite.js';
import { HARBOR, statusRecord, SUMMIT } from '../support/test-agencies.js';

const suite = new AgencySuite();

describe('a debt', () => {
  test('that two agencies would be sent at the same moment goes to one of them: the database decides', async () => {
    const { agencies } = suite;
    const debts = [await wantedByBoth(), await wantedByBoth(), await wantedByBoth()];
    let chosen = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (open = resolve));
    agencies.onCheckpoint = async (point) => {
      if (point !== 'after-choosing') return;
      chosen += 1;
      if (chosen >= 2) open();
      await both;
    };
    const sent = (await Promise.all([agencies.send('1', HARBOR), agencies.send('1', SUMMIT)])).flat();
    expect(sent.map(({ debtId }) => debtId).sort()).toEqual(debts.map(({ id }) => id).sort());
    const holds = await suite.database.asOwner<{ subject_id: string }>(
      'select subject_id from exchange.exclusive_hold',
    );
    expect(holds.map(({ subject_id }) => subject_id).sort()).toEqual(debts.map(({ id }) => id).sort());
    agencies.onCheckpoint = () => Promise.resolve();
    for (const { id } of debts) {
      const states = [await agencies.placement(id, HARBOR), await agencies.placement(id, SUMMIT)];
      expect(states.map(({ presumed }) => presumed).sort()).toEqual(['absent', 'active']);
    }
  });

  test('is free for another agency once the first has refused it', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.cutoff('1');
    await suite.withdraw(debt);
    await agencies.refer(debt.id, SUMMIT);
    expect(await agencies.cutoff('s1', SUMMIT)).toEqual([]);
    await agencies.says('statuses', [statusRecord(debt, 'REJ')]);
    await expectPlacedAtSummit(debt);
    expect(await agencies.cutoff('2')).toEqual([]);
  });

  test('is free for another agency once the first has given it back', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('statuses', [statusRecord(debt!, 'RTN')]);
    await agencies.refer(debt!.id, SUMMIT);
    await expectPlacedAtSummit(debt!);
    expect(await agencies.cutoff('2')).toEqual([]);
  });

  test('is free for another agency once its recall is delivered, and not before', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const stop = await suite.stop(debt!, 'dispute');
    await suite.withdraw(debt!);
    await agencies.refer(debt!.id, SUMMIT);
    await suite.office.commands.liftStop({ actor: 'a', correlationId: 'c' }, stop);
    await suite.stop(debt!, 'active-duty');
    await agencies.judge(SUMMIT);
    expect(await agencies.cutoff('s1', SUMMIT)).toEqual([]);
    expect(await agencies.placement(debt!.id, HARBOR)).toMatchObject({ known: 'active' });
  });

  test('that the first has back in time is recalled from it before the second gets it', async () => {
    const { agencies, office } = suite;
    const [debt] = await suite.placed();
    await suite.withdraw(debt!);
    await agencies.refer(debt!.id, SUMMIT);
    agencies.channels[HARBOR]!.failNext.push('upload');
    const later = '2026-04-10';
    office.clock.set(`${later}T15:00:00Z`);
    await agencies.judge(HARBOR, later);
    await expect(agencies.send('late', HARBOR, later)).rejects.toThrow('was made to fail');
    expect(await agencies.cutoff('s1', SUMMIT, later)).toEqual([]);
    await agencies.send('late', HARBOR, later);
    expect(await agencies.cutoff('s2', SUMMIT, later)).toMatchObject([{ kind: 'placements', debtId: debt!.id }]);
  });

  test('that is back with its first agency is whole there again', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('statuses', [statusRecord(debt!, 'RTN')]);
    await agencies.refer(debt!.id, SUMMIT);
    await agencies.judge(HARBOR);
    await expectPlacedAtSummit(debt!);
    await agencies.says('statuses', [statusRecord(debt!, 'RTN')], SUMMIT);
    await suite.pay(debt!, 500);
    await agencies.refer(debt!.id, HARBOR);
    expect(await agencies.cutoff('3')).toMatchObject([{ kind: 'placements', amountMinor: 52_000 }]);
  });
});

async function expectPlacedAtSummit(debt: PlacedDebt): Promise<void> {
  const { agencies } = suite;
  expect(await agencies.cutoff(`summit-${debt.number}`, SUMMIT)).toMatchObject([
    { kind: 'placements', state: 'active', debtId: debt.id },
  ]);
  await agencies.acknowledges([debt], SUMMIT);
  await agencies.judge(SUMMIT);
  expect(await agencies.placement(debt.id, SUMMIT)).toMatchObject({ known: 'active', knownMinor: 52_500 });
}

/**
 * A debt that is judged to be placed with both agencies, which no order of commands can bring about: the judgement of the
 * first is made to look as if it were not out of date.
 */
async function wantedByBoth(): Promise<PlacedDebt> {
  const { agencies, database } = suite;
  const debt = await suite.referred();
  await agencies.judge(HARBOR);
  await suite.withdraw(debt);
  await agencies.refer(debt.id, SUMMIT);
  await agencies.judge(SUMMIT);
  await database.asOwner('delete from exchange.look where subject_id = $1', [debt.id]);
  await database.asOwner(
    `update exchange.position p set judged_version = c.version from cases.case_file c
     where c.id = p.case_id and p.subject_id = $1`,
    [debt.id],
  );
  return debt;
}
