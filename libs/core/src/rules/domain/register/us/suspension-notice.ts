import type { DebtSnapshot } from '@concord/plugin-sdk';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import { earliestOf } from './anniversary.js';
import type { NoticeDuty } from './waiting-notice.js';

/** The letter that announces a suspension, with so many days to comply: one that went before the default announced none. */
export function suspensionNotice({ debt }: DebtSnapshot, waitDays: number): NoticeDuty {
  const defaultOn = earliestOf(debt.dueOn) ?? debt.delinquentOn;
  return {
    ...{ subject: US_PROOF_SUBJECTS.suspensionNotice, waitDays },
    counts: ({ on }) => defaultOn !== null && defaultOn <= on,
  };
}
