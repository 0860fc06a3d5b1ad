import { BusinessCalendar } from '../../../calendar/domain/business-calendar.js';
import { CalendarClocks } from '../counting.js';

/** Bank holidays of England and Wales from Easter 2026 to the New Year, Good Friday and Christmas Day among them. */
const holidays: ReadonlySet<string> = new Set([
  '2026-04-03',
  '2026-04-06',
  '2026-05-04',
  '2026-05-25',
  '2026-08-31',
  '2026-12-25',
  '2026-12-26',
  '2026-12-28',
  '2027-01-01',
]);
const calendar = new BusinessCalendar({ weekend: [6, 7], holidays, closures: new Set() });

/** Counts days by the few holidays above, so that a rule's arithmetic is tested without any calendar's data. */
export const COUNTED_DAYS = new CalendarClocks({ office: calendar, bank: calendar, bacs: calendar });
