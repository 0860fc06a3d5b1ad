import type { Act, DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import type { Clocks } from '../../../clocks.js';
import type { Rule, RuleParameters, Verdict } from '../../../rule.js';
import { withStopsOfDebtor } from '../../../stops-in-force.js';
import { reportableDebt } from '../../../testing/reportable-debt.js';

/** The rules of the United States count calendar days, which need no calendar of holidays. */
export const NO_CLOCKS: Clocks = {
  nth: () => {
    throw new Error('no rule of the United States counts by a clock');
  },
};

/** What one rule says by itself, with its own parameters but for those given. */
export function verdict(
  rule: Rule,
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  parameters: RuleParameters = {},
): Verdict {
  const seen = rule.seesCoDebtors === true ? debt : withStopsOfDebtor(debt);
  return rule.judge(seen, act, date, { ...rule.parameters, ...parameters }, NO_CLOCKS);
}

/** What one rule says, each objection in one text: its outcome, and from when or for want of what. */
export function said(
  rule: Rule,
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  parameters: RuleParameters = {},
): readonly string[] {
  return verdict(rule, debt, act, date, parameters).map(({ outcome, earliestOn, missing, release }) =>
    [
      outcome,
      ...(earliestOn === null ? [] : [`from ${earliestOn}`]),
      ...(missing === undefined ? [] : [`without ${missing}`]),
      ...(release === undefined ? [] : [`within ${release.withinBusinessDays}`]),
    ].join(' '),
  );
}

/** A debt of an office in the United States, with facts of the debt itself and with proofs. */
export function debtOf(
  jurisdictionId: string,
  facts: Partial<DebtSnapshot['debt']> = {},
  proofs: readonly ProofSnapshot[] = [],
  changes: Partial<DebtSnapshot> = {},
): DebtSnapshot {
  const base = reportableDebt(changes);
  const jurisdiction = { id: jurisdictionId, country: 'US', currency: 'USD' };
  return { ...base, jurisdiction, debt: { ...base.debt, ...facts }, proofs, ...changes };
}

export function noticeOf(subject: string, on: IsoDate, more: Partial<ProofSnapshot> = {}): ProofSnapshot {
  return { kind: 'notice-sent', on, subject, method: 'mail', ...more };
}

export function returnOf(on: IsoDate, subject: string | null = null): ProofSnapshot {
  return { kind: 'notice-returned', on, subject };
}

export function paperOf(subject: string, on: IsoDate): ProofSnapshot {
  return { kind: 'document', on, subject };
}

export function hearingOf(on: IsoDate, outcome: NonNullable<ProofSnapshot['outcome']>, subject: string): ProofSnapshot {
  return { kind: 'hearing-outcome', on, subject, outcome };
}
