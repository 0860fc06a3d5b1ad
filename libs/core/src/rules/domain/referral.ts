import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Verdict } from './rule.js';
import { PASS } from './rule.js';

/**
 * A debt goes to a partner only because someone referred it. Without a referral in force nothing is opened, and what
 * stands from an earlier one is taken back.
 */
export function referralObjections(debt: DebtSnapshot, date: IsoDate): Verdict {
  const { referral } = debt;
  if (referral === null) {
    return [
      { outcome: 'withdraw', reason: 'The office has not referred this debt to this partner.', earliestOn: null },
    ];
  }
  if (referral.madeOn > date) {
    return [
      {
        outcome: 'withdraw',
        reason: `The office refers this debt to this partner only from ${referral.madeOn}.`,
        earliestOn: referral.madeOn,
      },
    ];
  }
  if (referral.expiresOn !== null && referral.expiresOn < date) {
    return [
      {
        outcome: 'withdraw',
        reason: `The office's referral of this debt to this partner ended on ${referral.expiresOn}.`,
        earliestOn: null,
      },
    ];
  }
  return PASS;
}
