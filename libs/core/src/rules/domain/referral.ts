import type { Act, DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import type { Verdict } from './rule.js';
import { isWithin, PASS } from './rule.js';

/**
 * For how many days after a referral ended an agency may still hold the debt, marked as called back. An agency is told of
 * a recall first and may object to it; after these days the debt is taken back whatever it says. A policy, not a law.
 */
export const RECALL_NOTICE_DAYS = 30;

/** A referral that was in force and is no more. */
interface Ending {
  /** First day on which it was not in force. */
  readonly endedOn: IsoDate;
  readonly reason: string;
}

/**
 * A debt goes to a partner only because someone referred it. Without a referral in force nothing is opened, and what
 * stands from an earlier one is taken back: from an agency only after its time to object, see {@link RECALL_NOTICE_DAYS}.
 */
export function referralObjections(debt: DebtSnapshot, act: Act, date: IsoDate): Verdict {
  const { referral } = debt;
  if (referral !== null && isWithin(date, referral.madeOn, referral.expiresOn)) return PASS;
  const ending = lastEnding(debt, date);
  if (act === 'place' && ending !== null && date < takenBackOn(ending.endedOn)) return calledBack(ending);
  if (referral !== null && referral.madeOn > date) {
    return [
      {
        outcome: 'withdraw',
        reason: `The office refers this debt to this partner only from ${referral.madeOn}.`,
        earliestOn: referral.madeOn,
      },
    ];
  }
  const reason = ending?.reason ?? 'The office has not referred this debt to this partner.';
  return [{ outcome: 'withdraw', reason, earliestOn: null }];
}

/** Dates on which the verdict about the referral can change by time alone. */
export function referralTurningDates({ referral, endedReferral }: DebtSnapshot, act: Act): readonly IsoDate[] {
  const ends = [
    ...(referral?.expiresOn ? [addDays(referral.expiresOn, 1)] : []),
    ...(endedReferral === null ? [] : [endedReferral.endedOn]),
  ];
  return [...(referral === null ? [] : [referral.madeOn]), ...ends, ...(act === 'place' ? ends.map(takenBackOn) : [])];
}

function takenBackOn(endedOn: IsoDate): IsoDate {
  return addDays(endedOn, RECALL_NOTICE_DAYS + 1);
}

/** An expired referral may still stand in the snapshot as the one to this partner. */
function lastEnding({ referral, endedReferral }: DebtSnapshot, date: IsoDate): Ending | null {
  if (referral?.expiresOn && referral.expiresOn < date) {
    return {
      endedOn: addDays(referral.expiresOn, 1),
      reason: `The office's referral of this debt to this partner ended on ${referral.expiresOn}.`,
    };
  }
  if (endedReferral === null) return null;
  const { endedOn } = endedReferral;
  return { endedOn, reason: `The office's referral of this debt to this partner ended on ${endedOn}.` };
}

function calledBack(ending: Ending): Verdict {
  const reason = `${ending.reason} It is being called back from this partner.`;
  return [
    { outcome: 'block', reason, earliestOn: null },
    { outcome: 'restrain', reason, earliestOn: null },
  ];
}
