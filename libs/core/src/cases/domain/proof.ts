import { PROOF_KINDS } from '@concord/plugin-sdk';

/** Every kind of proof that the case core keeps. Rules and plugins see those of the plugin contract. */
export const CASE_PROOF_KINDS = PROOF_KINDS;
export type CaseProofKind = (typeof CASE_PROOF_KINDS)[number];

/** Kinds that say all by their day: what debts come with when they are taken in. */
export const PLAIN_PROOF_KINDS = ['notice-sent', 'notice-returned', 'conversation-held'] as const;

/** Kinds that are about a letter or message of the office. */
export const NOTICE_PROOF_KINDS: readonly CaseProofKind[] = ['notice-sent', 'notice-returned'];

/** How a notice reached, or was to reach, its addressee. */
export const DELIVERY_METHODS = ['mail', 'certified-mail', 'courier', 'by-hand', 'email'] as const;
export type DeliveryMethod = (typeof DELIVERY_METHODS)[number];

/** How a hearing left the debt: as it was, changed, of no effect, or to be heard again. */
export const HEARING_OUTCOMES = ['upheld', 'varied', 'set-aside', 'adjourned'] as const;
export type HearingOutcome = (typeof HEARING_OUTCOMES)[number];

/** What a proof says beside its kind and its day; null where it says nothing. */
export interface ProofDetails {
  /** Kind of the notice that was sent or came back. */
  readonly noticeKind: string | null;
  /**
   * What a certificate, a hearing, a document or a conversation is about, in the words that rules look for:
   * `active-duty-certificate`, `settlement-talks`.
   */
  readonly subject: string | null;
  readonly method: DeliveryMethod | null;
  readonly trackingNumber: string | null;
  readonly outcome: HearingOutcome | null;
  /** The document that shows it. */
  readonly documentId: string | null;
}

export const NO_DETAILS: ProofDetails = {
  noticeKind: null,
  subject: null,
  method: null,
  trackingNumber: null,
  outcome: null,
  documentId: null,
};

/** What is wrong with a proof's details for its kind, in words; null where they fit. */
export function proofDetailFault(kind: CaseProofKind, details: ProofDetails): string | null {
  const ofNotice = details.noticeKind !== null || details.method !== null || details.trackingNumber !== null;
  if (ofNotice && !NOTICE_PROOF_KINDS.includes(kind)) {
    return 'only a notice has a kind, a method and a tracking number';
  }
  if (details.subject !== null && NOTICE_PROOF_KINDS.includes(kind)) {
    return 'a notice has a kind in the place of a subject';
  }
  if ((kind === 'hearing-outcome') !== (details.outcome !== null)) {
    return kind === 'hearing-outcome' ? 'the outcome of the hearing is missing' : 'only a hearing has an outcome';
  }
  if (kind === 'document' && details.documentId === null) return 'the document is missing';
  return null;
}
