import type { DebtSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { proofDays, provedOn } from '../proofs-about.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/**
 * A debt for adult social care goes to court only after a deferred payment agreement was offered
 * (`deferred-payment-offered`) and refused (`deferred-payment-refused`), or where it is on record that none could be offered
 * (`deferred-payment-not-available`).
 */
export const ukCare01: Rule = {
  id: 'UK-CARE-01',
  title: 'No court claim for care where deferred payment was not offered',
  jurisdictions: { countries: ['GB'] },
  acts: ['file-claim'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'Care Act 2014 s.69',
  confirmed: 'no',
  note: 'A debt whose kind nobody has said is taken for one. That the offer must have been refused is from guides to the section.',
  parameters: {},
  judge(debt, _act, date) {
    if (!mayBeForCare(debt) || provedOn(debt, GB_SUBJECTS.deferredPaymentNotAvailable, date).length > 0) return PASS;
    const offeredOn = provedOn(debt, GB_SUBJECTS.deferredPaymentOffered, date)[0];
    if (offeredOn === undefined) {
      return [
        {
          outcome: 'block',
          reason:
            'The office has not offered you to pay for your care later. Until then it may not take this debt to court.',
          earliestOn: null,
          missing: 'the offer of a deferred payment agreement, or that none could be offered',
        },
      ];
    }
    if (provedOn(debt, GB_SUBJECTS.deferredPaymentRefused, date).some((on) => on >= offeredOn)) return PASS;
    return [
      {
        outcome: 'block',
        reason:
          'The office has offered you to pay for your care later, and you have not refused. Until then it may not take this debt to court.',
        earliestOn: null,
        missing: 'the refusal of the deferred payment agreement',
      },
    ];
  },
  turningDates: proofDays,
};

function mayBeForCare({ debt }: DebtSnapshot): boolean {
  return debt.family === 'care' || debt.family === null || debt.family === undefined;
}
