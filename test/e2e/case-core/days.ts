import { CUTOFFS, businessDays, daysFrom, mondayOf } from '../thirty-days/calendar.js';

/** The bureaus' cutoff at the end of July, and the next one. */
export const CUTOFF = CUTOFFS[1]!;
export const NEXT_CUTOFF = CUTOFFS[2]!;

/** From the week before the cutoff on: it may fall on a Monday. */
const DAYS = businessDays(daysFrom(mondayOf(CUTOFF), -7), 20);
const AT = DAYS.indexOf(CUTOFF);

/** The first business days of the five that end with the cutoff. */
export const [FIRST, SECOND, THIRD] = [DAYS[AT - 4]!, DAYS[AT - 3]!, DAYS[AT - 2]!];

/**
 * By then a weekly instalment that fell due a week after `SECOND` is late by more than five business days. It is 17 to 19
 * days after `FIRST` and 11 to 13 after the cutoff.
 */
export const AFTER_GRACE = DAYS[AT + 9]!;
