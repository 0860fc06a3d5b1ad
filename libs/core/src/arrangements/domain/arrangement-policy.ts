import type { Act, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import type { BusinessCalendar } from '../../calendar/domain/business-calendar.js';

/** What an office has decided about payment arrangements. */
export interface ArrangementPolicy {
  /** How long an instalment may be late before it is a breach. */
  readonly graceDays: number;
  readonly graceIn: 'business-days' | 'calendar-days';
  /** What becomes of a due date on which nobody works. */
  readonly nonBusinessDay: 'next-business-day' | 'as-agreed';
  /** The longest time from the agreement to the last instalment; null without limit. */
  readonly maximumMonths: number | null;
  /** What partners are held back from while an arrangement is kept. */
  readonly holdsBack: readonly Act[];
}

/**
 * What holds where an office's file says nothing: whatever presses for the money or takes it is held back. Reporting goes
 * on, contact is how the office reminds, and a direct debit may be how instalments are paid.
 */
export const DEFAULT_POLICY: ArrangementPolicy = {
  graceDays: 5,
  graceIn: 'business-days',
  nonBusinessDay: 'next-business-day',
  maximumMonths: null,
  holdsBack: [
    'place',
    'intercept',
    'suspend',
    'hold',
    'file-claim',
    'enforce-judgment',
    'garnish',
    'lien',
    'disconnect',
  ],
};

/** When instalments fall due, and when a missing one is a breach. */
export interface PlanDays {
  dueOn(agreed: IsoDate): IsoDate;
  breachesOn(dueOn: IsoDate): IsoDate;
}

/** An office's days. Both throw RangeError beyond the years of its calendar. */
export function planDays(policy: ArrangementPolicy, calendar: BusinessCalendar): PlanDays {
  const { graceDays, graceIn, nonBusinessDay } = policy;
  return {
    dueOn: (agreed) => (nonBusinessDay === 'as-agreed' ? agreed : calendar.roll(agreed, 'next')),
    breachesOn: (dueOn) =>
      addDays(graceIn === 'business-days' ? calendar.addBusinessDays(dueOn, graceDays) : addDays(dueOn, graceDays), 1),
  };
}
