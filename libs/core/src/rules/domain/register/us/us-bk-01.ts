import type { DebtSnapshot, IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import { isIsoDate } from '../../../../calendar/domain/iso-date.js';
import type { Objection, Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';

/** Details of an insolvency stop that end the stay: the case dismissed or closed, or relief granted to the office. */
const ENDINGS = ['dismissedOn', 'closedOn', 'reliefOn'] as const;

/**
 * From a bankruptcy petition on, nothing is opened and what stands is marked, until the case is dismissed or closed or
 * the court gives relief.
 *
 * A discharge (`dischargedOn`) ends the stay as well, but it may have ended the debt: which debts survive is not judged
 * here, so a discharged debt stays held until a person lifts the stop or closes the debt.
 */
export const usBk01: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-BK-01',
  title: 'Automatic stay from the bankruptcy petition',
  jurisdictions: { countries: ['US'] },
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '11 USC 362(a),(k)',
  confirmed: 'partly',
  note: 'The stay is confirmed; its source does not name credit reporting, which is held as well to be careful.',
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, _act, date, { releaseBusinessDays }) =>
    stopsInForce(debt, date, 'insolvency')
      .filter((stop) => isStayed(stop, date))
      .flatMap((stop) => stayed(stop, date, releaseBusinessDays)),
  turningDates: (debt: DebtSnapshot) =>
    debt.stops
      .filter((stop) => stop.kind === 'insolvency')
      .flatMap((stop) => [...ENDINGS, 'dischargedOn'].flatMap((name) => dateIn(stop, name) ?? [])),
};

function isStayed(stop: StopSnapshot, date: IsoDate): boolean {
  return hasHappened(stop, 'dischargedOn', date) || !ENDINGS.some((name) => hasHappened(stop, name, date));
}

function stayed(stop: StopSnapshot, date: IsoDate, releaseBusinessDays: number): readonly Objection[] {
  const discharged = hasHappened(stop, 'dischargedOn', date);
  const because = discharged ? 'A bankruptcy court has discharged your debts.' : 'You have filed for bankruptcy.';
  const ends = [dayAfterEnd(stop), ...(discharged ? [] : ENDINGS.map((name) => dateIn(stop, name)))];
  const earliestOn = ends.filter((on) => on !== null).sort()[0] ?? null;
  const rest = { earliestOn, release: { withinBusinessDays: releaseBusinessDays } };
  return [
    { outcome: 'block', reason: `${because} This debt may not be newly reported or reported as higher.`, ...rest },
    { outcome: 'restrain', reason: `${because} What is reported about this debt must say so.`, ...rest },
  ];
}

function hasHappened(stop: StopSnapshot, name: string, date: IsoDate): boolean {
  const on = dateIn(stop, name);
  return on !== null && on <= date;
}

/** A detail that is not a date releases nothing. */
function dateIn(stop: StopSnapshot, name: string): IsoDate | null {
  const value = stop.details[name];
  return typeof value === 'string' && isIsoDate(value) ? value : null;
}
