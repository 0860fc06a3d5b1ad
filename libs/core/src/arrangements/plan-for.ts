import type { IsoDate } from '@concord/plugin-sdk';
import { Refusal } from '../platform/errors.js';
import type { Plan, PlanTerms } from './domain/plan-terms.js';
import { calculatePlan } from './domain/plan.js';
import type { PlanLimits } from './domain/plan.js';

/**
 * The plan that can be agreed for what is owed. Terms without an amount are about all of it.
 *
 * @param owedMinor what the debts owe now
 * @throws Refusal `nothing-owed`, `amount-above-balance`, `first-due-past`, or a fault of the plan
 */
export function planFor(terms: PlanTerms, owedMinor: number, today: IsoDate, limits: PlanLimits): Plan {
  if (owedMinor <= 0) throw new Refusal('nothing-owed', 'nothing is owed that could be arranged');
  if (terms.amountMinor !== null && terms.amountMinor > owedMinor) {
    throw new Refusal('amount-above-balance', `only ${owedMinor} minor units are owed`);
  }
  if (terms.firstDueOn < today) {
    throw new Refusal('first-due-past', `${terms.firstDueOn} is before ${today}, the office's today`);
  }
  const result = calculatePlan({ ...terms, amountMinor: terms.amountMinor ?? owedMinor }, limits);
  if (!result.ok) throw new Refusal(result.code, result.message);
  return result.plan;
}
