import type { IsoDate } from '@concord/plugin-sdk';
import { addDays, addMonths } from '../../calendar/domain/iso-date.js';

/** After how long without a payment a referral is taken back. One of the two is given. */
export interface RecallTerms {
  readonly withoutPaymentDays?: number | undefined;
  readonly withoutPaymentMonths?: number | undefined;
}

/** A referral in force as a recall looks at it. */
export interface ReferralAtWork {
  readonly madeOn: IsoDate;
  /** When the last payment on the debt was made that was not taken back; whoever took it in. */
  readonly lastPaidOn: IsoDate | null;
  /** The first day since which nothing that is over (a stop, an arrangement) held the partner back; null where nothing did. */
  readonly freeSince: IsoDate | null;
  readonly balanceMinor: number;
  /** An arrangement for the debt is in force. */
  readonly arranged: boolean;
  /** A stop reaches the debt. */
  readonly stopped: boolean;
  /** Money of the debt waits in suspense, a difference about it is open, or a file of the partner is not read to its end. */
  readonly moneyUncertain: boolean;
  /** The partner holds the debt, as far as anybody knows. */
  readonly held: boolean;
  /** Something was sent about it and is not answered. */
  readonly inFlight: boolean;
}

/** Why a referral stays in force, in the order in which it is asked. */
export const KEPT = [
  'too-early',
  'nothing-owed',
  'arrangement',
  'stop',
  'money-uncertain',
  'not-held',
  'in-flight',
] as const;
export type KeptBecause = (typeof KEPT)[number];

export type RecallDecision =
  { readonly recall: true } | { readonly recall: false; readonly because: KeptBecause; readonly nextOn: IsoDate };

/** The first day on which a referral without a payment since a day is taken back. */
export function recallDueOn(terms: RecallTerms, since: IsoDate): IsoDate {
  if (terms.withoutPaymentDays !== undefined) return addDays(since, terms.withoutPaymentDays);
  return addMonths(since, terms.withoutPaymentMonths ?? 0);
}

/**
 * Whether a referral is taken back because it has brought nothing. Time counts from the referral, or from what came last
 * since: a payment, or the end of what held the partner back. What the partner could not work on, or may have
 * collected already, is left with it and looked at again the next day.
 */
export function decideRecall(terms: RecallTerms, referral: ReferralAtWork, today: IsoDate): RecallDecision {
  const since = [referral.madeOn, referral.lastPaidOn, referral.freeSince]
    .filter((day) => day !== null)
    .sort()
    .at(-1)!;
  const dueOn = recallDueOn(terms, since);
  if (dueOn > today) return { recall: false, because: 'too-early', nextOn: dueOn };
  const because = hindrance(referral);
  return because === null ? { recall: true } : { recall: false, because, nextOn: addDays(today, 1) };
}

function hindrance(referral: ReferralAtWork): KeptBecause | null {
  if (referral.balanceMinor <= 0) return 'nothing-owed';
  if (referral.arranged) return 'arrangement';
  if (referral.stopped) return 'stop';
  if (referral.moneyUncertain) return 'money-uncertain';
  if (!referral.held) return 'not-held';
  return referral.inFlight ? 'in-flight' : null;
}
