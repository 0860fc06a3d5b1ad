import type { DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import { firstPassing, noticesGiven } from '../proofs-about.js';
import { afterFullDays } from './anniversary.js';

/** A notice that must have gone to the debtor, and the time that it gives. */
export interface NoticeDuty {
  /** Kind of the notice. */
  readonly subject: string;
  /** Days that must pass in full after the day of sending. */
  readonly waitDays: number;
  /** For how many days after the day of sending it counts; left out: for good. */
  readonly validDays?: number;
  /** What else a notice must be to count. */
  readonly counts?: (notice: ProofSnapshot) => boolean;
}

/** How a duty to give notice stands on a date. */
export interface NoticeStanding {
  /** A notice has outlasted its time, and still counts. */
  readonly met: boolean;
  /** Where it is not met: the first day on which a notice that was sent will meet it; null where there is none. */
  readonly earliestOn: IsoDate | null;
}

/** Whether the debtor was given notice in time: notices that count, did not come back, and have not become too old. */
export function noticeStanding(debt: DebtSnapshot, date: IsoDate, duty: NoticeDuty): NoticeStanding {
  const { subject, waitDays, validDays } = duty;
  const counted = { ...debt, proofs: debt.proofs.filter((proof) => counts(proof, duty)) };
  const passing = firstPassing(
    noticesGiven(counted, subject, date, (sentOn) => afterFullDays(sentOn, waitDays)).filter(
      ({ sentOn }) => validDays === undefined || date <= addDays(sentOn, validDays),
    ),
  );
  const met = passing !== null && passing <= date;
  return { met, earliestOn: met ? null : passing };
}

/** The days on which the standing can change by time alone. */
export function noticeTurningDates(debt: DebtSnapshot, duty: NoticeDuty): readonly IsoDate[] {
  const { subject, waitDays, validDays } = duty;
  return debt.proofs.flatMap(({ kind, on, subject: about }) => {
    if (kind === 'notice-returned') return [on];
    if (kind !== 'notice-sent' || about !== subject) return [];
    const expiry = validDays === undefined ? [] : [afterFullDays(on, validDays)];
    return [on, afterFullDays(on, waitDays), ...expiry];
  });
}

function counts(proof: ProofSnapshot, duty: NoticeDuty): boolean {
  return proof.kind !== 'notice-sent' || (duty.counts?.(proof) ?? true);
}
