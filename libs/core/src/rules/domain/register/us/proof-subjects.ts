/**
 * The words by which the rules of the United States know a proof: the kind of a notice, and the subject of a certificate,
 * a hearing or a document. A proof that says nothing of these proves nothing to a rule that asks for one.
 */
export const US_PROOF_SUBJECTS = {
  /** California: the notice before interception, which states what is owed. */
  preInterceptNotice: 'pre-intercept-notice',
  /** Federal refund offset: the notice by certified mail. */
  federalOffsetNotice: 'federal-offset-notice',
  /** North Carolina: the notice that the debt goes to set-off, with the right to a hearing. */
  debtSetoffNotice: 'debt-setoff-notice',
  /** Illinois: the notice before the debt goes to the Local Debt Recovery Program. */
  debtRecoveryNotice: 'debt-recovery-notice',
  /** A hearing on whether a debt may be set off. */
  setoffHearing: 'setoff-hearing',
  /** That who hears set-off cases was validly appointed. */
  hearingOfficerAppointment: 'hearing-officer-appointment',
  /** That it is finally determined that the debt is owed: nobody can ask for a hearing or a review any more. */
  finalDetermination: 'final-determination',
  /** A court's order to pay. */
  courtOrder: 'court-order',
  /** The recorded certificate of a lien for unpaid tax. */
  taxLienCertificate: 'tax-lien-certificate',
  /** The letter that announces a suspension: for what, how much, since when, and how to ask for a hearing. */
  suspensionNotice: 'suspension-notice',
  /** That the office looked into whether the debtor can pay. */
  abilityToPayCheck: 'ability-to-pay-check',
  /** Of the Department of Defense: the person is not on active duty. That somebody is on duty is a stop. */
  activeDutyCertificate: 'active-duty-certificate',
  /** That the debtor and the office negotiate about the debt in good faith. */
  goodFaithNegotiation: 'good-faith-negotiation',
  /** That what is on record of the debt holds federal tax information, such as that a federal refund was offset. */
  federalTaxInformation: 'federal-tax-information',
  /** The account holder's authorisation of bank debits, and that it was revoked. */
  debitAuthorisation: 'debit-authorisation',
  debitAuthorisationRevoked: 'debit-authorisation-revoked',
} as const;
