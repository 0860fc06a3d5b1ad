import { ACTS } from '@concord/plugin-sdk';
import type { Act, IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { stopsInForce } from '../../stops-in-force.js';
import { bankruptcyDates, DISCHARGE, firstEnd, hasHappened, STAY_ENDINGS } from './bankruptcy-dates.js';
import { STAY_BY_ACT } from './stay-by-act.js';

/** Acts that are held after a discharge by this rule. On the others US-BK-04 says what a discharge does. */
const HELD_AFTER_DISCHARGE: readonly Act[] = ['report', 'place'];

/**
 * From a bankruptcy petition on (a stop `insolvency`), nothing is opened against the debtor and what stands ends or
 * stands still, until the case is dismissed or closed or the court gives relief (`dismissedOn`, `closedOn`, `reliefOn`
 * in the details of the stop). A report that stands is marked and may not grow; a suit stands still and none is filed;
 * no lien is taken and no letter goes; everything else is closed within one business day.
 *
 * A discharge (`dischargedOn`) ends the stay as well, but it may have ended the debt: which debts survive is not judged
 * here, so for reports and placements a discharged debt stays held until a person lifts the stop or closes the debt.
 * For every other act US-BK-04 holds it.
 */
export const usBk01: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-BK-01',
  title: 'Automatic stay from the bankruptcy petition',
  jurisdictions: { countries: ['US'] },
  acts: ACTS,
  effectiveFrom: null,
  effectiveTo: null,
  citation: '11 USC 362(a),(k)',
  confirmed: 'partly',
  note: 'The stay is confirmed. Its source names neither credit reporting nor licences and holds, which are held as well to be careful. What a person paid or lost after the petition is given back by the office; no rule does it.',
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
  if (discharged && !HELD_AFTER_DISCHARGE.includes(act)) return PASS;
  const because = discharged ? 'A bankruptcy court has discharged your debts.' : 'You have filed for bankruptcy.';
  const earliestOn = firstEnd(stop, discharged ? [] : STAY_ENDINGS);
  const release = { withinBusinessDays: releaseBusinessDays };
  return STAY_BY_ACT[act].map(({ outcome, words }) => ({
    outcome,
    reason: `${because} ${words}`,
    earliestOn,
    release,
  }));
}
