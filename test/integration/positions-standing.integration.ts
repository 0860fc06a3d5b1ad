import { describe, expect, test } from '@jest/globals';
import { PluginFailure } from '@concord/core/plugin-host/plugin-failure';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { recompute } from '@concord/core/positions/recompute';
import { BureauSuite } from '../support/bureau-suite.js';
import { debtRow, person } from '../support/intake-builder.js';
import { asked, TODAY } from '../support/test-office.js';

const suite = new BureauSuite();

const duties = (debtId: string) =>
  suite.database.asOwner(
    `select d.rule, d.owed_on, d.due_on, d.done_on from exchange.release_duty d
     join exchange.position p on p.id = d.position_id where p.subject_id = $1 order by d.id`,
    [debtId],
  );

describe('a debt that stands at the bureau', () => {
  test('under dispute is marked, and the mark is owed until the bureau has confirmed it', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.stop(debt!, 'dispute');
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({
      desired: 'restrained',
      known: 'active',
      release: 'US-FCRA-03',
    });
    const sent = await bureau.send('next');
    expect(await bureau.read(sent)).toMatchObject([{ complianceConditionCode: 'XB', accountStatus: '93' }]);
    await bureau.judge();
    expect(await duties(debt!.id)).toMatchObject([
      { rule: 'US-FCRA-03', owed_on: TODAY, due_on: '2026-03-31', done_on: null },
    ]);
    await bureau.answer(sent);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({
      desired: 'restrained',
      known: 'restrained',
      release: null,
    });
    expect(await duties(debt!.id)).toMatchObject([{ done_on: TODAY }]);
  });

  test('in bankruptcy is marked within the days that the rule gives', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.stop(debt!, 'insolvency', { chapter: '13' });
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({
      desired: 'restrained',
      desiredMinor: 52_500,
      release: 'US-BK-01',
      releaseDueOn: '2026-03-17',
    });
    expect(await bureau.read(await bureau.send('next'))).toMatchObject([{ consumerInformationIndicator: 'D' }]);
  });

  test('is owed its mark also while the plugin can not say how the bureau is told', async () => {
    const { bureau, database } = suite;
    const [debt] = await suite.standing();
    await suite.stop(debt!, 'insolvency', { chapter: '13' });
    await bureau.publish();
    await bureau.lookAtAll();
    const desire: PluginHost['desire'] = (plugin, settings, date, batch) => {
      const item = batch.findIndex(({ debt: of }) => of.debt.id === debt!.id);
      if (item >= 0) return Promise.reject(new PluginFailure('threw', 'test', 'it can not be done', item));
      return suite.host.desire(plugin, settings, date, batch);
    };
    const dates = { asOf: TODAY, bookedOn: TODAY };
    await recompute(database.connectors, { desire } as PluginHost, await bureau.connector(), dates);
    expect(await bureau.blocks(debt!.id)).toContainEqual({ rule: 'PLUGIN', outcome: 'block' });
    expect(await bureau.position(debt!.id)).toMatchObject({ release: 'US-BK-01', releaseDueOn: '2026-03-17' });
  });

  test('may only shrink while it is blocked', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.stop(debt!, 'judicial-stay');
    await suite.pay(debt!, 10_000);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({
      desired: 'active',
      desiredMinor: 42_500,
      outcome: 'block',
    });
  });

  test('that is paid is closed, and then nothing is held', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.pay(debt!, 52_500);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'closed', known: 'active', release: 'PAID' });
    const sent = await bureau.send('next');
    expect(await bureau.read(sent)).toMatchObject([{ accountStatus: '62', currentBalance: 0, amountPastDue: 0 }]);
    await bureau.answer(sent);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({
      desired: 'absent',
      known: 'absent',
      presumed: 'absent',
      release: null,
    });
    expect((await bureau.exchange(await bureau.send('after'))).state).toBe('empty');
  });

  test('that is settled is closed as settled', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.pay(debt!, 30_000, true);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'closed' });
    expect(await bureau.read(await bureau.send('next'))).toMatchObject([{ accountStatus: '62', specialComment: 'AU' }]);
  });

  test.each<[string, (debtId: string, debtorId: string) => Promise<unknown>]>([
    [
      'whose referral is withdrawn',
      async (debtId) => {
        const [referral] = await suite.database.asOwner<{ id: string }>(
          'select id from cases.referral where debt_id = $1',
          [debtId],
        );
        await suite.office.commands.withdrawReferral(asked(), referral!.id, 'agreed');
      },
    ],
    [
      'whose debtor has died',
      (_, debtorId) =>
        suite.office.commands.placeStop(asked(), {
          subject: { kind: 'party', id: debtorId },
          kind: 'deceased',
          startsOn: null,
          endsOn: null,
          details: {},
          source: 'registry',
          idempotencyKey: 'died',
        }),
    ],
  ])('%s is deleted at the bureau', async (_, change) => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await change(debt!.id, debt!.debtorId);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'closed', outcome: 'withdraw', known: 'active' });
    expect(await duties(debt!.id)).toMatchObject([{ done_on: null }]);
    const sent = await bureau.send('next');
    expect(await bureau.read(sent)).toMatchObject([{ accountStatus: 'DA' }]);
    await bureau.answer(sent);
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
    expect(await duties(debt!.id)).toMatchObject([{ done_on: TODAY }]);
  });

  test('is deleted when its referral expires, though nothing else happens', async () => {
    const { bureau, office } = suite;
    const debt = await office.debt(debtRow());
    await bureau.refer(debt.id, { expiresOn: '2026-03-20' });
    await bureau.judge();
    await bureau.answer(await bureau.send('first'));
    await bureau.judge();
    expect(await bureau.judge('2026-03-20')).toBe(0);
    expect(await bureau.judge('2026-03-21')).toBe(1);
    expect(await bureau.position(debt.id)).toMatchObject({ desired: 'closed', release: 'REFERRAL' });
  });

  test("keeps its act when only a co-debtor is stopped, and never bears that person's mark", async () => {
    const { bureau, office } = suite;
    const other = person();
    const [debt] = await suite.standing({ coDebtors: [other] });
    const [party] = await suite.database.asOwner<{ id: string }>(
      'select id from cases.party where source_reference = $1',
      [other.sourceReference],
    );
    await office.commands.placeStop(asked(), {
      subject: { kind: 'party', id: party!.id },
      kind: 'insolvency',
      startsOn: null,
      endsOn: null,
      details: { chapter: '7' },
      source: 'court',
      idempotencyKey: 'co-debtor',
    });
    expect(await bureau.judge()).toBe(1);
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'active', outcome: 'allow' });
    // The debtor's own dispute brings the debtor's own mark, and not the bankruptcy of somebody else.
    await suite.stop(debt!, 'dispute');
    await bureau.judge();
    const [record] = await bureau.read(await bureau.send('next'));
    expect(record).toMatchObject({ complianceConditionCode: 'XB' });
    expect(record).not.toHaveProperty('consumerInformationIndicator');
  });

  test('keeps the first deadline of a release that stays owed', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing();
    await suite.stop(debt!, 'insolvency', { chapter: '13' });
    await bureau.judge();
    await suite.pay(debt!, 52_500);
    await bureau.judge('2026-03-18');
    expect(await duties(debt!.id)).toMatchObject([{ owed_on: TODAY, due_on: '2026-03-17', done_on: null }]);
  });
});

describe('content that the bureau refused', () => {
  test('is parked, and comes back when it changes', async () => {
    const { bureau } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const sent = await bureau.send('first');
    await bureau.answer(sent, [{ account: `CITY${debt.number}`, code: 'E2001', message: 'CONSUMER NOT FOUND' }]);
    await bureau.judge();
    const refused = await bureau.position(debt.id);
    expect(refused).toMatchObject({ desired: 'active', known: 'absent', presumed: 'absent', release: null });
    expect(refused.parked).toContain('CONSUMER NOT FOUND');
    await suite.pay(debt, 100);
    await bureau.judge();
    expect(await bureau.position(debt.id)).toMatchObject({ desiredMinor: 52_400, parked: null });
  });
});
