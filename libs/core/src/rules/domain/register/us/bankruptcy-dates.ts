import type { DebtSnapshot, IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import { isIsoDate } from '../../../../calendar/domain/iso-date.js';
import { dayAfterEnd } from '../../stops-in-force.js';

/** Details of an insolvency stop that end the stay: the case dismissed or closed, or relief granted to the office. */
export const STAY_ENDINGS = ['dismissedOn', 'closedOn', 'reliefOn'] as const;

/** Detail of an insolvency stop: the court discharged the debtor. */
export const DISCHARGE = 'dischargedOn';

type BankruptcyDate = (typeof STAY_ENDINGS)[number] | typeof DISCHARGE;

/** A date in the details of an insolvency stop; null where there is none. A detail that is not a date releases nothing. */
export function bankruptcyDate(stop: StopSnapshot, name: BankruptcyDate): IsoDate | null {
  const value = stop.details[name];
  return typeof value === 'string' && isIsoDate(value) ? value : null;
}

/** Whether what a detail dates has happened by `date`, that day included. */
export function hasHappened(stop: StopSnapshot, name: BankruptcyDate, date: IsoDate): boolean {
  const on = bankruptcyDate(stop, name);
  return on !== null && on <= date;
}

/** The given dates of all insolvency stops, in force or not. */
export function bankruptcyDates(debt: DebtSnapshot, names: readonly BankruptcyDate[]): readonly IsoDate[] {
  return debt.stops
    .filter((stop) => stop.kind === 'insolvency')
    .flatMap((stop) => names.flatMap((name) => bankruptcyDate(stop, name) ?? []));
}

/** The first day on which an insolvency stop ends, by its last day or by one of the given dates; null while none is set. */
export function firstEnd(stop: StopSnapshot, names: readonly BankruptcyDate[]): IsoDate | null {
  const ends = [dayAfterEnd(stop), ...names.map((name) => bankruptcyDate(stop, name))];
  return ends.filter((on) => on !== null).sort()[0] ?? null;
}
