import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';

/** The bureaus take no collection account for a ticket, fine or penalty, and have those they hold deleted. */
export const usNcap01: Rule = {
  id: 'US-NCAP-01',
  title: 'Only debts from a contract or agreement to pay',
  jurisdictions: { countries: ['US'] },
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'NCAP (bureau policy, not statute)',
  confirmed: 'yes',
  note: 'Where nobody has said how a debt arose, nothing new is reported; deleting needs to know that it is wrong.',
  parameters: {},
  judge(debt) {
    if (debt.debt.aroseFromContract === true) return PASS;
    if (debt.debt.aroseFromContract === null) {
      return [
        {
          outcome: 'block',
          reason: 'It is not established that this debt comes from a contract or an agreement to pay.',
          earliestOn: null,
          missing: 'how this debt arose',
        },
      ];
    }
    return [
      {
        outcome: 'withdraw',
        reason: 'This debt does not come from a contract or an agreement to pay, so it may not be on a credit report.',
        earliestOn: null,
      },
    ];
  },
};
