import { BusinessCalendar } from '../calendar/domain/business-calendar.js';
import { holidaySet } from '../calendar/holidays.js';
import type { Clock } from '../platform/clock.js';
import type { Clocks } from '../rules/domain/clocks.js';
import { CalendarClocks } from '../rules/domain/counting.js';
import type { JudgeOptions } from '../rules/domain/judge.js';
import type { Jurisdiction } from './jurisdiction-file.js';
import { parameterOverrides } from './rule-settings.js';

/** Rules count from notices and judgments that are old, and to limits that are far: further than cutoffs do. */
const YEARS_BACK = 30;
const YEARS_AHEAD = 20;

const made = new WeakMap<Jurisdiction, JudgeOptions>();

/** What debts of an office are judged by: the register, with its own numbers and its days. */
export function judgingIn(jurisdiction: Jurisdiction, clock: Clock): JudgeOptions {
  const known = made.get(jurisdiction);
  if (known) return known;
  const options = { overrides: parameterOverrides(jurisdiction), clocks: clocksWhenAsked(jurisdiction, clock) };
  made.set(jurisdiction, options);
  return options;
}

/** Fifty years of holidays take a moment to work out, and most offices' rules count none of them. */
function clocksWhenAsked(jurisdiction: Jurisdiction, clock: Clock): Clocks {
  let clocks: Clocks | undefined;
  return { nth: (kind, from, n) => (clocks ??= clocksOf(jurisdiction, clock)).nth(kind, from, n) };
}

function clocksOf({ holidays: { country, region }, weekend, closures }: Jurisdiction, clock: Clock): Clocks {
  const year = clock.now().getUTCFullYear();
  const years = { from: year - YEARS_BACK, to: year + YEARS_AHEAD };
  const holidays = holidaySet(country, region, years.from, years.to);
  const none: ReadonlySet<string> = new Set();
  return new CalendarClocks({
    office: new BusinessCalendar({ weekend, holidays, closures: new Set(closures.map(({ on }) => on)), years }),
    bank: new BusinessCalendar({ weekend: [7], holidays, closures: none, years }),
    // Bacs keeps the bank holidays of England wherever its payers are.
    bacs: new BusinessCalendar({
      weekend: [6, 7],
      holidays: country === 'GB' && region === 'ENG' ? holidays : holidaySet('GB', 'ENG', years.from, years.to),
      closures: none,
      years,
    }),
  });
}
