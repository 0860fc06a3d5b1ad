/** What proofs can be about in Canada. Each word is the `subject` of a proof. */
export const CA_SUBJECTS = {
  /** A payment arrangement about the fine was breached. */
  arrangementBreached: 'arrangement-breached',
  /** Whoever may approve a request to the Motor Registration Division has approved it. */
  suspensionApproved: 'suspension-approved',
  /** The fine is registered at the Supreme Court. */
  fineRegistered: 'fine-registered',
} as const;
