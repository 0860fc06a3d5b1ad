import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, addMonths, LAST_DATE } from '../../../calendar/domain/iso-date.js';
import type { ChargeSpan, ChargeTimes } from './charge-rule.js';

const DAY_MS = 86_400_000;
const LONGEST_MONTH = 31;

/** A day on which a rule charges a debt. */
export interface ChargeDay {
  /** 1 for the first. */
  readonly nth: number;
  readonly on: IsoDate;
}

/**
 * The days of a rule on a debt, after one day and up to and including another. Months are counted from the first charge, not
 * from the one before, so that one on the 31st comes back to it after a short month.
 *
 * @param delinquentOn first day of delinquency
 * @param after the last day that was looked at already
 */
export function chargeDays(
  rule: ChargeTimes,
  delinquentOn: IsoDate,
  after: IsoDate,
  through: IsoDate,
): readonly ChargeDay[] {
  const eve = addDays(rule.from, -1);
  const since = after > eve ? after : eve;
  const last = rule.to !== null && rule.to < through ? rule.to : through;
  const first = later(delinquentOn, rule.after, 1);
  if (since >= last || first > last) return [];
  if (rule.every === null) return first > since ? [{ nth: 1, on: first }] : [];
  const found: ChargeDay[] = [];
  for (let passed = surelyPassed(rule.every, first, since); passed < (rule.times ?? Infinity); passed += 1) {
    const on = later(first, rule.every, passed);
    if (on > last || on === LAST_DATE) break;
    if (on > since) found.push({ nth: passed + 1, on });
  }
  return found;
}

function later(day: IsoDate, { unit, count }: ChargeSpan, times: number): IsoDate {
  return unit === 'days' ? addDays(day, count * times) : addMonths(day, count * times);
}

/** No more charges than fell due up to a day, so that those of years ago need not be counted one by one. */
function surelyPassed({ unit, count }: ChargeSpan, first: IsoDate, since: IsoDate): number {
  const days = Math.round((Date.parse(since) - Date.parse(first)) / DAY_MS);
  return Math.max(0, Math.floor(days / (unit === 'days' ? count : count * LONGEST_MONTH)));
}
