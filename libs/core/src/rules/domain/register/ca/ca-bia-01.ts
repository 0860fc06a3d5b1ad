import type { Act, IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import type { Objection, Rule, Verdict } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';
import { NOT_DONE } from '../acts-in-words.js';
import { bankruptcyDate, bankruptcyDates, DISCHARGE, hasHappened } from '../us/bankruptcy-dates.js';

/** Details that end the stay: the court lifted it for the office, or the proceedings were dismissed. */
const ENDINGS = ['reliefOn', 'dismissedOn'] as const;

/** A running claim is stayed and not dropped, and what is registered stays as it is; everything else ends. */
const EFFECTS: { readonly [act in Act]?: readonly Objection['outcome'][] } = {
  'file-claim': ['block', 'restrain'],
  lien: ['block'],
};

/**
 * From a notice of intention, a proposal or a bankruptcy on, no creditor has a remedy: sheriff, refund set-off, motor
 * registration and agencies stop, until the court lifts the stay (`reliefOn` in the details of the stop) or the proceedings
 * are dismissed (`dismissedOn`). What stands ends (`close`); a running claim is stayed and marked (`block`, `restrain`);
 * nothing more is registered (`block`).
 *
 * A discharge (`dischargedOn`) ends the stay as well, but it may have ended the debt: a debt that survives is freed when the
 * discharge is recorded, and what has this date stays held.
 */
export const caBia01: Rule<{ releaseBusinessDays: number }> = {
  id: 'CA-BIA-01',
  title: 'Stay on a notice of intention, a proposal or a bankruptcy',
  jurisdictions: { countries: ['CA'] },
  acts: [
    'place',
    'intercept',
    'suspend',
    'hold',
    'file-claim',
    'enforce-judgment',
    'garnish',
    'lien',
    'disconnect',
    'direct-debit',
  ],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'BIA ss.69, 69.1-69.3',
  confirmed: 'partly',
  note: "Section 69 is confirmed, the others are not. The end of the trustee's work ends nothing here, as the more careful choice. That partners are told within one business day is chosen here. Reports and letters are in the tables of stops.",
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, act, date, { releaseBusinessDays }) =>
    stopsInForce(debt, date, 'insolvency').flatMap((stop) => stayed(stop, act, date, releaseBusinessDays)),
  turningDates: (debt) => bankruptcyDates(debt, [...ENDINGS, DISCHARGE]),
};

function stayed(stop: StopSnapshot, act: Act, date: IsoDate, releaseBusinessDays: number): Verdict {
  const discharged = hasHappened(stop, DISCHARGE, date);
  if (!discharged && ENDINGS.some((name) => hasHappened(stop, name, date))) return [];
  const because = discharged ? 'You were discharged from this debt.' : 'You are in bankruptcy or proposal proceedings.';
  const ends = [dayAfterEnd(stop), ...(discharged ? [] : ENDINGS.map((name) => bankruptcyDate(stop, name)))];
  const earliestOn = ends.filter((on) => on !== null).sort()[0] ?? null;
  const reason = `${because} ${NOT_DONE[act]}.`;
  const release = { withinBusinessDays: releaseBusinessDays };
  return (EFFECTS[act] ?? ['close']).map((outcome) => ({ outcome, reason, earliestOn, release }));
}
