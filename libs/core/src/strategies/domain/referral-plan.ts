import type { Act, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import type { AgencyLoads } from './agency-loads.js';
import { chooseAgency } from './agency-share.js';
import { nextReview } from './strategy.js';
import type { Strategy, StrategyView } from './strategy.js';

/** A debt whose review is due. */
export interface DueDebt extends StrategyView {
  readonly id: string;
}

/** A referral that there is or once was: in force, withdrawn or expired, whoever made it. */
export interface EarlierReferral {
  readonly debtId: string;
  readonly act: Act;
  readonly connectorId: string;
}

/** A referral that a strategy wants made. */
export interface PlannedReferral extends EarlierReferral {
  readonly strategyId: string;
}

export interface ReferralPlan {
  readonly referrals: readonly PlannedReferral[];
  /** When each debt is looked at next; null when not by date. */
  readonly reviews: readonly { readonly debtId: string; readonly nextOn: IsoDate | null }[];
}

/**
 * What the strategies refer of a batch of debts, in the order of the debts and of the strategies.
 *
 * What a person withdrew, a strategy does not refer again: not to the same connector, and where it refers to one of
 * several, to none of them. A debt that no agency has room for is looked at again the next day.
 *
 * @param earlier all referrals of these debts
 * @param loads what the agencies hold now; grows by what is planned
 */
export function planReferrals(
  strategies: readonly Strategy[],
  debts: readonly DueDebt[],
  earlier: readonly EarlierReferral[],
  loads: AgencyLoads,
  today: IsoDate,
): ReferralPlan {
  const referrals: PlannedReferral[] = [];
  const acts = new Set<string>();
  const connectors = new Set<string>();
  earlier.forEach(remember);

  const reviews = debts.map((debt) => {
    const { chosen, nextOn } = nextReview(strategies, debt, today);
    const outcomes = chosen.map((strategy) => refer(debt.id, strategy));
    // No other look could come before tomorrow.
    return { debtId: debt.id, nextOn: outcomes.includes('no-room') ? addDays(today, 1) : nextOn };
  });
  return { referrals, reviews };

  function refer(debtId: string, strategy: Strategy): 'done' | 'no-room' {
    const { act, id: strategyId } = strategy;
    if (strategy.oneOf === undefined) {
      for (const connectorId of strategy.connectors) {
        if (!connectors.has(`${debtId} ${act} ${connectorId}`)) plan({ debtId, act, connectorId, strategyId });
      }
      return 'done';
    }
    if (acts.has(`${debtId} ${act}`)) return 'done';
    const connectorId = chooseAgency(strategyId, strategy.oneOf, loads);
    if (connectorId === null) return 'no-room';
    plan({ debtId, act, connectorId, strategyId });
    return 'done';
  }

  function plan(referral: PlannedReferral): void {
    referrals.push(referral);
    loads.add(referral.strategyId, referral.connectorId);
    remember(referral);
  }

  function remember({ debtId, act, connectorId }: EarlierReferral): void {
    acts.add(`${debtId} ${act}`);
    connectors.add(`${debtId} ${act} ${connectorId}`);
  }
}
