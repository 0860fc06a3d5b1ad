import { ACTS } from '@concord/plugin-sdk';
import type { DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../rule.js';
import { PASS } from '../rule.js';
import { decidedHearings, hearingDates } from './us/hearings.js';

/** What a hearing about the debt itself is recorded as being about; one that says nothing is taken for such a one. */
export const DEBT_ITSELF = 'debt';

/**
 * A debt that a hearing found of no effect is not owed: every partner is told to take back what it did (`withdraw`), within
 * one business day, and no letter goes. The hearing (a proof `hearing-outcome` with `set-aside`) was about the debt itself:
 * its subject is `debt`, or nobody has said. One about something else (a set-off, a liability order) ends what it was about
 * alone. A hearing of a later day that upheld or varied the debt ends this.
 */
export const setAside: Rule<{ releaseBusinessDays: number }> = {
  id: 'SET-ASIDE',
  title: 'A debt that a hearing set aside is not owed',
  jurisdictions: {},
  acts: ACTS,
  effectiveFrom: null,
  effectiveTo: null,
  citation: null,
  confirmed: 'no',
  note: "Concord's own design, with no row of the register behind it: what a hearing set aside is not asked for by anybody. Where a State's programme of refunds takes back on any hearing, its own rules say so.",
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, act, date, { releaseBusinessDays }) =>
    isDebtSetAside(debt, date)
      ? [
          {
            outcome: act === 'contact' ? 'block' : 'withdraw',
            reason: 'A hearing found that you do not owe this debt.',
            earliestOn: null,
            release: { withinBusinessDays: releaseBusinessDays },
          },
        ]
      : PASS,
  turningDates: hearingDates,
};

/** Whether a hearing about the debt itself set it aside. Of several of the last day on which any was decided one is enough. */
export function isDebtSetAside(debt: Pick<DebtSnapshot, 'proofs'>, date: IsoDate): boolean {
  const hearings = decidedHearings(debt, date).filter(isAboutDebt);
  const last = hearings.at(-1)?.on;
  return hearings.some(({ on, outcome }) => on === last && outcome === 'set-aside');
}

function isAboutDebt({ subject }: ProofSnapshot): boolean {
  return (subject ?? DEBT_ITSELF) === DEBT_ITSELF;
}
