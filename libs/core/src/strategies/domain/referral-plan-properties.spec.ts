import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AgencyLoads } from './agency-loads.js';
import { planReferrals } from './referral-plan.js';
import type { DueDebt, EarlierReferral, PlannedReferral } from './referral-plan.js';
import { REFERRAL_ENDS } from './strategy.js';
import type { Strategy } from './strategy.js';
import { dueDebt } from './testing/due-debt.js';

const TODAY = '2026-03-16';
const AGENCIES = ['agency-a', 'agency-b', 'agency-c', 'agency-d'];
const TYPES = ['water', 'permit'];

const capacity = fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined });
const shares = fc
  .uniqueArray(fc.constantFrom(...AGENCIES), { minLength: 1, maxLength: 4 })
  .chain((agencies) =>
    fc.tuple(
      ...agencies.map((connector) =>
        fc.record({ connector: fc.constant(connector), share: fc.integer({ min: 1, max: 9 }), capacity }),
      ),
    ),
  );

const strategies = fc
  .array(
    fc.record({
      oneOf: shares,
      round: fc.integer({ min: 1, max: 3 }),
      debtTypes: fc.subarray(TYPES, { minLength: 1 }),
      after: fc.subarray([...REFERRAL_ENDS], { minLength: 1 }),
      single: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) =>
    list.map(({ oneOf, round, debtTypes, after, single }, index): Strategy => {
      const selection = { id: `s${index}`, act: 'place' as const, debtTypes, minAgeDays: 30, minBalanceMinor: 5_000 };
      return single
        ? { ...selection, connectors: [oneOf[0]!.connector] }
        : { ...selection, oneOf, round, after, pauseDays: 20 };
    }),
  );

const debts = fc
  .array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      balanceMinor: fc.integer({ min: -100, max: 20_000 }),
      delinquentOn: fc.constantFrom('2026-01-01', '2026-03-01'),
    }),
    { maxLength: 30 },
  )
  .map((list) => list.map((changes, index) => dueDebt(`d${index}`, changes)));

const referral = fc.record({
  debt: fc.integer({ min: 0, max: 29 }),
  connectorId: fc.constantFrom(...AGENCIES),
  end: fc.option(fc.constantFrom(...REFERRAL_ENDS), { nil: null }),
  endedOn: fc.constantFrom('2026-01-20', '2026-03-10'),
});
/** As the database has them: one in force a debt at most. */
const earlier = fc.array(referral, { maxLength: 25 }).map((list) => {
  const standing = new Set<number>();
  return list.flatMap(({ debt, connectorId, end, endedOn }): EarlierReferral[] => {
    if (end === null && standing.has(debt)) return [];
    if (end === null) standing.add(debt);
    return [{ debtId: `d${debt}`, act: 'place', connectorId, end, endedOn: end === null ? null : endedOn }];
  });
});

function plan(list: readonly Strategy[], of: readonly DueDebt[], before: readonly EarlierReferral[]) {
  const inForce = before.filter(({ endedOn }) => endedOn === null);
  const counts = AGENCIES.map((connectorId) => ({
    connectorId,
    strategyId: null,
    inForce: inForce.filter((each) => each.connectorId === connectorId).length,
  }));
  const looking = { today: TODAY, country: 'US' };
  return { ...planReferrals(list, of, before, new AgencyLoads(counts, new Set()), looking), counts };
}

const held = (connectorId: string, planned: readonly PlannedReferral[], counts: ReturnType<typeof plan>['counts']) =>
  planned.filter((each) => each.connectorId === connectorId).length +
  counts.find((each) => each.connectorId === connectorId)!.inForce;

describe('whatever was referred before, and whatever the strategies say,', () => {
  test('no debt is with two agencies', () => {
    fc.assert(
      fc.property(strategies, debts, earlier, (list, of, before) => {
        const { referrals } = plan(list, of, before);
        const standing = new Set(before.filter(({ endedOn }) => endedOn === null).map(({ debtId }) => debtId));
        const planned = referrals.map(({ debtId }) => debtId);
        expect(new Set(planned).size).toBe(planned.length);
        expect(planned.filter((id) => standing.has(id))).toEqual([]);
      }),
    );
  });

  test('no agency gets a debt that it had', () => {
    fc.assert(
      fc.property(strategies, debts, earlier, (list, of, before) => {
        const had = new Set(before.map(({ debtId, connectorId }) => `${debtId} ${connectorId}`));
        const { referrals } = plan(list, of, before);
        expect(referrals.filter(({ debtId, connectorId }) => had.has(`${debtId} ${connectorId}`))).toEqual([]);
      }),
    );
  });

  test('no strategy gives an agency more than its capacity', () => {
    fc.assert(
      fc.property(strategies, debts, earlier, (list, of, before) => {
        // Another strategy may have no limit for the same agency: each is held to its own.
        const [first] = list;
        const { referrals, counts } = plan([first!], of, before);
        for (const agency of first!.oneOf ?? []) {
          if (!referrals.some(({ connectorId }) => connectorId === agency.connector)) continue;
          expect(held(agency.connector, referrals, counts)).toBeLessThanOrEqual(agency.capacity ?? Infinity);
        }
      }),
    );
  });

  test('every debt of its types is either referred by a strategy or left out for one reason', () => {
    fc.assert(
      fc.property(strategies, debts, earlier, (list, of, before) => {
        const { outcomes, referrals } = plan(list, of, before);
        for (const { connectorIds, leftOut } of outcomes) expect(connectorIds.length > 0).toBe(leftOut === null);
        expect(outcomes).toHaveLength(
          list.reduce((sum, each) => sum + of.filter(({ type }) => each.debtTypes.includes(type)).length, 0),
        );
        expect(outcomes.reduce((sum, { connectorIds }) => sum + connectorIds.length, 0)).toBe(referrals.length);
      }),
    );
  });

  test('looking again at once refers nothing more', () => {
    fc.assert(
      fc.property(strategies, debts, earlier, (list, of, before) => {
        const made = plan(list, of, before).referrals.map((each) => ({ ...each, endedOn: null, end: null }));
        expect(plan(list, of, [...before, ...made]).referrals).toEqual([]);
      }),
    );
  });
});

describe('while no agency is full,', () => {
  test('the order of the debts changes neither which are referred nor how many each agency gets of a first referral', () => {
    const roomy = strategies.map((list) =>
      list.map((each): Strategy =>
        each.oneOf === undefined
          ? each
          : { ...each, oneOf: each.oneOf.map(({ connector, share }) => ({ connector, share })) },
      ),
    );
    const both = debts.chain((of) =>
      fc.tuple(fc.constant(of), fc.shuffledSubarray(of, { minLength: of.length, maxLength: of.length })),
    );
    fc.assert(
      fc.property(roomy, both, earlier, (list, [of, shuffled], before) => {
        const [one, other] = [plan(list, of, before), plan(list, shuffled, before)];
        const debtsOf = ({ referrals }: typeof one) =>
          referrals.map(({ debtId, strategyId }) => `${debtId} ${strategyId}`).sort();
        expect(debtsOf(other)).toEqual(debtsOf(one));
        const firsts = list.filter(({ oneOf, connectors }) => connectors === undefined && oneOf.length > 0);
        for (const { id } of firsts.filter((each) => (each as { round?: number }).round === 1)) {
          const perAgency = ({ referrals }: typeof one) =>
            AGENCIES.map(
              (agency) => referrals.filter((each) => each.strategyId === id && each.connectorId === agency).length,
            );
          expect(perAgency(other)).toEqual(perAgency(one));
        }
      }),
    );
  });
});
