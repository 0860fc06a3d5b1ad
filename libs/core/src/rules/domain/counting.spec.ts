import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BusinessCalendar } from '../../calendar/domain/business-calendar.js';
import { addDays, weekdayOf } from '../../calendar/domain/iso-date.js';
import { localDate } from '../../calendar/domain/time-zone.js';
import { holidaySet } from '../../calendar/holidays.js';
import type { ClockKind } from './clocks.js';
import { CalendarClocks } from './counting.js';

const years = { from: 2023, to: 2032 };
const calendarOf = (country: string, region?: string, closures: readonly string[] = []): BusinessCalendar =>
  new BusinessCalendar({
    weekend: [6, 7],
    holidays: holidaySet(country, region, years.from, years.to),
    closures: new Set(closures),
    years,
  });
const england = calendarOf('GB', 'ENG');
const uk = new CalendarClocks({
  office: calendarOf('GB', 'ENG', ['2026-12-29', '2026-12-30', '2026-12-31']),
  bank: england,
  bacs: england,
});
const chicago = new CalendarClocks({ office: calendarOf('US', 'IL'), bank: calendarOf('US'), bacs: england });

describe('clear days', () => {
  // SI 2013/1894 reg 6: goods are taken control of after 7 clear days; no Sunday, bank holiday, Good Friday, Christmas Day.
  it.each([
    ['a Monday, over one Sunday', '2026-03-02', '2026-03-10'],
    ['a Wednesday before Easter, over Good Friday and the Monday', '2026-04-01', '2026-04-11'],
    ['a Friday before Christmas Day, Boxing Day and its substitute', '2026-12-18', '2026-12-30'],
    ['a Thursday before a bank holiday in May', '2026-04-30', '2026-05-09'],
    ['a Saturday', '2026-03-07', '2026-03-16'],
    ['a Sunday', '2026-03-08', '2026-03-16'],
    ['a Tuesday, over the leap day', '2028-02-22', '2028-03-01'],
    ['a Friday, over the night on which the clocks go forward', '2026-03-20', '2026-03-28'],
    ['a Friday, over the night on which the clocks go back', '2026-10-23', '2026-10-31'],
  ])('given on %s: the seventh after %s is %s', (_, given, seventh) => {
    expect(uk.nth('clear', given, 7)).toBe(seventh);
  });

  it('are counted as in the example to CPR 2.8(3): served on Monday 16 October, heard on Friday 20 October', () => {
    const third = uk.nth('clear', '2023-10-16', 3);
    expect([third, addDays(third, 1)]).toEqual(['2023-10-19', '2023-10-20']);
  });

  it('count Saturdays and days on which the office is closed, whatever the weekend of the calendar given', () => {
    const sundays = new BusinessCalendar({ weekend: [7], holidays: new Set(), closures: new Set() });
    const none = new BusinessCalendar({ weekend: [6, 7], holidays: new Set(), closures: new Set() });
    const of = (bank: BusinessCalendar): string =>
      new CalendarClocks({ office: england, bank, bacs: england }).nth('clear', '2026-03-06', 1);
    expect([of(sundays), of(none)]).toEqual(['2026-03-07', '2026-03-07']);
    expect(uk.nth('clear', '2026-12-28', 2)).toBe('2026-12-30');
  });
});

describe('working days', () => {
  // The Direct Debit Guarantee: ten working days' notice of a new amount, date or frequency, unless another number is agreed.
  it.each([
    ['two weeks', '2026-03-02', '2026-03-16'],
    ['over Easter', '2026-03-27', '2026-04-14'],
    ['over Christmas, its substitute day and the New Year', '2026-12-18', '2027-01-06'],
    ['from a Saturday', '2026-03-07', '2026-03-20'],
    ['over the leap day, a Tuesday', '2028-02-21', '2028-03-06'],
  ])('ten of them, %s: after %s it is %s', (_, given, tenth) => {
    expect(uk.nth('working', given, 10)).toBe(tenth);
  });
});

describe('business days', () => {
  it("are the office's own, closures left out", () => {
    expect(uk.nth('business', '2026-12-24', 1)).toBe('2027-01-04');
    expect(uk.nth('working', '2026-12-24', 1)).toBe('2026-12-29');
  });

  // 12 CFR 1006.34(b)(5): assumed to be received five days after it was sent, without Saturdays, Sundays and holidays.
  it('are followed by calendar days where a period runs from receipt', () => {
    const received = chicago.nth('business', '2026-06-16', 5);
    expect(received).toBe('2026-06-24');
    expect(chicago.nth('calendar', received, 30)).toBe('2026-07-24');
  });

  it('take the regional holidays of the office', () => {
    // Lincoln's birthday.
    expect(chicago.nth('business', '2026-02-11', 1)).toBe('2026-02-13');
    expect(chicago.nth('clear', '2026-02-11', 1)).toBe('2026-02-12');
  });
});

describe('calendar days', () => {
  // 26 USC 6402(e); 31 CFR 285.8: sixty days from the certified letter; the debt may be referred on the day after them.
  it.each([
    ['sixty days from a certified letter, over a change of the clocks', '2026-02-10', 60, '2026-04-11'],
    ['sixty days from a certified letter, without a leap day', '2026-01-15', 60, '2026-03-16'],
    ['sixty days from a certified letter, over a leap day', '2028-01-15', 60, '2028-03-15'],
    // 15 USC 1681i(a)(1); PAP Debt Claims s.3.
    ['thirty days from receipt, the day of receipt not counted', '2026-03-02', 30, '2026-04-01'],
    ['thirty days that begin on the day of receipt: counted from the day before', '2026-03-01', 30, '2026-03-31'],
    ['thirty days from the date of a letter, over a leap day', '2028-02-10', 30, '2028-03-11'],
    // The examples to CPR 2.8(3).
    ['28 days from 1 October, after which a hearing may be on the 30th', '2026-10-01', 28, '2026-10-29'],
    ['within 14 days of service on 2 October', '2026-10-02', 14, '2026-10-16'],
    // The example to comment 30(a)(1): sent on 1 May, furnished from 15 May; the day of sending is the first.
    ['fourteen consecutive days of which 1 May is the first', '2026-04-30', 14, '2026-05-14'],
    // SI 2020/1311: breathing space begins on the day after the entry in the register.
    ['sixty days that begin after the entry', '2026-03-02', 60, '2026-05-01'],
    ['a hundred and eighty days to the bar date', '2026-01-05', 180, '2026-07-04'],
  ])('%s: from %s, %s days, is %s', (_, from, days, expected) => {
    expect(uk.nth('calendar', from, days)).toBe(expected);
  });

  it('reach back before any calendar, as limitation periods do', () => {
    expect(uk.nth('calendar', '2009-05-01', 30)).toBe('2009-05-31');
  });
});

describe('the day from which is counted', () => {
  it.each([
    ['late on the eve of summer time', '2026-03-28T23:30:00Z', 'Europe/London', '2026-03-28', '2026-04-08'],
    [
      'an hour later, which London has put forward',
      '2026-03-29T23:30:00Z',
      'Europe/London',
      '2026-03-30',
      '2026-04-09',
    ],
    [
      'the same instant in Newfoundland, still the day before',
      '2026-03-29T02:00:00Z',
      'America/St_Johns',
      '2026-03-28',
      '2026-04-08',
    ],
    ['in the hour that London shows twice', '2026-10-25T00:30:00Z', 'Europe/London', '2026-10-25', '2026-11-02'],
    ['in the second of these hours', '2026-10-25T01:30:00Z', 'Europe/London', '2026-10-25', '2026-11-02'],
  ])("is the date on the debtor's or the office's wall: %s", (_, instant, zone, date, seventh) => {
    const given = localDate(new Date(instant), zone);
    expect([given, uk.nth('clear', given, 7)]).toEqual([date, seventh]);
  });

  it('is the answer to a count of none, on any day', () => {
    for (const kind of KINDS) expect(uk.nth(kind, '2026-12-25', 0)).toBe('2026-12-25');
  });
});

const KINDS: readonly ClockKind[] = ['calendar', 'business', 'clear', 'working'];
const COVERED: readonly ClockKind[] = ['business', 'clear', 'working'];

describe('every clock', () => {
  it.each(COVERED)('refuses days outside the years of its calendar: %s', (kind) => {
    expect(() => uk.nth(kind, '2022-12-31', 1)).toThrow(RangeError);
    expect(() => uk.nth(kind, '2032-12-20', 12)).toThrow(RangeError);
    expect(() => uk.nth(kind, '2033-01-01', 0)).toThrow(RangeError);
  });

  it.each(KINDS)('refuses what is no date and no number of days: %s', (kind) => {
    for (const date of ['2027-02-29', 'soon', '']) expect(() => uk.nth(kind, date, 1)).toThrow(RangeError);
    for (const n of [-1, 0.5, Number.NaN]) expect(() => uk.nth(kind, '2026-03-02', n)).toThrow(RangeError);
  });

  const dates = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2023-06-01', days));
  const numbers = fc.integer({ min: 0, max: 40 });

  it('counts every day once, in order, and is never earlier than the calendar', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), dates, numbers, (kind, from, n) => {
        const nth = uk.nth(kind, from, n);
        expect(nth >= uk.nth('calendar', from, n)).toBe(true);
        expect(uk.nth(kind, nth, 1)).toBe(uk.nth(kind, from, n + 1));
        if (n > 0 && kind !== 'calendar') expect(weekdayOf(nth)).not.toBe(7);
      }),
    );
  });

  it('says the same however often it is asked, and keeps kinds and numbers apart', () => {
    const fresh = () => new CalendarClocks({ office: england, bank: england, bacs: england });
    const asked = fc.array(fc.tuple(fc.constantFrom(...KINDS), dates, fc.integer({ min: 0, max: 12 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(asked, (questions) => {
        const one = fresh();
        const answers = [...questions, ...questions].map((question) => one.nth(...question));
        expect(answers).toEqual([...questions, ...questions].map((question) => fresh().nth(...question)));
      }),
      { numRuns: 50 },
    );
  });

  it('ends no period sooner for having begun it later', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), dates, numbers, (kind, from, n) => {
        expect(uk.nth(kind, addDays(from, 1), n) >= uk.nth(kind, from, n)).toBe(true);
      }),
    );
  });
});
