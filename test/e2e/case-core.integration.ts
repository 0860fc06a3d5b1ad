import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AFTER_GRACE, CUTOFF, FIRST, NEXT_CUTOFF, SECOND, THIRD } from './case-core/days.js';
import { CIRCULATING, FATES, FIRST_NAMES } from './case-core/fates.js';
import type { Fate } from './case-core/fates.js';
import { FollowedDebts } from './case-core/followed-debts.js';
import { OFFICE } from './case-core/office.js';
import { AGENCIES, BUREAU, connectorId, fileNumber } from './thirty-days/offices.js';

jest.setTimeout(600_000);

/** A count of a preview. */
interface Tally {
  readonly debts: number;
  readonly examples: readonly { readonly debtId: string }[];
}

/** What one strategy would do, as the API previews it. */
interface Previewed {
  readonly strategyId: string;
  readonly act: string;
  readonly referred: Tally;
  readonly to: readonly { readonly connectorId: string; readonly debts: number }[];
  readonly leftOut: readonly (Tally & { readonly reason: string })[];
}

interface Party {
  readonly id: string;
  readonly number: number;
  readonly address: { readonly line1: string } | null;
}

const AFRESH = ['placed', 'recalled', 'placed'];

/** One debt each through what happens to debts, followed to the agencies and the bureau that hold it. */
describe('the case core, as the partners see it', () => {
  const debts = new FollowedDebts();
  const { hub } = debts;
  const of = (fate: Fate) => debts.of(fate);
  const held = (...which: Parameters<FollowedDebts['held']>) => debts.held(...which);

  const ofDebt = <T>(fate: Fate, what: string, body: object) =>
    debts.api.post<T>(`/debts/${of(fate).debt.id}/${what}`, {
      currency: 'USD',
      idempotencyKey: `${fate} ${what}`,
      ...body,
    });
  const stop = (fate: Fate, kind: string, body: object) =>
    debts.api.post<{ stopId: string }>('/stops', {
      ...{ kind, subject: { kind: 'debt', id: of(fate).debt.id }, source: 'letter', idempotencyKey: `${fate} ${kind}` },
      ...body,
    });
  const pay = (fate: Fate, amountMinor: number) =>
    debts.api.post('/payments', {
      ...{ debtId: of(fate).debt.id, amountMinor, currency: 'USD', idempotencyKey: `counter ${fate}` },
    });
  const party = (id: string) => debts.api.get<Party>(`/parties/${id}`);
  const preview = async (): Promise<ReadonlyMap<string, Previewed>> => {
    const path = `/strategies/preview?jurisdiction=${OFFICE.id}&examples=2`;
    const { strategies } = await debts.api.get<{ strategies: Previewed[] }>(path);
    return new Map(strategies.map((each) => [each.strategyId, each]));
  };
  const leftOut = ({ leftOut: reasons }: Previewed) =>
    Object.fromEntries(reasons.map(({ reason, debts: count }) => [reason, count]));

  /** Where the host system has the debtor whose letter comes back, and where that person says to live. */
  const streets = { host: '', told: '9 New Street' };
  let previewed: ReadonlyMap<string, Previewed>;
  let referredBefore: readonly unknown[];

  beforeAll(async () => {
    await hub.launchPartners();
    hub.partners.bureauRefusesNothing();
    for (const agency of AGENCIES) hub.partners.behave(agency, { refuseEvery: 0 });
    await hub.stay(FIRST, true);
    await debts.register();
    const moved = await debts.registered('moved');
    const { id, address } = await party(moved.parties[0]!.id);
    streets.host = address!.line1;
    await debts.api.post(`/parties/${id}/addresses`, {
      ...{ kind: 'mailing', source: 'debtor', since: '2020-01-01', idempotencyKey: 'address' },
      address: { line1: streets.told, city: 'Exampleton', region: OFFICE.region, postalCode: '87002', country: 'US' },
    });
    previewed = await preview();
    referredBefore = await debts.api.get<unknown[]>(`/referrals?debt=${moved.id}`);
    await debts.day(FIRST);
    await debts.follow();
  });
  afterAll(() => hub.remove());

  test('a strategy refers every debt to one agency, and to the bureau', () => {
    for (const fate of FATES) {
      expect(held(fate)).toMatchObject({ state: 'open', placedMinor: of(fate).debt.balanceMinor });
      expect(debts.told(fate)).toMatchObject([{ date: FIRST, status: '93' }]);
    }
  });

  test('a preview said before how many would go to whom, named examples, and referred none of them', () => {
    expect(referredBefore).toEqual([]);
    const [first, again] = [previewed.get('place-permits')!, previewed.get('place-permits-again')!];
    expect(first).toMatchObject({ referred: { debts: CIRCULATING.length }, leftOut: [] });
    const circulating = CIRCULATING.map((fate) => of(fate).debt.id);
    expect(first.referred.examples.map(({ debtId }) => debtId)).toEqual(circulating.slice(0, 2));
    expect(again.referred.debts).toBe(0);
    expect(leftOut(again)).toEqual({ 'other-strategy': CIRCULATING.length });
    const announced = (partner: string) =>
      [...previewed.values()]
        .flatMap(({ to }) => to)
        .filter(({ connectorId: id }) => id === connectorId(OFFICE.id, partner))
        .reduce((sum, { debts: count }) => sum + count, 0);
    for (const agency of AGENCIES) {
      expect(Object.keys(hub.partners.books(agency, OFFICE.id).accounts)).toHaveLength(announced(agency));
    }
    expect(Object.keys(hub.partners.bureau(OFFICE.id).books().history)).toHaveLength(announced(BUREAU));
  });

  describe('the day on which everything happens', () => {
    let arrangementId: string;
    let disputeId: string;
    let bankruptcyId: string;
    let noticeId: string;

    const weekly = (firstDueOn: string) => ({ frequency: 'weekly', firstDueOn, instalments: 4 });
    const arrangement = (asOf: string) =>
      debts.api.get<{ state: string; standing: string; behindMinor: number }>(
        `/arrangements/${arrangementId}?asOf=${asOf}`,
      );

    beforeAll(async () => {
      const agreed = await debts.api.post<{ arrangementId: string }>('/arrangements', {
        ...{ debtIds: [of('arranged').debt.id], terms: weekly(SECOND), idempotencyKey: 'arrangement' },
      });
      ({ arrangementId } = agreed);
      ({ stopId: disputeId } = await stop('disputed', 'dispute', {}));
      const coDebtor = of('co-debtor').debt.parties.find(({ role }) => role !== 'debtor')!;
      ({ stopId: bankruptcyId } = await stop('co-debtor', 'insolvency', {
        ...{ subject: { kind: 'party', id: coDebtor.id }, details: { chapter: '13', filedOn: FIRST } },
      }));
      await stop('died', 'deceased', { subject: { kind: 'party', id: of('died').debtorId } });
      await stop('duplicate', 'insolvency', {
        ...{ subject: { kind: 'party', id: of('duplicate').debtorId }, details: { chapter: '7', filedOn: FIRST } },
      });
      await pay('paid', of('paid').debt.balanceMinor);
      await pay('overpaid', of('overpaid').debt.balanceMinor + 4_200);
      const whole = (fate: Fate) => ({ amountMinor: of(fate).debt.balanceMinor, reason: 'an end-to-end test' });
      await ofDebt('credited', 'credit-notes', whole('credited'));
      await ofDebt('written-off', 'write-offs', whole('written-off'));
      const letter = await debts.api.post<{ batchId: string; noticeId: string }>(
        `/debts/${of('moved').debt.id}/notices`,
        { kind: 'validation-notice', idempotencyKey: 'letter' },
      );
      ({ noticeId } = letter);
      await debts.api.post(`/notice-batches/${letter.batchId}/release`, {});
      await debts.api.post(`/notice-batches/${letter.batchId}/posted`, { on: FIRST, method: 'mail' });
      await debts.day(SECOND);
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
      ['duplicate', 'BKY'],
    ])('%s is recalled from the agency the next day, with its reason %s', async (fate, reason) => {
      expect(held(fate)).toMatchObject({ recall: { reason } });
      expect(await debts.placement(fate)).toMatchObject({ desired: 'absent' });
    });

    test('who is in the books twice is told as two, and the stop of one leaves the debt of the other alone', async () => {
      for (const fate of ['survivor', 'duplicate'] as const) {
        const { number } = await party(of(fate).debtorId);
        expect(held(fate)!.debtorNumbers).toEqual([fileNumber(number)]);
        expect(debts.tradeline(fate)).toMatchObject({ firstName: FIRST_NAMES[fate].toUpperCase() });
      }
      expect(held('survivor')).toMatchObject({ state: 'open' });
    });

    test('and is named as a pair that is likely one person, for somebody to decide', async () => {
      const pairs = await debts.api.get<{ level: string; parties: readonly Party[] }[]>(
        `/party-matches?jurisdiction=${OFFICE.id}`,
      );
      const both = [of('survivor').debtorId, of('duplicate').debtorId].sort();
      expect(pairs.map(({ parties }) => parties.map(({ id }) => id).sort())).toContainEqual(both);
    });

    describe('and what follows', () => {
      let mergeId: string;

      beforeAll(async () => {
        const { balanceMinor } = of('arranged').debt;
        await debts.api.post(`/arrangements/${arrangementId}/payments`, {
          ...{ amountMinor: Math.floor(balanceMinor / 4), currency: 'USD', paidOn: SECOND, idempotencyKey: 'first' },
        });
        await debts.api.post(`/stops/${disputeId}/lift`, {});
        await debts.api.post(`/stops/${bankruptcyId}/discharge`, { on: SECOND, proof: 'order 1' });
        await ofDebt('overpaid', 'refunds', { amountMinor: 4_200, reason: 'paid twice' });
        ({ mergeId } = await debts.api.post<{ mergeId: string }>(`/parties/${of('duplicate').debtorId}/merge`, {
          ...{ into: of('survivor').debtorId, reason: 'one person under two keys' },
        }));
        await debts.api.post(`/notices/${noticeId}/returned`, { on: SECOND, reason: 'moved' });
        await debts.day(THIRD);
        await debts.day(CUTOFF);
      });

      test('a kept arrangement stays away from the agency', async () => {
        expect(await arrangement(CUTOFF)).toMatchObject({ state: 'in-force', standing: 'kept' });
        expect(held('arranged')).toMatchObject({ state: 'recalled' });
      });

      test('a dispute that was cleared up lets the debt be placed again', () => {
        expect(held('disputed')).toMatchObject({ state: 'open' });
        expect(debts.heldSince('disputed')).toEqual(AFRESH);
      });

      test('a debt of which one debtor was discharged stays away: an agency can not be told to leave one out', async () => {
        expect(held('co-debtor')).toMatchObject({ state: 'recalled' });
        const { blocks } = await debts.api.get<{ blocks: object[] }>(`/positions?subject=${of('co-debtor').debt.id}`);
        expect(blocks).toEqual([]);
      });

      test('an overpayment is refunded, and nothing is owed either way', async () => {
        expect((await debts.registered('overpaid')).balanceMinor).toBe(0);
        const owed = await debts.api.get<unknown>(`/refunds-owed?jurisdiction=${OFFICE.id}`);
        expect(JSON.stringify(owed)).not.toContain(of('overpaid').debt.id);
      });

      test.each<[Fate, object]>([
        ['paid', { status: '62', currentBalance: 0 }],
        ['overpaid', { status: '62', currentBalance: 0 }],
        ['credited', { status: 'DA' }],
        ['written-off', { status: 'DA' }],
        ['died', { consumerInformationIndicator: '' }],
        ['disputed', { status: '93', complianceConditionCode: '' }],
        ['arranged', { status: '93' }],
        ['co-debtor', { status: '93' }],
        ['duplicate', { status: '93', consumerInformationIndicator: 'A' }],
        ['survivor', { status: '93', consumerInformationIndicator: 'A' }],
      ])('the bureau is told of %s in its monthly file', (fate, what) => {
        expect(debts.told(fate).at(-1)).toMatchObject({ date: CUTOFF, ...what });
      });

      test('a stop of the duplicate takes the debt of both back, and both are told as the one who stands for them', () => {
        expect(held('survivor')).toMatchObject({ state: 'recalled', recall: { reason: 'BKY' } });
        for (const fate of ['survivor', 'duplicate'] as const) {
          expect(debts.tradeline(fate)).toMatchObject({ firstName: FIRST_NAMES.survivor.toUpperCase() });
        }
      });

      test('an address from which a letter came back is told no more, and another one is', () => {
        const both = [streets.host, streets.told];
        expect(debts.streetsToldToBureau('moved', both)).toEqual([streets.told, streets.host]);
        expect(debts.streetsToldToAgency('moved', 'summit', both)).toEqual([streets.told]);
      });

      describe('and when weeks have gone by', () => {
        beforeAll(async () => {
          await debts.api.post(`/merges/${mergeId}/undo`, { reason: 'a mother and her daughter' });
          await pay('paying', 1_000);
          await debts.day(AFTER_GRACE);
        });

        test('an arrangement that is not kept is breached after its grace, and its debt placed again', async () => {
          expect(await arrangement(AFTER_GRACE)).toMatchObject({ state: 'breached' });
          expect(held('arranged')).toMatchObject({ state: 'open' });
          expect(debts.heldSince('arranged')).toEqual(AFRESH);
        });

        test('a merge that is undone leaves the stop with the duplicate, and the other debt is placed again', async () => {
          expect(held('duplicate')).toMatchObject({ state: 'recalled' });
          expect(debts.heldSince('survivor')).toEqual(AFRESH);
          const { number } = await party(of('survivor').debtorId);
          expect(held('survivor')).toMatchObject({ state: 'open', debtorNumbers: [fileNumber(number)] });
        });

        test('what brought nothing is called back, and what was paid in part stays and is told of it', () => {
          for (const fate of ['fruitless', 'moved'] as const) {
            expect(held(fate, 'summit')).toMatchObject({ state: 'recalled', recall: { reason: 'WDR' } });
          }
          const { balanceMinor } = of('paying').debt;
          expect(held('paying', 'summit')).toMatchObject({ state: 'open', balanceMinor: balanceMinor - 1_000 });
        });

        test('a preview says that they wait for the pause before the other agency', async () => {
          const again = (await preview()).get('place-permits-again')!;
          expect(leftOut(again)).toEqual({ 'referral-in-force': 1, pause: 2 });
        });

        describe("with the bureau's next cutoff", () => {
          beforeAll(() => debts.day(NEXT_CUTOFF));

          test.each<Fate>(['fruitless', 'moved'])('%s is with the other agency, and with it alone', (fate) => {
            expect(debts.heldSince(fate, 'summit')).toEqual(['placed', 'recalled']);
            expect(held(fate, 'harbor')).toMatchObject({ state: 'open', placedMinor: of(fate).debt.balanceMinor });
          });

          test('what was paid in part is called back when it has brought nothing more', () => {
            expect(held('paying', 'summit')).toMatchObject({ state: 'recalled', recall: { reason: 'WDR' } });
            expect(held('paying', 'harbor')).toBeUndefined();
          });

          test('the other agency has never heard of the address from which the letter came back', () => {
            const both = [streets.host, streets.told];
            expect(debts.streetsToldToAgency('moved', 'harbor', both)).toEqual([streets.host]);
            expect(debts.streetsToldToBureau('moved', both)).toEqual([streets.told, streets.host, streets.host]);
          });

          test('the two are told as two again, and the bankruptcy of one of them alone', () => {
            expect(debts.told('survivor').at(-1)).toMatchObject({
              ...{ date: NEXT_CUTOFF, status: '93', consumerInformationIndicator: 'Q' },
            });
            expect(debts.tradeline('duplicate')).toMatchObject({ consumerInformationIndicator: 'A' });
            for (const fate of ['survivor', 'duplicate'] as const) {
              expect(debts.tradeline(fate)).toMatchObject({ firstName: FIRST_NAMES[fate].toUpperCase() });
            }
          });

          test('no agency saw anything wrong, and every due release was done', async () => {
            for (const agency of AGENCIES) {
              expect(hub.partners.books(agency, OFFICE.id)).toMatchObject({ violations: [], notes: [] });
            }
            for (const fate of FATES) expect(await debts.placement(fate)).toMatchObject({ releaseOwedOn: null });
          });
        });
      });
    });
  });
});
