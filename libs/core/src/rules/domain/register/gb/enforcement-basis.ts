import type { Act, DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Clocks } from '../../clocks.js';
import type { Objection } from '../../rule.js';
import { ordersStanding, provedOn } from '../proofs-about.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/**
 * What must be on record before a remedy is used at all: for a tax a liability order, for anything else a judgment. Overpaid
 * benefit is deducted from earnings without an order, once the invoice was unpaid for so many days. Deductions from benefits
 * come last, when nothing else is left.
 *
 * @param unpaidDays how long an invoice for overpaid benefit must have been unpaid, in calendar days
 */
export function basisLacking(
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  unpaidDays: number,
  clocks: Clocks,
): readonly Objection[] {
  const { family } = debt.debt;
  const isTax = family === 'tax';
  const lacking = isTax || act !== 'intercept' ? withoutOrder(debt, date, isTax) : [];
  if (act === 'garnish' && family === 'overpayment' && lacking.length > 0)
    return unpaid(debt, date, unpaidDays, clocks);
  return [...lacking, ...(act === 'intercept' ? notExhausted(debt, date) : [])];
}

/** Of a debt whose kind nobody has said either will do. */
function withoutOrder(debt: DebtSnapshot, date: IsoDate, isTax: boolean): readonly Objection[] {
  const { family, judgmentOn } = debt.debt;
  const isKnown = family !== null && family !== undefined;
  const isJudged = !isTax && judgmentOn !== null && judgmentOn !== undefined && judgmentOn <= date;
  const isOrdered = (isTax || !isKnown) && ordersStanding(debt, GB_SUBJECTS.liabilityOrder, date).length > 0;
  if (isJudged || isOrdered) return [];
  return [
    {
      outcome: 'block',
      reason: 'No court has made an order about this debt yet. Until then it may not be enforced.',
      earliestOn: null,
      missing: isTax ? 'a liability order' : 'a judgment',
    },
  ];
}

function unpaid(debt: DebtSnapshot, date: IsoDate, unpaidDays: number, clocks: Clocks): readonly Objection[] {
  const { dueOn } = debt.debt;
  if (dueOn === null || dueOn === undefined) {
    return [
      {
        outcome: 'block',
        reason:
          'It is not on record when this debt had to be paid. As long as that is so, nothing is deducted from your earnings.',
        earliestOn: null,
        missing: 'the date on which the debt fell due',
      },
    ];
  }
  const earliestOn = addDays(clocks.nth('calendar', dueOn, unpaidDays), 1);
  if (earliestOn <= date) return [];
  const reason = `You have time to pay this debt. Nothing is deducted from your earnings before ${earliestOn}.`;
  return [{ outcome: 'block', reason, earliestOn }];
}

function notExhausted(debt: DebtSnapshot, date: IsoDate): readonly Objection[] {
  if (provedOn(debt, GB_SUBJECTS.otherRecoveryExhausted, date).length > 0) return [];
  return [
    {
      outcome: 'block',
      reason: 'Deductions from your benefits are asked for only when there is no other way left.',
      earliestOn: null,
      missing: 'that other ways to recover the debt are exhausted',
    },
  ];
}
