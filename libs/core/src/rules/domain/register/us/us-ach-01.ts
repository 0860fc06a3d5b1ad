import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { block } from './objections.js';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import { paperDates, papersOn } from './stored-proof.js';

/**
 * Nothing is collected from an account without its holder's authorisation on record (a proof `debit-authorisation`). Once
 * the holder has revoked it, or the bank returned a debit as not authorised (a proof `debit-authorisation-revoked`; the
 * return codes R07, R10 and R29), collecting stops within one business day, until there is an authorisation of a later day.
 */
export const usAch01: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-ACH-01',
  title: 'Bank debits only while they are authorised',
  jurisdictions: { countries: ['US'] },
  acts: ['direct-debit'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'Nacha Operating Rules, return codes R07, R10, R29',
  confirmed: 'no',
  note: "Not a row of the register: from what is known of the network's returns, whose rule book has not been seen. That a debit needs an authorisation on record, and one day to stop, are chosen here. A debit returned unpaid for other reasons is not judged.",
  parameters: { releaseBusinessDays: 1 },
  judge(debt, _act, date, { releaseBusinessDays }) {
    const given = papersOn(debt, US_PROOF_SUBJECTS.debitAuthorisation, date).at(-1);
    const revoked = papersOn(debt, US_PROOF_SUBJECTS.debitAuthorisationRevoked, date).at(-1);
    const missing = 'an authorisation of bank debits';
    if (revoked !== undefined && (given === undefined || given.on <= revoked.on)) {
      const reason = 'You have revoked your authorisation to collect from your account.';
      const release = { withinBusinessDays: releaseBusinessDays };
      return [{ outcome: 'close', reason, earliestOn: null, missing, release }];
    }
    if (given !== undefined) return PASS;
    return [block('You have not authorised the office to collect from your account.', { missing })];
  },
  turningDates: (debt) =>
    [US_PROOF_SUBJECTS.debitAuthorisation, US_PROOF_SUBJECTS.debitAuthorisationRevoked].flatMap((subject) =>
      paperDates(debt, subject),
    ),
};
