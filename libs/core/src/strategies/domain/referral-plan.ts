import type { Act, IsoDate } from '@concord/plugin-sdk';
import type { AgencyLoads } from './agency-loads.js';
import { consider } from './consider.js';
import type { KnownReferral, Looking } from './consider.js';
import type { LeftOut } from './left-out.js';
import type { Strategy, StrategyView } from './strategy.js';

/** A debt whose review is due. */
export interface DueDebt extends StrategyView {
  readonly id: string;
}

/** A referral of one of the debts, in force or over. */
export interface EarlierReferral extends KnownReferral {
  readonly debtId: string;
}

/** A referral that a strategy wants made. */
export interface PlannedReferral {
  readonly debtId: string;
  readonly act: Act;
  readonly connectorId: string;
  readonly strategyId: string;
}

/** What one strategy does with one debt of its types. */
export interface PlannedOutcome<D extends DueDebt = DueDebt> {
  readonly debt: D;
  readonly strategy: Strategy;
  /** To whom the debt is referred; empty where it is left out. */
  readonly connectorIds: readonly string[];
  readonly leftOut: LeftOut | null;
}

export interface ReferralPlan<D extends DueDebt = DueDebt> {
  readonly referrals: readonly PlannedReferral[];
  /** When each debt is looked at next; null when not by date. */
  readonly reviews: readonly { readonly debtId: string; readonly nextOn: IsoDate | null }[];
  /** One for each strategy and debt of its types. */
  readonly outcomes: readonly PlannedOutcome<D>[];
}

/**
 * What the strategies refer of a batch of debts, in the order of the debts and of the strategies. An exclusive act is
 * planned for one connector at most, and for none while a referral for it is in force.
 *
 * @param earlier all referrals of these debts
 * @param loads what the agencies hold now; grows by what is planned
 */
export function planReferrals<D extends DueDebt>(
  strategies: readonly Strategy[],
  debts: readonly D[],
  earlier: readonly EarlierReferral[],
  loads: AgencyLoads,
  looking: Looking,
): ReferralPlan<D> {
  const knownOf = new Map<string, EarlierReferral[]>();
  for (const referral of earlier) {
    const known = knownOf.get(referral.debtId);
    if (known) known.push(referral);
    else knownOf.set(referral.debtId, [referral]);
  }
  const referrals: PlannedReferral[] = [];
  const outcomes: PlannedOutcome<D>[] = [];
  const reviews = debts.map((debt) => {
    const known = knownOf.get(debt.id) ?? [];
    const planned: PlannedReferral[] = [];
    let nextOn: IsoDate | null = null;
    for (const strategy of strategies) {
      if (!strategy.debtTypes.includes(debt.type)) continue;
      const considered = consider(strategy, debt, { known, planned }, loads, looking);
      for (const connectorId of considered.connectorIds) {
        planned.push({ debtId: debt.id, act: strategy.act, connectorId, strategyId: strategy.id });
        loads.add(strategy.id, connectorId);
      }
      outcomes.push({ debt, strategy, connectorIds: considered.connectorIds, leftOut: considered.leftOut });
      if (considered.nextOn !== null && (nextOn === null || considered.nextOn < nextOn)) nextOn = considered.nextOn;
    }
    referrals.push(...planned);
    return { debtId: debt.id, nextOn };
  });
  return { referrals, reviews, outcomes };
}
