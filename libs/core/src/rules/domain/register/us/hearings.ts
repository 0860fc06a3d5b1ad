import type { DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';

const DECIDED: ReadonlySet<ProofSnapshot['outcome']> = new Set(['upheld', 'varied', 'set-aside'] as const);

/** Hearings about a debt that are decided, in the order of their days. One that was adjourned decided nothing. */
export function decidedHearings(debt: Pick<DebtSnapshot, 'proofs'>, date: IsoDate): readonly ProofSnapshot[] {
  return debt.proofs
    .filter(({ kind, on, outcome }) => kind === 'hearing-outcome' && on <= date && DECIDED.has(outcome))
    .sort((a, b) => a.on.localeCompare(b.on));
}

/**
 * Whether a hearing found the debt of no effect, and none decided otherwise on a later day. What the hearing was about is
 * not asked: a debt that was set aside is not owed.
 */
export function isSetAside(debt: DebtSnapshot, date: IsoDate): boolean {
  const hearings = decidedHearings(debt, date);
  const last = hearings.at(-1)?.on;
  return hearings.some(({ on, outcome }) => on === last && outcome === 'set-aside');
}

/** The days from which the outcomes of hearings count. */
export function hearingDates(debt: DebtSnapshot): readonly IsoDate[] {
  return debt.proofs.filter(({ kind }) => kind === 'hearing-outcome').map(({ on }) => on);
}
