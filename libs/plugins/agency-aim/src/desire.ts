import type { DebtSnapshot, DesireContext, DesiredPosition } from '@concord/plugin-sdk';
import { contentOf, type Placement } from './content.js';
import { debtorsOf } from './debtors.js';
import { addDays } from './iso-days.js';
import { nineDigits } from './numbers.js';
import { recallOf } from './recall.js';
import type { AimSettings } from './settings.js';
import { factsOf } from './told-facts.js';

/**
 * What an agency should hold for one debt. Pure. Persons and businesses are placed alike; a debt without a debtor has
 * nobody to collect from.
 */
export function desire(debt: DebtSnapshot, context: DesireContext<AimSettings>): readonly DesiredPosition[] {
  const { settings } = context;
  const debtors = debtorsOf(debt, settings);
  if (debtors === null) return [];
  const { ledger } = debt;
  const recall = recallOf(debt, context);
  const facts = factsOf(debt, settings);
  const placement: Placement = {
    account: debt.debt.sourceReference,
    charges: {
      assessedMinor: ledger.assessedMinor,
      interestMinor: ledger.interestMinor,
      feesMinor: ledger.feesMinor,
    },
    lastPaidOn: ledger.lastPayment?.on ?? null,
    debtors,
    itemisation: settings.itemisation ? debt.itemisation : null,
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
    recall: recall === null ? null : { reason: recall.reason, objectBy: recall.objectBy },
  };
  const position = { key: '', reference: nineDigits(debt.debt.number), content: contentOf(placement) };
  if (recall === null) return [{ ...position, state: 'active', amountMinor: ledger.balanceMinor }];
  if (recall.objectBy === null) return [{ ...position, state: 'closed', amountMinor: 0 }];
  const reviewOn = addDays(recall.objectBy, 1);
  return [{ ...position, state: 'restrained', amountMinor: ledger.balanceMinor, reviewOn }];
}
