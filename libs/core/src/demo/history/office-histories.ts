import type { PlanCourse } from './arrangement-history.js';

interface CreditHistory {
  readonly types: readonly string[];
  readonly kind: 'adjustment' | 'credit-note' | 'waiver' | 'write-off';
  /** Of what is owed, rounded up. */
  readonly percent: number;
  readonly reason: string;
}

/** What is made to happen in one office. All of it is invented. */
export interface OfficeHistory {
  readonly country: string;
  readonly plans: readonly PlanCourse[];
  readonly planTypes: readonly string[];
  readonly credits: readonly CreditHistory[];
}

export const OFFICE_HISTORIES: Readonly<Record<string, OfficeHistory>> = {
  'us-ca-berkeley': {
    country: 'US',
    plans: ['kept', 'breached'],
    planTypes: ['refuse', 'utility', 'ems'],
    credits: [
      { types: ['business-tax'], kind: 'adjustment', percent: 30, reason: 'assessed anew after a field audit' },
      { types: ['library-fine'], kind: 'waiver', percent: 100, reason: 'books were brought back' },
      { types: ['permit'], kind: 'write-off', percent: 100, reason: 'recommended in the quarterly list' },
    ],
  },
  'us-nm-las-cruces': {
    country: 'US',
    plans: [
      ...(['kept', 'kept', 'breached', 'completed', 'late', 'kept-after-bounce'] as const),
      ...(['kept', 'breached', 'completed', 'late', 'kept', 'breached'] as const),
    ],
    planTypes: ['utility', 'water'],
    credits: [
      { types: ['utility', 'water'], kind: 'credit-note', percent: 40, reason: 'the meter was read wrongly' },
      { types: ['refuse'], kind: 'adjustment', percent: 15, reason: 'billed for a month after the move' },
    ],
  },
  'us-il-chicago': {
    country: 'US',
    plans: ['kept', 'breached', 'completed'],
    planTypes: ['parking-fine', 'water'],
    credits: [
      { types: ['ems'], kind: 'waiver', percent: 50, reason: 'granted in part by the waiver panel' },
      { types: ['ems'], kind: 'waiver', percent: 100, reason: 'granted by the waiver panel' },
      { types: ['ordinance-fine'], kind: 'adjustment', percent: 25, reason: 'lowered at the hearing' },
      { types: ['parking-fine'], kind: 'credit-note', percent: 100, reason: 'not liable: the vehicle was sold' },
    ],
  },
  'ca-nl': {
    country: 'CA',
    plans: ['kept', 'breached', 'late'],
    planTypes: ['student-aid', 'social-overpayment', 'provincial-fine'],
    credits: [
      { types: ['social-overpayment'], kind: 'write-off', percent: 100, reason: 'formally approved: uncollectable' },
      { types: ['student-aid'], kind: 'waiver', percent: 10, reason: 'interest relief' },
    ],
  },
  'gb-hillingdon': {
    country: 'GB',
    plans: ['kept', 'completed', 'breached'],
    planTypes: ['sundry', 'adult-care', 'benefit-overpayment'],
    credits: [
      { types: ['sundry'], kind: 'credit-note', percent: 100, reason: 'raised against the wrong customer' },
      { types: ['adult-care'], kind: 'credit-note', percent: 20, reason: 'respite nights were charged twice' },
      { types: ['adult-care'], kind: 'adjustment', percent: 35, reason: 'financial assessment corrected' },
      { types: ['benefit-overpayment'], kind: 'write-off', percent: 100, reason: 'authorised: official error' },
    ],
  },
};
