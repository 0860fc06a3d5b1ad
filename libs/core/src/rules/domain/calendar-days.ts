import { addDays } from '../../calendar/domain/iso-date.js';
import type { Clocks } from './clocks.js';

/** Counts calendar days, which need no calendar of holidays, and refuses to count any others. */
export const CALENDAR_DAYS: Clocks = {
  nth(kind, from, n) {
    if (kind !== 'calendar') throw new Error(`No calendar was given by which to count ${kind} days`);
    return addDays(from, n);
  },
};
