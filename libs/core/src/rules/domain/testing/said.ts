import type { Act, DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../rule.js';
import { COUNTED_DAYS } from './counted-days.js';

/**
 * What one rule says by its defaults, an objection a line: the outcome, then the earliest date if there is one, `by proof`
 * where a proof is all that is missing, and the business days for what stands already: `close 2026-05-01 within 1`.
 */
export function said(rule: Rule, debt: DebtSnapshot, act: Act, date: IsoDate): readonly string[] {
  return rule
    .judge(debt, act, date, rule.parameters, COUNTED_DAYS)
    .map(({ outcome, earliestOn, missing, release }) =>
      [
        outcome,
        ...(earliestOn === null ? [] : [earliestOn]),
        ...(missing === undefined ? [] : ['by proof']),
        ...(release === undefined ? [] : [`within ${release.withinBusinessDays}`]),
      ].join(' '),
    );
}

/** A letter of the office about a subject. */
export function sent(subject: string, on: IsoDate): ProofSnapshot {
  return { kind: 'notice-sent', on, subject };
}

/** A letter that came back; without a subject where nobody could tell which. */
export function cameBack(on: IsoDate, subject: string | null = null): ProofSnapshot {
  return { kind: 'notice-returned', on, subject };
}

/** Any other thing on record about a subject. */
export function onRecord(subject: string, on: IsoDate): ProofSnapshot {
  return { kind: 'document', on, subject };
}
