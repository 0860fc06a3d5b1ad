import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import { afterFullDays } from './anniversary.js';
import { decidedHearings, hearingDates } from './hearings.js';
import { paperDates, papersOn } from './stored-proof.js';

/** How far it is determined that a debt may be set off. */
export interface Determination {
  readonly final: boolean;
  /** Where it is not final yet: the first day on which a decision that was made becomes final; null without one. */
  readonly earliestOn: IsoDate | null;
}

/**
 * Whether it is final that a debt may be set off: the office has recorded so, or a hearing on the set-off, held by
 * somebody whose appointment is on record, upheld the debt and the time to ask a court has passed in full.
 */
export function setoffDetermination(debt: DebtSnapshot, date: IsoDate, petitionDays: number): Determination {
  if (papersOn(debt, US_PROOF_SUBJECTS.finalDetermination, date).length > 0) return { final: true, earliestOn: null };
  const appointed = papersOn(debt, US_PROOF_SUBJECTS.hearingOfficerAppointment, date);
  const finalOn = decidedHearings(debt, date)
    .filter(({ subject, outcome }) => subject === US_PROOF_SUBJECTS.setoffHearing && outcome !== 'set-aside')
    .filter((hearing) => appointed.some(({ on }) => on <= hearing.on))
    .map(({ on }) => afterFullDays(on, petitionDays))
    .sort()[0];
  const final = finalOn !== undefined && finalOn <= date;
  return { final, earliestOn: final ? null : (finalOn ?? null) };
}

/** The days on which a determination can become final, or a hearing decide otherwise. */
export function determinationDates(debt: DebtSnapshot, petitionDays: number): readonly IsoDate[] {
  return [
    ...paperDates(debt, US_PROOF_SUBJECTS.finalDetermination),
    ...paperDates(debt, US_PROOF_SUBJECTS.hearingOfficerAppointment),
    ...hearingDates(debt).flatMap((on) => [on, afterFullDays(on, petitionDays)]),
  ];
}
