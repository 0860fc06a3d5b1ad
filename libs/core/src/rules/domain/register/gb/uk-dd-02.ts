import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { lastHeardOn, lastProvedOn, proofDays } from '../proofs-about.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/**
 * Nothing is collected without the payer's instruction (`direct-debit-instruction`). After the payer has cancelled it
 * (`direct-debit-cancelled`) or claimed a payment back (`direct-debit-refunded`), collections end (`close`) until there is a
 * new instruction. The debt is owed again as before; nobody is penalised for claiming.
 */
export const ukDd02: Rule = {
  id: 'UK-DD-02',
  title: 'No Direct Debit after a cancellation or a refund',
  jurisdictions: { countries: ['GB'] },
  acts: ['direct-debit'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'DD Guarantee; ADDACS',
  confirmed: 'yes',
  note: 'A new instruction counts from the day after: which of two things of one day came first is not on record. That a refund stops collections until there is a new instruction is the more careful reading.',
  parameters: {},
  judge(debt, _act, date) {
    const instructedOn = lastProvedOn(debt, [GB_SUBJECTS.directDebitInstruction], date);
    const stoppedOn = lastHeardOn(debt, [GB_SUBJECTS.directDebitCancelled, GB_SUBJECTS.directDebitRefunded], date);
    if (stoppedOn !== null && (instructedOn === null || instructedOn <= stoppedOn)) {
      return [
        {
          outcome: 'close',
          reason: `You cancelled the Direct Debit or claimed a payment back on ${stoppedOn}. Nothing more is collected from your account.`,
          earliestOn: null,
          missing: 'a new Direct Debit instruction',
        },
      ];
    }
    if (instructedOn !== null) return PASS;
    return [
      {
        outcome: 'block',
        reason:
          'The office has no Direct Debit instruction from you. Without one nothing is collected from your account.',
        earliestOn: null,
        missing: 'a Direct Debit instruction',
      },
    ];
  },
  turningDates: proofDays,
};
