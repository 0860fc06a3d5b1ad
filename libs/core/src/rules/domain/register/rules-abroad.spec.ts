import { describe, expect, it } from '@jest/globals';
import { ACTS, STOP_KINDS } from '@concord/plugin-sdk';
import type { Act, DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { addDays } from '../../../calendar/domain/iso-date.js';
import { COUNTED_DAYS } from '../testing/counted-days.js';
import { councilDebt, provincialFine } from '../testing/debts-abroad.js';
import { ledgerOf, stopOf } from '../testing/reportable-debt.js';
import { CA_SUBJECTS } from './ca/proof-subjects.js';
import { GB_SUBJECTS } from './gb/proof-subjects.js';
import { judge } from '../judge.js';
import { RULES } from './index.js';

const TODAY: IsoDate = '2026-04-15';
const ABROAD = RULES.filter(({ id }) => /^(UK|CA)-/.test(id));
/** What speaks for nobody's doing anything: it begins a time anew, ends a remedy's ground or says that one is in use. */
const ADVERSE: ReadonlySet<string> = new Set([
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
  CA_SUBJECTS.arrangementBreached,
]);
const SUBJECTS = [...Object.values(GB_SUBJECTS), ...Object.values(CA_SUBJECTS)];
const FAVOURABLE = SUBJECTS.filter((subject) => !ADVERSE.has(subject));

const dates = fc.integer({ min: -50, max: 50 }).map((days) => addDays(TODAY, days));
const proofs = (subjects: readonly string[]): fc.Arbitrary<ProofSnapshot> =>
  fc.record({
    kind: fc.constantFrom('notice-sent' as const, 'document' as const),
    on: dates,
    subject: fc.constantFrom(...subjects),
  });
const stops = fc
  .record({
    kind: fc.constantFrom(...STOP_KINDS),
    from: dates,
    length: fc.option(fc.nat({ max: 40 })),
    ended: fc.option(dates),
    crisis: fc.boolean(),
  })
  .map(({ kind, from, length, ended, crisis }) =>
    stopOf(kind, from, length === null ? null : addDays(from, length), {
      ...(crisis ? { scheme: 'mental-health-crisis' } : {}),
      ...(ended === null ? {} : { treatmentEndedOn: ended, reliefOn: ended }),
    }),
  );
const returns = fc.record({
  kind: fc.constant('notice-returned' as const),
  on: dates,
  subject: fc.constantFrom(null, ...SUBJECTS),
});
const OUTCOMES = ['upheld', 'varied', 'set-aside', 'adjourned'] as const;
const hearings = fc.record({
  kind: fc.constant('hearing-outcome' as const),
  on: dates,
  subject: fc.constantFrom(...SUBJECTS),
  outcome: fc.constantFrom(...OUTCOMES),
});
const onFile = fc.oneof(
  { weight: 4, arbitrary: proofs(SUBJECTS) },
  { weight: 1, arbitrary: returns },
  { weight: 1, arbitrary: hearings },
);
const debts = fc
  .record({
    make: fc.constantFrom(councilDebt, provincialFine),
    family: fc.constantFrom('charge', 'tax', 'fine', 'care', null),
    dueOn: fc.option(
      fc.oneof(
        dates,
        dates.map((on) => `2020${on.slice(4)}`),
      ),
    ),
    paidMinor: fc.constantFrom(0, 40_000, 50_000),
    stops: fc.array(stops, { maxLength: 3 }),
    proofs: fc.array(onFile, { maxLength: 12 }),
  })
  .map(({ make, family, dueOn, paidMinor, ...facts }) =>
    make({ debt: { family, dueOn }, ledger: ledgerOf({ assessedMinor: 50_000, paidMinor }), ...facts }),
  );
const questions = fc.constantFrom(...ABROAD.flatMap((rule) => rule.acts.map((act) => ({ rule, act }))));

function verdict(
  { rule, act }: { rule: (typeof RULES)[number]; act: (typeof rule.acts)[number] },
  debt: DebtSnapshot,
  date: IsoDate,
) {
  return rule.judge(debt, act, date, rule.parameters, COUNTED_DAYS);
}

describe('the rules of England and Wales, and of Canada', () => {
  it('are 21, each with its citation and its acts', () => {
    expect(ABROAD).toHaveLength(21);
    for (const { citation, acts } of ABROAD) {
      expect(citation).not.toBeNull();
      expect(new Set(acts).size).toBe(acts.length);
    }
  });

  it('give each reason in full sentences, and name a proof only where no date is known', () => {
    fc.assert(
      fc.property(debts, questions, dates, (debt, question, date) => {
        for (const { reason, earliestOn, missing } of verdict(question, debt, date)) {
          expect(reason).toMatch(/^[A-Z].*\.$/);
          if (missing !== undefined) expect(earliestOn).toBeNull();
          if (earliestOn !== null) expect(earliestOn > date).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('pass no less for a favourable proof more', () => {
    fc.assert(
      fc.property(debts, questions, dates, proofs(FAVOURABLE), (debt, question, date, proof) => {
        const before = verdict(question, debt, date);
        fc.pre(before.length === 0);
        expect(verdict(question, { ...debt, proofs: [...debt.proofs, proof] }, date)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('say the same on every day until one that they named', () => {
    fc.assert(
      fc.property(debts, questions, dates, (debt, question, date) => {
        const now = verdict(question, debt, date);
        const turns = [
          ...(question.rule.turningDates?.(debt, question.rule.parameters, COUNTED_DAYS) ?? []),
          ...debt.stops.flatMap(({ startsOn, endsOn }) => [startsOn, ...(endsOn === null ? [] : [addDays(endsOn, 1)])]),
          ...now.flatMap(({ earliestOn }) => earliestOn ?? []),
        ].filter((on) => on > date);
        const next = turns.sort()[0] ?? addDays(date, 400);
        for (let day = date; day < next; day = addDays(day, 1)) {
          expect(verdict(question, debt, day).map(({ outcome }) => outcome)).toEqual(now.map(({ outcome }) => outcome));
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Everything that the rules ask for, on record long enough before {@link TODAY}. */
const PREPARED: readonly ProofSnapshot[] = [
  ...[GB_SUBJECTS.letterOfClaim, GB_SUBJECTS.noticeOfEnforcement, GB_SUBJECTS.advanceNotice].map(
    (subject): ProofSnapshot => ({ kind: 'notice-sent', on: '2026-02-02', subject }),
  ),
  ...[
    GB_SUBJECTS.informationSheet,
    GB_SUBJECTS.replyForm,
    GB_SUBJECTS.financialStatementForm,
    GB_SUBJECTS.directDebitInstruction,
    GB_SUBJECTS.otherRecoveryExhausted,
    CA_SUBJECTS.arrangementBreached,
    CA_SUBJECTS.suspensionApproved,
    CA_SUBJECTS.fineRegistered,
  ].map((subject): ProofSnapshot => ({ kind: 'document', on: '2026-02-02', subject })),
];
const JUDGED = councilDebt({ debt: { judgmentOn: '2025-11-03' }, proofs: PREPARED });
const OVERRIDES = [
  {
    rule: 'CA-RSO-01',
    jurisdiction: 'ca-nl',
    effectiveFrom: null,
    effectiveTo: null,
    values: { creditor: 'crown', agreement: 'RSO-1' },
  },
];
const said = (debt: DebtSnapshot, act: Act, date: IsoDate = TODAY) =>
  judge(debt, act, date, { clocks: COUNTED_DAYS, overrides: OVERRIDES }).reasons.map(
    ({ rule, outcome, earliestOn }) => `${rule} ${outcome} ${earliestOn}`,
  );

describe('a debt abroad of which everything is on record', () => {
  it.each(ACTS)('passes %s in England and in Newfoundland', (act) => {
    expect(said(JUDGED, act)).toEqual([]);
    expect(said(provincialFine({ proofs: PREPARED }), act)).toEqual([]);
  });

  it.each(ACTS)('is held for %s once by breathing space and once by an insolvency', (act) => {
    const rested = said({ ...JUDGED, stops: [stopOf('moratorium', '2026-04-01', '2026-05-30')] }, act);
    expect(rested.length).toBeGreaterThan(0);
    for (const line of rested) expect(line).toMatch(/^UK-BS-01 \w+ 2026-05-31$/);
    const stayed = said(provincialFine({ proofs: PREPARED, stops: [stopOf('insolvency', '2026-04-01')] }), act);
    expect(new Set(stayed.map((line) => line.split(' ')[0])).size).toBe(1);
  });

  it('waits for the strictest of several periods', () => {
    const replied: ProofSnapshot = { kind: 'document', on: '2026-04-01', subject: GB_SUBJECTS.replyReceived };
    const notified: ProofSnapshot = { kind: 'notice-sent', on: '2026-04-02', subject: GB_SUBJECTS.noticeBeforeIssue };
    const debt = councilDebt({ proofs: [...PREPARED, replied, notified] });
    expect(said(debt, 'file-claim')).toEqual(['UK-PAP-02 block 2026-05-02', 'UK-PAP-03 block 2026-04-17']);
    expect(said(debt, 'file-claim', '2026-05-02')).toEqual([]);
  });
});
