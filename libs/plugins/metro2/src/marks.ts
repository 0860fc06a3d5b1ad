import type { DebtSnapshot, Decision, StopSnapshot } from '@concord/plugin-sdk';
import { REMOVE_CONDITION, UNDER_DISPUTE } from './codes/compliance-condition.js';
import { bankruptcyIndicator, REMOVE_BANKRUPTCY } from './codes/consumer-information.js';
import { ACTIVE_DUTY, SETTLED } from './codes/special-comment.js';
import type { Metro2Settings } from './settings.js';

/**
 * The codes by which a bureau is told what restrains a tradeline and how it ended. Null where the dialect has none that is
 * known: then the tradeline, or that consumer, may not stand.
 */
export interface MarkCodes {
  readonly dispute: string | null;
  readonly disputeOver: string | null;
  readonly activeDuty: string | null;
  /** Tells of a settlement for less; without it the account is simply told as paid. */
  readonly settled: string | null;
  readonly bankruptcy: (details: StopSnapshot['details']) => string | null;
  readonly bankruptcyOver: string | null;
}

const UNITED_STATES: MarkCodes = {
  dispute: UNDER_DISPUTE,
  disputeOver: REMOVE_CONDITION,
  activeDuty: ACTIVE_DUTY,
  settled: SETTLED,
  bankruptcy: bankruptcyIndicator,
  bankruptcyOver: REMOVE_BANKRUPTCY,
};

/**
 * The codes under these settings. Those of the United States name its statutes and the chapters of its bankruptcy code,
 * and mean nothing in Canada: there only what the bureau has told the office is used.
 */
export function markCodesOf({ country, canada }: Metro2Settings): MarkCodes {
  if (country === 'US') return UNITED_STATES;
  return {
    dispute: canada?.dispute?.code ?? null,
    disputeOver: canada?.dispute?.removal ?? null,
    activeDuty: null,
    settled: canada?.settledComment ?? null,
    bankruptcy: () => null,
    bankruptcyOver: null,
  };
}

/** The marks by which a tradeline stays while something restrains it. */
export interface Marks {
  readonly complianceCondition: string | null;
  readonly consumerInformation: string | null;
  readonly specialComment: string | null;
}

export const NO_MARKS: Marks = { complianceCondition: null, consumerInformation: null, specialComment: null };

const STOP_RULE = 'STOP:';

/** The marks for everything that restrains the debt, or null when the format has none for one of them. */
export function marksOf(debt: DebtSnapshot, decision: Decision, codes: MarkCodes): Marks | null {
  let marks = NO_MARKS;
  const marked = new Set<string>();
  for (const stop of stopsOfDebtor(debt)) {
    const mark = markOf(stop, codes);
    if (mark === undefined) continue;
    // A bankruptcy that can't be named may not hide behind another mark.
    if (mark === null) return null;
    marks = { ...marks, ...mark };
    marked.add(stop.kind);
  }
  const restraining = decision.reasons.filter(
    (reason) => reason.outcome === 'restrain' && reason.rule.startsWith(STOP_RULE),
  );
  const unmarked = restraining.some((reason) => !marked.has(reason.rule.slice(STOP_RULE.length)));
  return unmarked || marked.size === 0 ? null : marks;
}

/** The mark of one stop: undefined for kinds that the format never marks, null where the code is missing. */
function markOf(stop: StopSnapshot, codes: MarkCodes): Partial<Marks> | null | undefined {
  switch (stop.kind) {
    case 'dispute':
      return codes.dispute === null ? null : { complianceCondition: codes.dispute };
    case 'active-duty':
      return codes.activeDuty === null ? null : { specialComment: codes.activeDuty };
    case 'insolvency': {
      const indicator = codes.bankruptcy(stop.details);
      return indicator === null ? null : { consumerInformation: indicator };
    }
    default:
      return undefined;
  }
}

/** What is about the debt or its debtor. A co-debtor's own stop marks that person's segment. */
function stopsOfDebtor(debt: DebtSnapshot): DebtSnapshot['stops'] {
  const others = new Set(debt.parties.filter(({ role }) => role !== 'debtor').map(({ id }) => id));
  return debt.stops.filter(({ partyId }) => !partyId || !others.has(partyId));
}
