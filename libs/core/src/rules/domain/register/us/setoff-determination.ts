import type { DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
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
 * somebody whose appointment is on record, upheld the debt and the time to ask a court has passed in full. What was
 * determined before the first notice of set-off can't have been asked for by it, and does not count.
 */
export function setoffDetermination(debt: DebtSnapshot, date: IsoDate, petitionDays: number): Determination {
  const noticedOn = noticeSentOn(debt);
  const isAfterNotice = ({ on }: ProofSnapshot): boolean => noticedOn !== null && noticedOn <= on;
  if (papersOn(debt, US_PROOF_SUBJECTS.finalDetermination, date).some(isAfterNotice)) {
    return { final: true, earliestOn: null };
  }
  const appointed = papersOn(debt, US_PROOF_SUBJECTS.hearingOfficerAppointment, date);
  const finalOn = decidedHearings(debt, date)
    .filter(({ subject, outcome }) => subject === US_PROOF_SUBJECTS.setoffHearing && outcome !== 'set-aside')
    .filter(isAfterNotice)
    .filter((hearing) => appointed.some(({ on }) => on <= hearing.on))
    .map(({ on }) => afterFullDays(on, petitionDays))
    .sort()[0];
  const final = finalOn !== undefined && finalOn <= date;
  return { final, earliestOn: final ? null : (finalOn ?? null) };
}

/** The day of the first notice of set-off that was sent; whether one ran its time undisturbed is not asked here. */
function noticeSentOn({ proofs }: DebtSnapshot): IsoDate | null {
  const sent = proofs.filter(
    ({ kind, subject }) => kind === 'notice-sent' && subject === US_PROOF_SUBJECTS.debtSetoffNotice,
  );
  return sent.map(({ on }) => on).sort()[0] ?? null;
}

/** The days on which a determination can become final, or a hearing decide otherwise. */
export function determinationDates(debt: DebtSnapshot, petitionDays: number): readonly IsoDate[] {
  return [
    ...paperDates(debt, US_PROOF_SUBJECTS.finalDetermination),
    ...paperDates(debt, US_PROOF_SUBJECTS.hearingOfficerAppointment),
    ...hearingDates(debt).flatMap((on) => [on, afterFullDays(on, petitionDays)]),
  ];
}
