import { describe, expect, test } from '@jest/globals';
import type { Checkpoint } from '@concord/core/platform/checkpoints';
import { AgencySuite } from '../support/agency-suite.js';
import { HARBOR, paymentRecord, statusRecord } from '../support/test-agencies.js';

const suite = new AgencySuite();
const OUTBOUND = [
  'after-choosing',
  'after-releasing',
  'after-archiving',
  'after-temporary-upload',
  'after-rename',
] as const;

describe("an agency's file, interrupted", () => {
  test.each(['mid-apply', 'mid-posting'] as const)(
    '%s has every effect once when it is gone on with',
    async (point) => {
      const { agencies } = suite;
      const [paying, reversing, disputing] = await suite.placed(3);
      await agencies.says('agency-payments', [paymentRecord(reversing!, 'P-0', 300)]);
      failOnce(point);
      await expect(
        agencies.says('agency-payments', [
          paymentRecord(paying!, 'P-1', 1_000, { commission: 100 }),
          paymentRecord(reversing!, 'P-0', 300, { type: 'PAR' }),
          paymentRecord({ number: '987654321', sourceReference: 'D' }, 'P-2', 50),
        ]),
      ).rejects.toThrow('interrupted');
      expect(await agencies.balance(paying!.id)).toBe(52_500);
      expect(await agencies.suspense()).toEqual([]);
      await agencies.collect();
      await agencies.collect();
      failOnce(point);
      await expect(agencies.says('statuses', [statusRecord(disputing!, 'DIS')])).rejects.toThrow('interrupted');
      await agencies.collect();
      await agencies.publish();
      expect(await agencies.balance(paying!.id)).toBe(51_500);
      expect(await agencies.balance(reversing!.id)).toBe(52_500);
      expect(await agencies.suspense()).toMatchObject([{ amountMinor: 50, state: 'open' }]);
      expect(await agencies.stops(disputing!.caseId)).toHaveLength(1);
      expect(await agencies.cutoff('1')).toMatchObject([{ kind: 'recalls', debtId: disputing!.id }]);
      await agencies.judge();
      expect(await agencies.placement(paying!.id)).toMatchObject({ knownMinor: 51_500, desiredMinor: 51_500 });
      expect(await agencies.placement(reversing!.id)).toMatchObject({ knownMinor: 52_500, desiredMinor: 52_500 });
    },
  );

  test('and handed on twice to the cases has its effect once', async () => {
    const { agencies, database } = suite;
    const [debt] = await suite.placed();
    await database.asOwner('create table kept as select * from exchange.outbox');
    await database.asOwner(
      `create function keep() returns trigger language plpgsql security definer as
       $$ begin insert into public.kept values (old.*); return old; end $$`,
    );
    await database.asOwner('create trigger keep before delete on exchange.outbox for each row execute function keep()');
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 1_000)]);
    await agencies.says('statuses', [statusRecord(debt!, 'ZZZ')]);
    await database.asOwner('drop trigger keep on exchange.outbox');
    await database.asOwner('insert into exchange.outbox (connector_id, event) select connector_id, event from kept');
    await agencies.publish();
    expect(await agencies.balance(debt!.id)).toBe(51_500);
    expect(await agencies.proposals()).toHaveLength(1);
  });
});

describe('files of one cutoff, interrupted', () => {
  test.each(OUTBOUND)('%s arrive once, with each entry once and the recall behind it', async (point) => {
    const { agencies, database } = suite;
    const [lowered, paid] = await suite.placed(2);
    const fresh = await suite.referred();
    await suite.pay(lowered!, 500);
    await suite.pay(paid!, 52_500);
    await agencies.judge();
    const before = agencies.channels[HARBOR]!.files.size;
    for (let time = 0; time < 3; time += 1) {
      failOnce(point);
      await expect(agencies.send('1')).rejects.toThrow('interrupted');
    }
    agencies.onCheckpoint = () => Promise.resolve();
    const sent = await agencies.send('1');
    expect(sent.map(({ kind, debtId, status }) => [kind, debtId, status])).toEqual([
      ['payments', lowered!.id, 'accepted'],
      ['payments', paid!.id, 'accepted'],
      ['placements', fresh.id, 'delivered'],
      ['recalls', paid!.id, 'accepted'],
    ]);
    expect(agencies.channels[HARBOR]!.files.size).toBe(before + 3);
    const told = await database.asOwner<{ n: number }>(
      'select count(*)::integer as n from exchange.record where entry_id is not null group by entry_id',
    );
    expect(told).toEqual([{ n: 1 }, { n: 1 }]);
    await agencies.judge();
    expect(await agencies.placement(lowered!.id)).toMatchObject({ knownMinor: 52_000, desiredMinor: 52_000 });
    expect(await agencies.placement(paid!.id)).toMatchObject({ known: 'absent', release: null });
  });
});

describe('a placement that arrives behind its own recall', () => {
  test('counts as held, and is called back again', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.judge();
    agencies.channels[HARBOR]!.failNext.push('upload');
    await expect(agencies.send('1')).rejects.toThrow('was made to fail');
    await suite.stop(debt, 'dispute');
    expect(await agencies.cutoff('2')).toMatchObject([{ kind: 'recalls', status: 'accepted' }]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ presumed: 'active' });
    await agencies.send('1');
    await agencies.acknowledges([debt]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({
      known: 'active',
      presumed: 'active',
      release: 'STOP:dispute',
    });
    expect(await agencies.cutoff('3')).toMatchObject([{ kind: 'recalls', status: 'accepted', state: 'closed' }]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
    expect(await suite.database.asOwner('select 1 from exchange.exclusive_hold')).toEqual([]);
  });
});

/** The next time that work passes this point it stops there, as if its process had ended. */
/** What the cases take in is tried together with others, and if that fails by itself: both are interrupted. */
function failOnce(point: Checkpoint): void {
  let left = point === 'mid-posting' ? 2 : 1;
  suite.agencies.onCheckpoint = async (reached) => {
    if (reached === point && left-- > 0) throw new Error('interrupted');
  };
}
