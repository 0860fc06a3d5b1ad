import { describe, expect, it } from '@jest/globals';
import { ACTS, ADVERSITY, PROOF_KINDS, STOP_KINDS } from '@concord/plugin-sdk';
import type { Act, Decision, DebtSnapshot, DesiredPosition, ProofSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { addDays } from '../../calendar/domain/iso-date.js';
import { bound } from '../../positions/domain/bound.js';
import { judge } from './judge.js';
import { CA_SUBJECTS } from './register/ca/proof-subjects.js';
import { GB_SUBJECTS } from './register/gb/proof-subjects.js';
import { RULES } from './register/index.js';
import { US_PROOF_SUBJECTS } from './register/us/proof-subjects.js';
import { limitsOf, strictest } from './strictness.js';
import { CLOCKS_WITHOUT_HOLIDAYS } from './testing/clocks-without-holidays.js';
import { placeableDebt, REPORTABLE_ON, reportableDebt, stopOf } from './testing/reportable-debt.js';

const TODAY = REPORTABLE_ON;
const OPTIONS = {
  rules: RULES,
  clocks: CLOCKS_WITHOUT_HOLIDAYS,
  overrides: [
    {
      rule: 'CA-RSO-01',
      jurisdiction: 'ca-nl',
      effectiveFrom: null,
      effectiveTo: null,
      values: { creditor: 'crown', agreement: 'RSO-1' },
    },
  ],
};
const SPOUSE = { ...reportableDebt().parties[0]!, id: 'party-2', role: 'co-debtor' as const };

const IDENTIFIED = { ssn: { identifier: 'identifier-1' }, sin: { identifier: 'identifier-2' } };

const acts = fc.constantFrom<Act>(...ACTS);
const SUBJECTS = [US_PROOF_SUBJECTS, GB_SUBJECTS, CA_SUBJECTS].flatMap((words): string[] => Object.values(words));
/** Offices with laws of their own, and one of a country whose law the register does not know. */
const OFFICES = {
  'us-ca-berkeley': 'US',
  'us-fl-example': 'US',
  'us-il-chicago': 'US',
  'us-nc-example': 'US',
  'us-or': 'US',
  'gb-hillingdon': 'GB',
  'ca-nl': 'CA',
  'ie-example': 'IE',
} as const;
const dates = fc.integer({ min: -60, max: 60 }).map((days) => addDays(TODAY, days));
const stops = fc
  .record({
    kind: fc.constantFrom(...STOP_KINDS),
    party: fc.constantFrom(null, 'party-1', SPOUSE.id),
    from: dates,
    length: fc.option(fc.integer({ min: 0, max: 90 })),
    chapter: fc.constantFrom('7', '13'),
    named: fc.option(fc.uniqueArray(acts)),
    endings: fc.record(
      { reliefOn: dates, dismissedOn: dates, closedOn: dates, dischargedOn: dates },
      { requiredKeys: [] },
    ),
  })
  .map(({ kind, party, from, length, chapter, named, endings }): StopSnapshot => {
    const details = {
      chapter,
      ...(kind === 'insolvency' ? endings : {}),
      ...(kind === 'arrangement' && named !== null ? { acts: named } : {}),
    };
    return { ...stopOf(kind, from, length === null ? null : addDays(from, length), details), partyId: party };
  });
const several = fc.array(stops, { minLength: 1, maxLength: 4 });
const states = fc.subarray(['active', 'restrained', 'closed'] as const, { minLength: 1 });
const standing = fc.constantFrom('active' as const, 'restrained' as const, 'closed' as const);
const proofs = fc.record({
  kind: fc.constantFrom(...PROOF_KINDS),
  on: fc.integer({ min: -400, max: 30 }).map((days) => addDays(TODAY, days)),
  subject: fc.constantFrom(...SUBJECTS, null),
  method: fc.constantFrom('mail', 'certified-mail'),
  tracked: fc.boolean(),
  outcome: fc.constantFrom<NonNullable<ProofSnapshot['outcome']>[]>('upheld', 'varied', 'set-aside'),
});
/** What speaks against an act: it begins a time anew, or says that something is in use or in question. */
const AGAINST: ReadonlySet<string> = new Set([
  US_PROOF_SUBJECTS.goodFaithNegotiation,
  US_PROOF_SUBJECTS.federalTaxInformation,
  GB_SUBJECTS.replyReceived,
  GB_SUBJECTS.documentsRequested,
  GB_SUBJECTS.settlementTalks,
  GB_SUBJECTS.addressChanged,
  GB_SUBJECTS.remedyEnforcementAgent,
  GB_SUBJECTS.remedyAttachmentOfEarnings,
  GB_SUBJECTS.remedyChargingOrder,
  GB_SUBJECTS.remedyBenefitDeductions,
  GB_SUBJECTS.directDebitCancelled,
  GB_SUBJECTS.directDebitRefunded,
  GB_SUBJECTS.directDebitChanged,
  GB_SUBJECTS.breathingSpaceEnded,
]);
/** Everything that a rule could ask for, on record again and again, so that only stops are in the way of most acts. */
const COMPLETE = SUBJECTS.filter((subject) => !AGAINST.has(subject)).flatMap((subject): ProofSnapshot[] => [
  { kind: 'notice-sent', on: '2025-10-15', subject, method: 'certified-mail', tracked: true },
  { kind: 'hearing-outcome', on: '2025-12-15', subject, outcome: 'upheld' },
  ...[-75, -50, -25, 0, 25, 50].flatMap((days) =>
    (['document', 'certificate'] as const).map((kind) => ({ kind, on: addDays(TODAY, days), subject })),
  ),
]);
/** A debt in every respect but its stops. */
const settings = fc.record({
  office: fc.constantFrom(...(Object.keys(OFFICES) as (keyof typeof OFFICES)[])),
  act: acts,
  on: dates,
  family: fc.constantFrom('tax', 'fine', 'utility', null),
  proofs: fc.oneof(fc.constant(COMPLETE), fc.array(proofs, { maxLength: 40 })),
});
type Setting = typeof settings extends fc.Arbitrary<infer T> ? T : never;
const desires = fc
  .record({ state: standing, amountMinor: fc.constantFrom(1, 50_000, 52_500) })
  .map(({ state, amountMinor }): DesiredPosition => ({
    key: '',
    state,
    amountMinor,
    content: { state },
    reference: 'R-1',
  }));

function judged(
  setting: Setting,
  standingStops: readonly StopSnapshot[],
  on = setting.on,
  options = OPTIONS,
): Decision {
  return judge(debtOf(setting, standingStops), setting.act, on, options);
}

function debtOf(
  { office, act, family, proofs: stored }: Setting,
  standingStops: readonly StopSnapshot[],
): DebtSnapshot {
  const base = act === 'report' ? reportableDebt() : placeableDebt();
  return {
    ...base,
    jurisdiction: { id: office, country: OFFICES[office], currency: base.jurisdiction.currency },
    debt: { ...base.debt, family, dueOn: '2025-06-15', judgmentOn: '2025-09-01' },
    parties: [...base.parties.map((party) => ({ ...party, identifiers: IDENTIFIED })), SPOUSE],
    proofs: [...base.proofs, ...stored],
    stops: standingStops,
  };
}

/** What one decision leaves possible that another does not. */
function milder(now: Decision, before: Decision): readonly string[] {
  const [after, earlier] = [limitsOf(now), limitsOf(before)];
  return [
    ...(after.mayGrow && !earlier.mayGrow ? ['may grow'] : []),
    ...(after.mayBeActive && !earlier.mayBeActive ? ['may be active'] : []),
    ...(!after.mustEnd && earlier.mustEnd ? ['may stand'] : []),
  ];
}

describe('stops, whatever the act', () => {
  it('open no position and make none more adverse, whatever the partner holds and can express', () => {
    fc.assert(
      fc.property(
        settings,
        several,
        desires,
        fc.option(desires),
        states,
        (setting, all, desired, known, expressible) => {
          const held = (list: readonly StopSnapshot[]) =>
            bound(desired, judged(setting, list), known, known, expressible);
          const [stopped, free] = [held(all), held([])];
          expect(ADVERSITY[stopped.state]).toBeLessThanOrEqual(ADVERSITY[free.state]);
          if (stopped.state === free.state) expect(stopped.amountMinor).toBeLessThanOrEqual(free.amountMinor);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('bind all at once, the strictest first: the tables add nothing and take nothing away', () => {
    fc.assert(
      fc.property(settings, several, (setting, all) => {
        const of = (list: readonly StopSnapshot[]) => judged(setting, list, setting.on, { ...OPTIONS, rules: [] });
        const alone = all.map((stop) => of([stop]));
        const together = of(all);
        expect(together.outcome).toBe(strictest(alone.map(({ outcome }) => outcome)));
        expect(together.reasons).toHaveLength(alone.reduce((sum, { reasons }) => sum + reasons.length, 0));
      }),
    );
  });

  it('are never less strict for being more', () => {
    fc.assert(
      fc.property(settings, several, several, (setting, some, more) => {
        expect(milder(judged(setting, [...some, ...more]), judged(setting, some))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('hold a discharged debt for good: no day that passes takes a discharge back', () => {
    // The other rules wait for days of their own, and are none of a discharge's.
    const options = { ...OPTIONS, rules: RULES.filter(({ id }) => /-(?:BK|BIA)-/.test(id)) };
    const endings = fc.record({ reliefOn: dates, dismissedOn: dates, closedOn: dates }, { requiredKeys: [] });
    fc.assert(
      fc.property(settings, endings, fc.integer({ min: 1, max: 5_000 }), (setting, ends, days) => {
        const { on } = setting;
        const stop = stopOf('insolvency', addDays(on, -10), null, { chapter: '7', ...ends, dischargedOn: on });
        const later = judged(setting, [stop], addDays(on, days), options);
        expect(milder(later, judged(setting, [stop], on, options))).toEqual([]);
        expect(limitsOf(later).mayGrow).toBe(false);
        // Nor does a rule of another kind, which speaks for a stop in the place of its table, let the act through.
        expect(limitsOf(judged(setting, [stop], addDays(on, days))).mayGrow).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
