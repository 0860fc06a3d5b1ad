import { BusinessCalendar } from '../../../calendar/domain/business-calendar.js';
import { CalendarClocks } from '../counting.js';

const weekdays = new BusinessCalendar({ weekend: [6, 7], holidays: new Set(), closures: new Set() });

/** Clocks of a made-up office that works from Monday to Friday and knows no holidays, in any year. */
export const CLOCKS_WITHOUT_HOLIDAYS = new CalendarClocks({ office: weekdays, bank: weekdays, bacs: weekdays });
