import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import { earliestOf } from './anniversary.js';
import type { NoticeDuty } from './waiting-notice.js';

/** The letter that announces a suspension, with so many days to comply: one that went before the default announced none. */
export function suspensionNotice(debt: DebtSnapshot, waitDays: number): NoticeDuty {
  const defaultOn = defaultDay(debt);
  return {
    ...{ subject: US_PROOF_SUBJECTS.suspensionNotice, waitDays },
    counts: ({ on }) => defaultOn !== null && defaultOn <= on,
  };
}

/** What is missing where no such letter counts: without the day of the default none can be known to have gone after it. */
export function missingSuspensionNotice(debt: DebtSnapshot): string {
  return defaultDay(debt) === null
    ? 'the date on which the debt was due'
    : 'a notice of suspension, sent after the default';
}

function defaultDay({ debt }: DebtSnapshot): IsoDate | null {
  return earliestOf(debt.dueOn) ?? debt.delinquentOn;
}
