import { describe, expect, it } from '@jest/globals';
import { PROOF_KINDS } from '@concord/plugin-sdk';
import type { Act, DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Rule } from '../../rule.js';
import { concerns } from '../../rule.js';
import { dayAfterEnd } from '../../stops-in-force.js';
import { decide, limitsOf } from '../../strictness.js';
import { itemisationOf, ledgerOf, reportableDebt, stopOf } from '../../testing/reportable-debt.js';
import { RULES } from '../index.js';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import { NO_CLOCKS, verdict } from './testing/verdict.js';

const TODAY = '2026-03-16';
const US_RULES = RULES.filter(({ id }) => id.startsWith('US-'));
const SUBJECTS = Object.values(US_PROOF_SUBJECTS);
/** Papers that speak for the debtor: more of them never help the office. */
const FOR_THE_DEBTOR: readonly string[] = [
  US_PROOF_SUBJECTS.goodFaithNegotiation,
  US_PROOF_SUBJECTS.federalTaxInformation,
  US_PROOF_SUBJECTS.debitAuthorisationRevoked,
];

const dates = fc.integer({ min: -420, max: 420 }).map((days) => addDays(TODAY, days));
const oldDates = fc.integer({ min: -2700, max: 60 }).map((days) => addDays(TODAY, days));
const proofs = fc.record({
  kind: fc.constantFrom(...PROOF_KINDS),
  on: dates,
  subject: fc.constantFrom(...SUBJECTS, null),
  method: fc.constantFrom('mail', 'certified-mail', null),
  tracked: fc.boolean(),
  outcome: fc.constantFrom<NonNullable<ProofSnapshot['outcome']>[]>('upheld', 'varied', 'set-aside', 'adjourned'),
});
const favourable = proofs
  .filter(({ kind, subject }) => kind !== 'notice-returned' && !FOR_THE_DEBTOR.includes(subject ?? ''))
  .map((proof) => ({ ...proof, outcome: 'upheld' as const }));
const stops = fc
  .record({
    kind: fc.constantFrom('insolvency', 'active-duty', 'arrangement', 'judicial-stay', 'dispute' as const),
    from: dates,
    length: fc.option(fc.integer({ min: 0, max: 200 })),
    details: fc.dictionary(fc.constantFrom('dismissedOn', 'closedOn', 'reliefOn', 'dischargedOn'), dates),
  })
  .map(({ kind, from, length, details }) =>
    stopOf(kind, from, length === null ? null : addDays(from, length), { chapter: '13', ...details }),
  );
const debts = fc
  .record({
    office: fc.constantFrom(
      'us-ca-berkeley',
      'us-nc-example',
      'us-il-chicago',
      'us-fl-example',
      'us-tx-example',
      'us-or',
    ),
    family: fc.constantFrom('tax', 'fine', 'charge', 'medical', null),
    incurredOn: fc.option(oldDates),
    delinquentOn: fc.option(oldDates),
    dueOn: fc.option(fc.oneof(oldDates, dates)),
    judgmentOn: fc.option(oldDates),
    paidMinor: fc.constantFrom(0, 0, 100, 60_000),
    itemisedOn: fc.option(dates),
    stops: fc.array(stops, { maxLength: 2 }),
    proofs: fc.array(proofs, { maxLength: 6 }),
  })
  .map(({ office, paidMinor, itemisedOn, stops: held, proofs: stored, ...facts }): DebtSnapshot => {
    const base = reportableDebt();
    const ledger = ledgerOf({ assessedMinor: 60_000, paidMinor });
    return reportableDebt({
      jurisdiction: { id: office, country: 'US', currency: 'USD' },
      debt: { ...base.debt, ...facts },
      itemisation: itemisedOn === null ? null : { ...itemisationOf(ledger), on: itemisedOn },
      stops: held,
      proofs: stored,
      ledger,
    });
  });

/** Every rule with every act on which it speaks about the debt. */
function asked(debt: DebtSnapshot): readonly (readonly [Rule, Act])[] {
  return US_RULES.flatMap((rule) =>
    rule.acts.filter((act) => concerns(rule, debt, act)).map((act) => [rule, act] as const),
  );
}

function binding(rule: Rule, debt: DebtSnapshot, act: Act, date: IsoDate): string {
  return verdict(rule, debt, act, date)
    .map(({ outcome }) => outcome)
    .join();
}

describe('each rule of the United States', () => {
  it('changes by time alone only on a day that it named before', () => {
    fc.assert(
      fc.property(debts, (debt) => {
        for (const [rule, act] of asked(debt)) {
          const named = new Set([
            ...(rule.turningDates?.(debt, rule.parameters, NO_CLOCKS) ?? []),
            ...debt.stops.flatMap((stop) => [stop.startsOn, dayAfterEnd(stop)]),
          ]);
          let before = binding(rule, debt, act, addDays(TODAY, -100));
          for (let day = -99; day <= 200; day += 1) {
            const date = addDays(TODAY, day);
            const now = binding(rule, debt, act, date);
            if (now !== before && !named.has(date)) {
              const earliest = verdict(rule, debt, act, addDays(date, -1)).map(({ earliestOn }) => earliestOn);
              expect([rule.id, act, earliest]).toEqual([rule.id, act, expect.arrayContaining([date])]);
            }
            before = now;
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('never holds back more for a proof that speaks for the office', () => {
    fc.assert(
      fc.property(debts, favourable, dates, (debt, proof, date) => {
        for (const [rule, act] of asked(debt)) {
          const limits = (of: DebtSnapshot) => {
            const reasons = verdict(rule, of, act, date).map((objection) => ({
              ...{ rule: rule.id, citation: rule.citation },
              ...objection,
            }));
            return limitsOf(decide(reasons));
          };
          const without = limits(debt);
          const withProof = limits({ ...debt, proofs: [...debt.proofs, proof] });
          const lost = [
            without.mayGrow && !withProof.mayGrow,
            without.mayBeActive && !withProof.mayBeActive,
            !without.mustEnd && withProof.mustEnd,
          ];
          expect([rule.id, act, ...lost]).toEqual([rule.id, act, false, false, false]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives every objection words and, where there is no date, nothing but a fact to wait for', () => {
    fc.assert(
      fc.property(debts, dates, (debt, date) => {
        for (const [rule, act] of asked(debt)) {
          for (const { reason, earliestOn } of verdict(rule, debt, act, date)) {
            expect(reason).toMatch(/^[A-Z].*[.]$/);
            if (earliestOn !== null) expect(earliestOn > date).toBe(true);
          }
          expect(rule.citation).not.toBeNull();
        }
      }),
      { numRuns: 100 },
    );
  });
});
