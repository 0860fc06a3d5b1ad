import type { Act, IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';
import { bankruptcyDate, bankruptcyDates, DISCHARGE, hasHappened, STAY_ENDINGS } from './bankruptcy-dates.js';

/**
 * From a bankruptcy petition on, nothing is opened and a report that stands is marked, until the case is dismissed or
 * closed or the court gives relief. A placement ends: an agency can do nothing with a debt that is not collecting it.
 *
 * A discharge (`dischargedOn`) ends the stay as well, but it may have ended the debt: which debts survive is not judged
 * here, so a discharged debt stays held until a person lifts the stop or closes the debt.
 */
export const usBk01: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-BK-01',
  title: 'Automatic stay from the bankruptcy petition',
  jurisdictions: { countries: ['US'] },
  acts: ['report', 'place'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '11 USC 362(a),(k)',
  confirmed: 'partly',
  note: 'The stay is confirmed; its source does not name credit reporting, which is held as well to be careful.',
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, act, date, { releaseBusinessDays }) =>
    stopsInForce(debt, date, 'insolvency')
      .filter((stop) => isStayed(stop, date))
      .flatMap((stop) => stayed(stop, act, date, releaseBusinessDays)),
  turningDates: (debt) => bankruptcyDates(debt, [...STAY_ENDINGS, DISCHARGE]),
};

/** Whether an insolvency in force holds collection back: a discharge does so after the stay has ended as well. */
export function isStayed(stop: StopSnapshot, date: IsoDate): boolean {
  return hasHappened(stop, DISCHARGE, date) || !STAY_ENDINGS.some((name) => hasHappened(stop, name, date));
}

function stayed(stop: StopSnapshot, act: Act, date: IsoDate, releaseBusinessDays: number): readonly Objection[] {
  const discharged = hasHappened(stop, DISCHARGE, date);
  const because = discharged ? 'A bankruptcy court has discharged your debts.' : 'You have filed for bankruptcy.';
  const ends = [dayAfterEnd(stop), ...(discharged ? [] : STAY_ENDINGS.map((name) => bankruptcyDate(stop, name)))];
  const earliestOn = ends.filter((on) => on !== null).sort()[0] ?? null;
  const rest = { earliestOn, release: { withinBusinessDays: releaseBusinessDays } };
  if (act === 'place') {
    return [{ outcome: 'close', reason: `${because} No collection agency may collect this debt.`, ...rest }];
  }
  return [
    { outcome: 'block', reason: `${because} This debt may not be newly reported or reported as higher.`, ...rest },
    { outcome: 'restrain', reason: `${because} What is reported about this debt must say so.`, ...rest },
  ];
}
