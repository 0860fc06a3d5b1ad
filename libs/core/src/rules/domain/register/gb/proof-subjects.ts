/**
 * What proofs can be about in England and Wales. Each word is the `subject` of a proof; a letter of the office is a proof of
 * the kind `notice-sent`, and where a rule says so only that kind counts. A conversation counts for talks, for what the
 * debtor answered or asked for, for another address, and for a Direct Debit that was cancelled, changed or claimed back.
 */
export const GB_SUBJECTS = {
  /** The letter of claim of the pre-action protocol for debt claims, and what goes with it. */
  letterOfClaim: 'letter-of-claim',
  informationSheet: 'information-sheet',
  replyForm: 'reply-form',
  financialStatementForm: 'financial-statement-form',
  /** What the debtor answered to it, and what the office did about that. */
  replyReceived: 'reply-form-received',
  documentsRequested: 'documents-requested',
  documentsProvided: 'documents-provided',
  settlementTalks: 'settlement-talks',
  noticeBeforeIssue: 'notice-before-issue',
  /** The entry of a company in the public register: it is neither a person nor a sole trader. */
  companyRecord: 'company-record',
  noticeOfEnforcement: 'notice-of-enforcement',
  /** The debtor moved. That another address is on record with the party says the same by itself. */
  addressChanged: 'address-changed',
  controlTaken: 'control-taken',
  liabilityOrder: 'liability-order',
  /** A remedy under a liability order began; `remedyEnded` ends what had begun before its day. */
  remedyEnforcementAgent: 'remedy-enforcement-agent',
  remedyAttachmentOfEarnings: 'remedy-attachment-of-earnings',
  remedyChargingOrder: 'remedy-charging-order',
  remedyBenefitDeductions: 'remedy-benefit-deductions',
  remedyEnded: 'remedy-ended',
  otherRecoveryExhausted: 'other-recovery-exhausted',
  directDebitInstruction: 'direct-debit-instruction',
  directDebitCancelled: 'direct-debit-cancelled',
  directDebitRefunded: 'direct-debit-refunded',
  /** Amount, date or frequency of the collections was set anew. */
  directDebitChanged: 'direct-debit-changed',
  advanceNotice: 'advance-notice',
  deferredPaymentOffered: 'deferred-payment-offered',
  deferredPaymentRefused: 'deferred-payment-refused',
  deferredPaymentNotAvailable: 'deferred-payment-not-available',
  breathingSpaceEnded: 'breathing-space-ended',
} as const;
