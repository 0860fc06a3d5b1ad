import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { HeldAccount } from '../partners/launch.js';
import type { DebtView } from './api.js';
import { CUTOFFS, THIRTY_DAYS } from './thirty-days/calendar.js';
import { OneProcessHub } from './thirty-days/hub.js';
import { inventedDebts } from './thirty-days/invented-debts.js';
import { AGENCIES, OFFICES, YOUNG_TYPE, accountNumber, connectorId, fileNumber } from './thirty-days/offices.js';
import type { AgencyName } from './thirty-days/offices.js';
import type { PositionView, ReferralView } from './thirty-days/office-api.js';

jest.setTimeout(600_000);

const [OFFICE] = OFFICES as [(typeof OFFICES)[number]];

/** The bureaus' cutoff, three business days before it, and how a week of them goes on. */
const CUTOFF = CUTOFFS[1]!;
const AT = THIRTY_DAYS.indexOf(CUTOFF);
const [FIRST, SECOND, THIRD] = [THIRTY_DAYS[AT - 4]!, THIRTY_DAYS[AT - 3]!, THIRTY_DAYS[AT - 2]!];
/** By then a weekly instalment that fell due a week after `SECOND` is late by more than five business days. */
const AFTER_GRACE = THIRTY_DAYS[AT + 9]!;

/** What becomes of a debt in these days; each has one of its own, and the one that is bankrupt has a co-debtor. */
const FATES = ['arranged', 'disputed', 'died', 'paid', 'overpaid', 'credited', 'written-off', 'co-debtor'] as const;
type Fate = (typeof FATES)[number];

interface Followed {
  readonly debt: DebtView;
  readonly agency: AgencyName;
}

/** Debts that are referred by a strategy, one joint, of the first office of the thirty days. */
const INVENTED = inventedDebts(OFFICE, 1, 40);
const JOINT = 14;
const PLAIN = 19;
const DEBTS = FATES.map((fate, index) => ({
  ...INVENTED[fate === 'co-debtor' ? JOINT : PLAIN + index]!,
  type: YOUNG_TYPE,
}));

/** One debt each through what happens to debts, followed to the agency and the bureau that hold it. */
describe('the case core, as the partners see it', () => {
  const hub = new OneProcessHub('clock');
  const followed = new Map<Fate, Followed>();

  const of = (fate: Fate): Followed => {
    const found = followed.get(fate);
    if (found === undefined) throw new Error(`${fate} is not followed yet`);
    return found;
  };
  const now = (fate: Fate) => hub.api.get<DebtView>(`/debts/${of(fate).debt.id}`);
  const held = (fate: Fate): HeldAccount | undefined =>
    hub.partners.books(of(fate).agency, OFFICE.id).accounts[fileNumber(of(fate).debt.number)];
  const told = (fate: Fate) =>
    hub.partners.bureau(OFFICE.id).books().history[accountNumber(OFFICE, of(fate).debt.number)] ?? [];
  const ofDebt = <T>(fate: Fate, what: string, body: object) =>
    hub.api.post<T>(`/debts/${of(fate).debt.id}/${what}`, {
      currency: 'USD',
      idempotencyKey: `${fate} ${what}`,
      ...body,
    });
  const stop = (fate: Fate, kind: string, body: object) =>
    hub.api.post<{ stopId: string }>('/stops', {
      ...{ kind, subject: { kind: 'debt', id: of(fate).debt.id }, source: 'letter', idempotencyKey: `${fate} ${kind}` },
      ...body,
    });
  const positionAtAgency = async (fate: Fate) => {
    const { positions } = await hub.api.get<{ positions: PositionView[] }>(`/positions?subject=${of(fate).debt.id}`);
    return positions.find(({ connector }) => connector === connectorId(OFFICE.id, of(fate).agency));
  };

  async function day(date: string): Promise<void> {
    expect(await hub.stay(date, true)).toMatchObject({ date });
    for (const agency of AGENCIES) await hub.partners.settled(agency);
  }

  async function follow(fate: Fate, index: number): Promise<void> {
    const debts = await hub.api.debts(OFFICE.id);
    const { id } = debts.find(({ sourceReference }) => sourceReference === DEBTS[index]!.sourceReference)!;
    const referrals = await hub.api.get<ReferralView[]>(`/referrals?debt=${id}`);
    const placed = referrals.find(({ act }) => act === 'place')!;
    expect(placed.madeBy).toBe('strategy');
    const agency = AGENCIES.find((each) => placed.connectorId === connectorId(OFFICE.id, each))!;
    followed.set(fate, { debt: await hub.api.get<DebtView>(`/debts/${id}`), agency });
  }

  beforeAll(async () => {
    await hub.launchPartners();
    hub.partners.bureauRefusesNothing();
    for (const agency of AGENCIES) hub.partners.behave(agency, { refuseEvery: 0 });
    await hub.stay(FIRST, true);
    for (const debt of DEBTS) await hub.api.post('/debts', debt);
    await day(FIRST);
    for (const [index, fate] of FATES.entries()) await follow(fate, index);
  });
  afterAll(() => hub.remove());

  test('a strategy refers every debt to one agency, and to the bureau', () => {
    for (const fate of FATES) {
      expect(held(fate)).toMatchObject({ state: 'open', placedMinor: of(fate).debt.balanceMinor });
      expect(told(fate)).toMatchObject([{ date: FIRST, status: '93' }]);
    }
  });

  describe('the day on which everything happens', () => {
    let arrangementId: string;
    let disputeId: string;
    let bankruptcyId: string;

    const weekly = (firstDueOn: string) => ({ frequency: 'weekly', firstDueOn, instalments: 4 });
    const arrangement = (asOf: string) =>
      hub.api.get<{ state: string; standing: string; behindMinor: number }>(
        `/arrangements/${arrangementId}?asOf=${asOf}`,
      );

    beforeAll(async () => {
      const agreed = await hub.api.post<{ arrangementId: string }>('/arrangements', {
        ...{ debtIds: [of('arranged').debt.id], terms: weekly(SECOND), idempotencyKey: 'arrangement' },
      });
      ({ arrangementId } = agreed);
      ({ stopId: disputeId } = await stop('disputed', 'dispute', {}));
      const coDebtor = of('co-debtor').debt.parties.find(({ role }) => role !== 'debtor')!;
      ({ stopId: bankruptcyId } = await stop('co-debtor', 'insolvency', {
        ...{ subject: { kind: 'party', id: coDebtor.id }, details: { chapter: '13', filedOn: FIRST } },
      }));
      const [debtor] = of('died').debt.parties;
      await stop('died', 'deceased', { subject: { kind: 'party', id: debtor!.id } });
      for (const [fate, more] of [
        ['paid', 0],
        ['overpaid', 4_200],
      ] as const) {
        await hub.api.post('/payments', {
          ...{ debtId: of(fate).debt.id, amountMinor: of(fate).debt.balanceMinor + more, currency: 'USD' },
          idempotencyKey: `counter ${fate}`,
        });
      }
      const whole = (fate: Fate) => ({ amountMinor: of(fate).debt.balanceMinor, reason: 'an end-to-end test' });
      await ofDebt('credited', 'credit-notes', whole('credited'));
      await ofDebt('written-off', 'write-offs', whole('written-off'));
      await day(SECOND);
    });

    test.each<[Fate, string]>([
      ['arranged', 'HLD'],
      ['disputed', 'DSP'],
      ['co-debtor', 'BKY'],
      ['died', 'DEC'],
      ['paid', 'PIF'],
      ['overpaid', 'PIF'],
      ['credited', 'WDR'],
      ['written-off', 'WDR'],
    ])('%s is recalled from the agency the next day, with its reason %s', async (fate, reason) => {
      expect(held(fate)).toMatchObject({ recall: { reason } });
      expect(await positionAtAgency(fate)).toMatchObject({ desired: 'absent' });
    });

    describe('and what follows', () => {
      beforeAll(async () => {
        const { balanceMinor } = of('arranged').debt;
        await hub.api.post(`/arrangements/${arrangementId}/payments`, {
          ...{ amountMinor: Math.floor(balanceMinor / 4), currency: 'USD', paidOn: SECOND, idempotencyKey: 'first' },
        });
        await hub.api.post(`/stops/${disputeId}/lift`, {});
        await hub.api.post(`/stops/${bankruptcyId}/discharge`, { on: SECOND, proof: 'order 1' });
        await ofDebt('overpaid', 'refunds', { amountMinor: 4_200, reason: 'paid twice' });
        await day(THIRD);
        await day(CUTOFF);
      });

      test('a kept arrangement stays away from the agency', async () => {
        expect(await arrangement(CUTOFF)).toMatchObject({ state: 'in-force', standing: 'kept' });
        expect(held('arranged')).toMatchObject({ state: 'recalled' });
      });

      test('a dispute that was cleared up lets the debt be placed again', () => {
        expect(held('disputed')).toMatchObject({ state: 'open' });
        expect(held('disputed')!.history.map(({ what }) => what)).toEqual(['placed', 'recalled', 'placed']);
      });

      test('a debt of which one debtor was discharged stays away: an agency can not be told to leave one out', async () => {
        expect(held('co-debtor')).toMatchObject({ state: 'recalled' });
        const { blocks } = await hub.api.get<{ blocks: object[] }>(`/positions?subject=${of('co-debtor').debt.id}`);
        expect(blocks).toEqual([]);
      });

      test('an overpayment is refunded, and nothing is owed either way', async () => {
        expect((await now('overpaid')).balanceMinor).toBe(0);
        const owed = await hub.api.get<unknown>(`/refunds-owed?jurisdiction=${OFFICE.id}`);
        expect(JSON.stringify(owed)).not.toContain(of('overpaid').debt.id);
      });

      test.each<[Fate, object | null]>([
        ['paid', { status: '62', currentBalance: 0 }],
        ['overpaid', { status: '62', currentBalance: 0 }],
        ['credited', { status: 'DA' }],
        ['written-off', { status: 'DA' }],
        ['died', { consumerInformationIndicator: '' }],
        ['disputed', { status: '93', complianceConditionCode: '' }],
        ['arranged', { status: '93' }],
        ['co-debtor', { status: '93' }],
      ])('the bureau is told of %s in its monthly file', (fate, what) => {
        expect(told(fate).at(-1)).toMatchObject({ date: CUTOFF, ...what });
      });

      test('an arrangement that is not kept is breached after its grace, and its debt placed again', async () => {
        await day(AFTER_GRACE);
        expect(await arrangement(AFTER_GRACE)).toMatchObject({ state: 'breached' });
        expect(held('arranged')).toMatchObject({ state: 'open' });
        expect(held('arranged')!.history.map(({ what }) => what)).toEqual(['placed', 'recalled', 'placed']);
      });

      test('no agency saw anything wrong, and every due release was done', async () => {
        for (const agency of AGENCIES) {
          expect(hub.partners.books(agency, OFFICE.id)).toMatchObject({ violations: [], notes: [] });
        }
        for (const fate of FATES) expect(await positionAtAgency(fate)).toMatchObject({ releaseOwedOn: null });
      });
    });
  });
});
