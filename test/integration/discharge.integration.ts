import { describe, expect, test } from '@jest/globals';
import { listStops } from '@concord/core/cases/case-reads';
import type { SurvivingDebt } from '@concord/core/cases/discharge';
import { AgencySuite } from '../support/agency-suite.js';
import { person } from '../support/intake-builder.js';
import { HARBOR } from '../support/test-agencies.js';
import { asked, TODAY } from '../support/test-office.js';

const suite = new AgencySuite();
const LATER = '2026-07-01';
const GROUND = '11 USC 523(a)(7)';

const discharge = (stopId: string, on: string, surviving: readonly SurvivingDebt[] = []) =>
  suite.office.commands.dischargeStop(asked(), { stopId, on, surviving, proof: 'ORDER-1' });

async function bankrupt(subject: { readonly kind: 'case' | 'party'; readonly id: string }): Promise<string> {
  const { stopId } = await suite.office.commands.placeStop(asked(), {
    subject,
    kind: 'insolvency',
    startsOn: null,
    endsOn: null,
    details: { chapter: '7', filedOn: TODAY },
    source: 'court notice',
    proof: 'NOTICE-1',
    idempotencyKey: `bankrupt-${subject.id}`,
  });
  return stopId;
}

describe('a dismissal', () => {
  test('that becomes known after the stop was placed lets the debt go on, without another stop', async () => {
    const { agencies, office } = suite;
    const debt = await suite.referred();
    const stopId = await bankrupt({ kind: 'case', id: debt.caseId });
    await agencies.judge(HARBOR, TODAY);
    const blocked = await suite.database.asOwner(
      'select 1 from exchange.block where until is null and subject_id = $1',
      [debt.id],
    );
    expect(blocked).not.toEqual([]);
    const dismissed = {
      details: { dismissedOn: TODAY },
      reason: 'dismissed',
      source: 'court notice',
      proof: 'ORDER-2',
    };
    await office.commands.changeStopDetails(asked(), { stopId, ...dismissed, idempotencyKey: 'dismissed' });
    await agencies.judge(HARBOR, TODAY);
    expect(await agencies.placement(debt.id)).toMatchObject({ desired: 'active' });
  });
});

describe('a discharge', () => {
  test('closes the debts from before for good, and lets go of those that survive and those that came later', async () => {
    const { agencies, office } = suite;
    const debtor = person();
    const closed = await suite.referred({ debtor });
    const fine = await suite.referred({ debtor });
    const newer = await suite.referred({
      debtor,
      incurredOn: '2026-03-17',
      delinquentOn: null,
      itemisedOn: '2026-03-17',
    });
    const stopId = await bankrupt({ kind: 'case', id: closed.caseId });
    expect(await agencies.cutoff('stayed')).toEqual([]);

    office.clock.set(`${LATER}T15:00:00Z`);
    const surviving = [{ debtId: fine.id, ground: GROUND }];
    expect(await discharge(stopId, LATER, surviving)).toEqual({ debtIds: [closed.id], recorded: true });
    expect(await discharge(stopId, LATER, surviving)).toEqual({ debtIds: [closed.id], recorded: false });
    await agencies.judge(HARBOR, LATER);
    expect(await agencies.placement(fine.id)).toMatchObject({ desired: 'active' });
    const blocked = await suite.database.asOwner<{ subject_id: string; rule: string }>(
      `select subject_id, rule from exchange.block where until is null and rule in ('US-BK-01', 'US-REGF-08')`,
    );
    expect(new Set(blocked.map(({ subject_id }) => subject_id))).toEqual(new Set([closed.id]));

    const stops = (await listStops(suite.database.gateway, closed.id)) as { id: string; follows: string | null }[];
    expect(stops).toMatchObject([
      { id: stopId, liftedOn: LATER, proof: 'NOTICE-1', details: { surviving } },
      { follows: stopId, liftedOn: null, endsOn: null, proof: 'ORDER-1', details: { dischargedOn: LATER } },
    ]);
    await expect(office.commands.liftStop(asked(), stops[1]!.id)).rejects.toMatchObject({ code: 'discharge-stands' });
    expect(await listStops(suite.database.gateway, newer.id)).toHaveLength(1);
  });

  test('of a party frees that person alone on what somebody else owes with them', async () => {
    const debtor = person();
    const own = await suite.registered({ debtor });
    const shared = await suite.registered({ debtor: person(), coDebtors: [debtor] });
    const stopId = await bankrupt({ kind: 'party', id: own.debtorId });
    suite.office.clock.set(`${TODAY}T16:00:00Z`);
    const { debtIds } = await discharge(stopId, TODAY);
    expect([...debtIds].sort()).toEqual([own.id, shared.id].sort());
    expect(await listStops(suite.database.gateway, shared.id)).toMatchObject([
      { id: stopId },
      { follows: stopId, partyId: own.debtorId },
    ]);
    expect(await listStops(suite.database.gateway, own.id)).toMatchObject([
      { id: stopId },
      { follows: stopId, partyId: null },
    ]);
  });

  test('is refused for what is no insolvency, for a day that does not fit, and for a strange survivor', async () => {
    const debt = await suite.registered();
    const other = await suite.registered();
    const dispute = await suite.stop(debt, 'dispute');
    await expect(discharge(dispute, TODAY)).rejects.toMatchObject({ code: 'not-an-insolvency' });
    const stopId = await bankrupt({ kind: 'case', id: debt.caseId });
    await expect(discharge(stopId, '2026-03-15')).rejects.toMatchObject({ code: 'discharge-before-filing' });
    await expect(discharge(stopId, LATER)).rejects.toMatchObject({ code: 'date-in-future' });
    const surviving = [{ debtId: other.id, ground: GROUND }];
    await expect(discharge(stopId, TODAY, surviving)).rejects.toMatchObject({ code: 'debt-not-reached' });
    await suite.office.commands.liftStop(asked(), stopId);
    await expect(discharge(stopId, TODAY)).rejects.toMatchObject({ code: 'stop-lifted' });
  });
});

describe('a stop without what its kind needs', () => {
  test.each([
    ['insolvency', {}],
    ['moratorium', {}],
    ['appeal', { filedOn: 'yesterday' }],
  ] as const)('is refused: %s %j', async (kind, details) => {
    const debt = await suite.registered();
    await expect(suite.stop(debt, kind, details)).rejects.toMatchObject({ code: 'stop-details' });
  });
});
