import type { DebtSnapshot, IsoDate, ProofKind, ProofSnapshot } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import { isInRegion } from '../../rule.js';
import type { Rule, Verdict } from '../../rule.js';
import { PASS } from '../../rule.js';
import { afterFullDays } from './anniversary.js';
import { block } from './objections.js';

/** States whose statute on suspension for debt is in the register. */
const KNOWN_TO_SUSPEND = ['US-FL'];

/**
 * Many States have ended suspensions for debt. Where nobody has set that an office's State still allows them, none is
 * asked for; where the office has set that they ended, one that stands is withdrawn. And none is asked for unless the
 * office looked into whether the debtor can pay (a proof `ability-to-pay-check` of the last 365 days).
 */
export const usLic03: Rule<{ permitted: string; checkValidDays: number }> = {
  id: 'US-LIC-03',
  title: 'Suspension for debt only where it is still lawful, and after a look at ability to pay',
  jurisdictions: { countries: ['US'] },
  acts: ['suspend'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'state law',
  confirmed: 'no',
  note: "The register names no State's law. The office sets `permitted` to `yes` or `no`; not set, it is yes in Florida (US-FL-01) and unknown elsewhere. How long a look at ability to pay counts is chosen here.",
  parameters: { permitted: '', checkValidDays: 365 },
  judge: (debt, _act, date, { permitted, checkValidDays }) => [
    ...lawful(debt, permitted),
    ...lookedInto(debt, date, checkValidDays),
  ],
  turningDates: (debt, { checkValidDays }) =>
    debt.proofs.filter(isCheck).flatMap(({ on }) => [on, afterFullDays(on, checkValidDays)]),
};

function lawful({ jurisdiction }: DebtSnapshot, permitted: string): Verdict {
  if (permitted === 'yes') return PASS;
  if (permitted === 'no') {
    const reason = 'Your State no longer allows a licence to be suspended for a debt.';
    return [{ outcome: 'withdraw', reason, earliestOn: null }];
  }
  const isNotSet = permitted === '';
  if (isNotSet && KNOWN_TO_SUSPEND.some((region) => isInRegion(jurisdiction.id, region))) return PASS;
  const missing = "that the State's law allows it";
  return [block('It is not established that a licence may be suspended for a debt in your State.', { missing })];
}

function lookedInto(debt: DebtSnapshot, date: IsoDate, validDays: number): Verdict {
  const isValid = debt.proofs.some(
    (proof) => isCheck(proof) && proof.on <= date && date <= addDays(proof.on, validDays),
  );
  if (isValid) return PASS;
  const missing = 'a look into ability to pay';
  return [block('The office has not looked into whether you can pay this debt.', { missing })];
}

const SHOWS_A_CHECK: ReadonlySet<ProofKind> = new Set<ProofKind>(['certificate', 'document', 'hearing-outcome']);

/** A hearing that was adjourned has not looked into anything yet. */
function isCheck({ kind, subject, outcome }: ProofSnapshot): boolean {
  return SHOWS_A_CHECK.has(kind) && subject === US_PROOF_SUBJECTS.abilityToPayCheck && outcome !== 'adjourned';
}
