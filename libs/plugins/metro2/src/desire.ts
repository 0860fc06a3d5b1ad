import type { DebtSnapshot, Decision, DesireContext, DesiredPosition } from '@concord/plugin-sdk';
import { creditorClassification } from './codes/creditor-classification.js';
import { consumersOf } from './consumers.js';
import { contentOf, type Ending, type Tradeline } from './content.js';
import { markCodesOf, marksOf, NO_MARKS } from './marks.js';
import type { Metro2Settings } from './settings.js';

/**
 * What a bureau should hold for one debt. Pure. A business debtor has no tradeline: the format reports consumers. Neither
 * has a debt of another country than the one whose dialect is set: its numbers and codes would say something else there.
 */
export function desire(debt: DebtSnapshot, context: DesireContext<Metro2Settings>): readonly DesiredPosition[] {
  const { settings, decision } = context;
  if (debt.jurisdiction.country !== settings.country) return [];
  const codes = markCodesOf(settings);
  const consumers = consumersOf(debt, settings.country, codes);
  if (consumers === null) return [];
  const ending = endingOf(debt, decision);
  const marks = ending === null && isRestrained(decision) ? marksOf(debt, decision, codes) : NO_MARKS;
  // What can't be marked may not stay unmarked.
  const finalEnding = marks === null ? 'deleted' : ending;
  const { complianceCondition, consumerInformation, specialComment } = marks ?? NO_MARKS;
  const open = finalEnding === null;
  const accountNumber = settings.accountNumberPrefix + debt.debt.number;
  const tradeline: Tradeline = {
    ending: finalEnding,
    accountNumber,
    ...dateOpened(debt, settings),
    assessedMinor: debt.ledger.assessedMinor,
    dateFirstDelinquency: debt.debt.delinquentOn,
    lastPayment: debt.ledger.lastPayment,
    originalCreditor: originalCreditor(debt, settings),
    specialComment: finalEnding === 'settled' ? codes.settled : specialComment,
    complianceCondition,
    consumerInformation,
    ...consumers,
  };
  const marked = complianceCondition !== null || consumerInformation !== null || specialComment !== null;
  const standing = marked ? 'restrained' : 'active';
  return [
    {
      key: '',
      state: open ? standing : 'closed',
      reference: accountNumber,
      // A credit balance is reported as zero, and so is what is deleted.
      amountMinor: open ? Math.max(0, debt.ledger.balanceMinor) : 0,
      content: contentOf(tradeline),
    },
  ];
}

/** How the tradeline ends, or null while it stands. Paid is reported as paid, never deleted because it is paid. */
function endingOf(debt: DebtSnapshot, decision: Decision): Ending | null {
  const { ledger } = debt;
  if (decision.outcome === 'withdraw') return 'deleted';
  if (ledger.balanceMinor <= 0) {
    if (ledger.settled) return 'settled';
    // Cancelled or written off: nothing is owed, and nobody may say that it was paid in full.
    return ledger.paidMinor > 0 && ledger.writtenOffMinor <= 0 ? 'paid' : 'deleted';
  }
  if (decision.outcome === 'close') return ledger.settled ? 'settled' : 'deleted';
  return debt.referral === null ? 'deleted' : null;
}

/** A blocked tradeline that something else restrains carries the mark too: it may only shrink, and it stays true. */
function isRestrained(decision: Decision): boolean {
  return decision.outcome === 'restrain' || decision.reasons.some((reason) => reason.outcome === 'restrain');
}

/** Opened when the debt was assigned to the office, or bought by it. */
function dateOpened(debt: DebtSnapshot, settings: Metro2Settings): Pick<Tradeline, 'dateOpened' | 'purchasedFrom'> {
  const bought = settings.boughtDebts?.[debt.debt.type];
  if (bought === undefined) return { dateOpened: debt.referral?.madeOn ?? null };
  return { dateOpened: bought.on, purchasedFrom: bought.from };
}

function originalCreditor(debt: DebtSnapshot, settings: Metro2Settings): Tradeline['originalCreditor'] {
  const own = debt.debt.originalCreditor;
  if (own === null) return settings.originalCreditor ?? null;
  return { name: own.name, classification: creditorClassification(own.classification) ?? own.classification };
}
