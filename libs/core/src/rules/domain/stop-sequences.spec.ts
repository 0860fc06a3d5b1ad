import { describe, expect, it } from '@jest/globals';
import { ACTS, STOP_KINDS } from '@concord/plugin-sdk';
import type { Act, StopSnapshot } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { bound } from '../../positions/domain/bound.js';
import { judge, releaseDuty } from './judge.js';
import { RULES } from './register/index.js';
import { CLOCKS_WITHOUT_HOLIDAYS } from './testing/clocks-without-holidays.js';
import { placeableDebt, REPORTABLE_ON, reportableDebt, stopOf } from './testing/reportable-debt.js';

const OPTIONS = { rules: RULES, clocks: CLOCKS_WITHOUT_HOLIDAYS };
const STATEMENT = { key: '', state: 'active' as const, amountMinor: 52_500, content: { a: 1 }, reference: 'R-1' };
const SPOUSE = { ...reportableDebt().parties[0]!, id: 'party-2', role: 'co-debtor' as const };

/** Places stop `index`, or lifts it. */
interface Step {
  readonly index: number;
  readonly lift: boolean;
}

const stops = fc.array(
  fc
    .record({
      kind: fc.constantFrom(...STOP_KINDS),
      spouse: fc.boolean(),
      chapter: fc.constantFrom('7', '13'),
      acts: fc.constantFrom<readonly Act[]>(['place'], ['report'], []),
    })
    .map(({ kind, spouse, chapter, acts }): StopSnapshot => ({
      ...stopOf(kind, '2026-03-01', null, kind === 'arrangement' ? { acts: [...acts] } : { chapter }),
      partyId: spouse ? SPOUSE.id : null,
    })),
  { minLength: 1, maxLength: 5 },
);
const steps = fc.array(fc.record({ index: fc.nat({ max: 4 }), lift: fc.boolean() }), { maxLength: 15 });

describe('stops that come and go', () => {
  it('end where the stops that are left would end at once, in whatever order', () => {
    fc.assert(
      fc.property(stops, steps, fc.boolean(), fc.constantFrom<Act>(...ACTS), (all, sequence, held, act) => {
        const known = held ? STATEMENT : null;
        const reached = sequence.reduce<readonly StopSnapshot[]>((standing, step) => after(all, standing, step), []);
        const atOnce = all.filter((stop) => reached.includes(stop));
        expect(outcome(reached, act, known)).toEqual(outcome(atOnce, act, known));
        if (atOnce.length === 0) expect(outcome(reached, act, known)).toEqual(outcome([], act, known));
      }),
      { numRuns: 150 },
    );
  });
});

function after(all: readonly StopSnapshot[], standing: readonly StopSnapshot[], { index, lift }: Step) {
  const stop = all[index % all.length]!;
  const others = standing.filter((each) => each !== stop);
  return lift ? others : [...others, stop];
}

/** What the rules say, without the order in which equal reasons stand, and what the partner should hold by it. */
function outcome(standing: readonly StopSnapshot[], act: Act, known: typeof STATEMENT | null) {
  const make = act === 'report' ? reportableDebt : placeableDebt;
  const debt = make({ parties: [...reportableDebt().parties, SPOUSE], stops: standing });
  const decision = judge(debt, act, REPORTABLE_ON, OPTIONS);
  return {
    outcome: decision.outcome,
    reasons: decision.reasons.map(({ rule, outcome: each }) => `${rule} ${each}`).sort(),
    duty: releaseDuty(debt, act, REPORTABLE_ON, OPTIONS),
    desired: bound(STATEMENT, decision, known, known, ['active', 'restrained', 'closed']),
  };
}
