import { describe, expect, it } from '@jest/globals';
import { STOP_KINDS } from '@concord/plugin-sdk';
import type { DebtSnapshot, IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { addDays } from '../../calendar/domain/iso-date.js';
import { RULES } from '../domain/register/index.js';
import { concerns } from '../domain/rule.js';
import type { Rule, RuleParameters, Verdict } from '../domain/rule.js';
import { kindsIn, ruleSays, verdictInWords } from './example.js';
import type { RuleExample } from './example.js';
import { RULE_EXAMPLES } from './index.js';
import { ofCoDebtor, TODAY, UNNUMBERED, WITH_CO_DEBTOR } from './on-record.js';

const ruleOf = (id: string): Rule => {
  const rule = RULES.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`an example is about ${id}, which is no rule`);
  return rule;
};
const shownOf = (rule: Rule): readonly RuleExample[] => RULE_EXAMPLES.filter((example) => example.rule === rule.id);

describe('the examples of rules', () => {
  it.each(RULE_EXAMPLES.map((example) => [example.rule, example.act, example.given, example.on, example] as const))(
    '%s on %s: %s, on %s',
    (_rule, _act, _given, _on, example) => {
      const rule = ruleOf(example.rule);
      expect(concerns(rule, example.debt, example.act)).toBe(true);
      expect(verdictInWords(ruleSays(rule, example))).toBe(example.says);
    },
  );

  it('give each case once', () => {
    const cases = RULE_EXAMPLES.map(({ rule, act, given, on }) => `${rule} ${act} ${given} ${on}`);
    expect(cases.filter((each, at) => cases.indexOf(each) !== at)).toEqual([]);
  });

  it('set only numbers that the rule has', () => {
    for (const { rule, parameters } of RULE_EXAMPLES) {
      expect(Object.keys(ruleOf(rule).parameters)).toEqual(expect.arrayContaining(Object.keys(parameters ?? {})));
    }
  });

  it('show each rule pass and object', () => {
    const shown = RULES.map((rule) => [rule.id, new Set(shownOf(rule).map(({ says }) => says === 'passes')).size]);
    expect(shown.filter(([, sides]) => sides !== 2)).toEqual([]);
  });
});

/** Facts of a debt that are mixed one by one. */
const FACTS: (keyof DebtSnapshot['debt'])[] = [
  'incurredOn',
  'delinquentOn',
  'dueOn',
  'judgmentOn',
  'family',
  'aroseFromContract',
  'originalCreditor',
];

/**
 * Debts that nobody wrote down: what is on record in one example is mixed with what is in others of the same country, facts
 * are left out, stops of any kind are put in their place and proofs taken away.
 */
function mixtures(rule: Rule): fc.Arbitrary<Pick<RuleExample, 'act' | 'debt' | 'on' | 'parameters'>> {
  const own = shownOf(rule);
  const countries = new Set(own.map(({ debt }) => debt.jurisdiction.country));
  const alike = RULE_EXAMPLES.filter(({ debt }) => countries.has(debt.jurisdiction.country)).map(({ debt }) => debt);
  const ownDebts = own.map(({ debt }) => debt);
  const someDebt = fc.oneof(fc.constantFrom(...ownDebts), fc.constantFrom(...alike));
  const days = fc.oneof(
    fc.constantFrom(...own.map(({ on }) => on)),
    fc.integer({ min: -400, max: 400 }).map((shift) => addDays(TODAY, shift)),
  );
  const stops = fc
    .record({
      kind: fc.constantFrom(...STOP_KINDS),
      startsOn: days,
      lasts: fc.option(fc.nat({ max: 200 })),
      details: fc.dictionary(fc.constantFrom('dismissedOn', 'reliefOn', 'dischargedOn', 'treatmentEndedOn'), days),
      ofOther: fc.boolean(),
    })
    .map(({ kind, startsOn, lasts, details, ofOther }): StopSnapshot => {
      const endsOn: IsoDate | null = lasts === null ? null : addDays(startsOn, lasts);
      const stop = { id: `stop-${kind}-${startsOn}`, kind, startsOn, endsOn, details: { chapter: '13', ...details } };
      return ofOther ? ofCoDebtor(stop) : stop;
    });
  return fc
    .record({
      act: fc.constantFrom(...rule.acts),
      place: fc.constantFrom(...ownDebts),
      facts: someDebt,
      otherFacts: someDebt,
      taken: fc.subarray(FACTS),
      leftOut: fc.oneof(fc.constant<typeof FACTS>([]), fc.subarray(FACTS, { maxLength: 3 })),
      ledger: someDebt,
      itemisation: someDebt,
      parties: fc.oneof(
        someDebt.map(({ parties }) => parties),
        fc.constantFrom(UNNUMBERED, WITH_CO_DEBTOR),
      ),
      stops: fc.oneof(
        someDebt.map((debt) => debt.stops),
        fc.array(stops, { maxLength: 2 }),
      ),
      proofs: fc.array(someDebt, { maxLength: 3 }).chain((debts) => fc.subarray(debts.flatMap(({ proofs }) => proofs))),
      on: days,
      parameters: fc.constantFrom<(RuleParameters | undefined)[]>(undefined, ...own.map((each) => each.parameters)),
    })
    .map(({ place, facts, otherFacts, taken, leftOut, ledger, itemisation, act, on, parameters, ...rest }) => {
      const blanks = Object.fromEntries(leftOut.map((name) => [name, null]));
      const others = Object.fromEntries(taken.map((name) => [name, otherFacts.debt[name] ?? null]));
      const debt: DebtSnapshot = {
        ...place,
        ...rest,
        debt: { ...facts.debt, ...others, ...blanks },
        ledger: ledger.ledger,
        itemisation: itemisation.itemisation,
      };
      return { act, debt, on, ...(parameters === undefined ? {} : { parameters }) };
    });
}

/** Mixtures of each rule that are judged: the same in every run. */
const SEED = 20_261_122;
const MIXTURES = 1_500;

describe('what a rule was seen to say', () => {
  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s: has an example of each kind', (_, rule) => {
    const shown = new Set(shownOf(rule).flatMap((example) => kindsIn(ruleSays(rule, example))));
    const unshown = new Map<string, string>();
    for (const asked of fc.sample(mixtures(rule), { seed: SEED, numRuns: MIXTURES })) {
      if (!concerns(rule, asked.debt, asked.act)) continue;
      const verdict: Verdict = ruleSays(rule, asked);
      for (const kind of kindsIn(verdict)) {
        if (!shown.has(kind)) unshown.set(kind, `${asked.act} on ${asked.on}: ${verdictInWords(verdict)}`);
      }
    }
    expect([...unshown]).toEqual([]);
  });
});
