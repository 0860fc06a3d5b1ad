import type { DebtSnapshot, Decision, DesireContext, DesiredPosition, StopKind } from '@concord/plugin-sdk';
import { bankruptcyIndicator } from './codes/consumer-information.js';
import { UNDER_DISPUTE } from './codes/compliance-condition.js';
import { creditorClassification } from './codes/creditor-classification.js';
import { ACTIVE_DUTY, SETTLED } from './codes/special-comment.js';
import { consumersOf } from './consumers.js';
import { contentOf, type Ending, type Tradeline } from './content.js';
import type { Metro2Settings } from './settings.js';

/** The marks by which a tradeline stays while something restrains it. */
interface Marks {
  readonly complianceCondition: string | null;
  readonly consumerInformation: string | null;
  readonly specialComment: string | null;
}

const NO_MARKS: Marks = { complianceCondition: null, consumerInformation: null, specialComment: null };

/**
 * What a bureau should hold for one debt. Pure. A business debtor has no tradeline: the format reports consumers.
 */
export function desire(debt: DebtSnapshot, context: DesireContext<Metro2Settings>): readonly DesiredPosition[] {
  const consumers = consumersOf(debt);
  if (consumers === null) return [];
  const { settings, decision } = context;
  const ending = endingOf(debt, decision);
  const marks = ending === null && isRestrained(decision) ? marksOf(debt, decision) : NO_MARKS;
  // What can't be marked may not stay unmarked.
  const finalEnding = marks === null ? 'deleted' : ending;
  const { complianceCondition, consumerInformation, specialComment } = marks ?? NO_MARKS;
  const open = finalEnding === null;
  const accountNumber = settings.accountNumberPrefix + debt.debt.number;
  const tradeline: Tradeline = {
    ending: finalEnding,
    accountNumber,
    dateOpened: debt.referral?.madeOn ?? null,
    assessedMinor: debt.ledger.assessedMinor,
    dateFirstDelinquency: debt.debt.delinquentOn,
    lastPayment: debt.ledger.lastPayment,
    originalCreditor: originalCreditor(debt, settings),
    specialComment: finalEnding === 'settled' ? SETTLED : specialComment,
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
    // Cancelled altogether: nothing was paid and nothing is owed.
    return ledger.paidMinor > 0 ? 'paid' : 'deleted';
  }
  if (decision.outcome === 'close') return ledger.settled ? 'settled' : 'deleted';
  return debt.referral === null ? 'deleted' : null;
}

/** A blocked tradeline that something else restrains carries the mark too: it may only shrink, and it stays true. */
function isRestrained(decision: Decision): boolean {
  return decision.outcome === 'restrain' || decision.reasons.some((reason) => reason.outcome === 'restrain');
}

const STOP_RULE = 'STOP:';

/** The marks for everything that restrains the debt, or null when the format has none for one of them. */
function marksOf(debt: DebtSnapshot, decision: Decision): Marks | null {
  let marks = NO_MARKS;
  const marked = new Set<StopKind>();
  for (const stop of stopsOfDebtor(debt)) {
    if (stop.kind === 'dispute') marks = { ...marks, complianceCondition: UNDER_DISPUTE };
    else if (stop.kind === 'active-duty') marks = { ...marks, specialComment: ACTIVE_DUTY };
    else if (stop.kind === 'insolvency') {
      const indicator = bankruptcyIndicator(stop.details);
      // A bankruptcy that can't be named may not hide behind another mark.
      if (indicator === null) return null;
      marks = { ...marks, consumerInformation: indicator };
    } else continue;
    marked.add(stop.kind);
  }
  const restraining = decision.reasons.filter(
    (reason) => reason.outcome === 'restrain' && reason.rule.startsWith(STOP_RULE),
  );
  const unmarked = restraining.some((reason) => !marked.has(reason.rule.slice(STOP_RULE.length) as StopKind));
  return unmarked || marked.size === 0 ? null : marks;
}

/** What is about the debt or its debtor. A co-debtor's own stop marks that person's segment. */
function stopsOfDebtor(debt: DebtSnapshot): DebtSnapshot['stops'] {
  const others = new Set(debt.parties.filter(({ role }) => role !== 'debtor').map(({ id }) => id));
  return debt.stops.filter(({ partyId }) => !partyId || !others.has(partyId));
}

function originalCreditor(debt: DebtSnapshot, settings: Metro2Settings): Tradeline['originalCreditor'] {
  const own = debt.debt.originalCreditor;
  if (own === null) return settings.originalCreditor ?? null;
  return { name: own.name, classification: creditorClassification(own.classification) ?? own.classification };
}
