import type { DebtSnapshot, Decision, DesireContext, IsoDate, StopKind } from '@concord/plugin-sdk';
import type { Recall, RecallReason } from './content.js';
import { addDays } from './iso-days.js';
import type { AimSettings } from './settings.js';

const REFERRAL = 'REFERRAL';
const STOP = 'STOP:';

const REASON_OF_STOP: { readonly [kind in StopKind]?: RecallReason } = {
  dispute: 'dispute',
  insolvency: 'insolvency',
  deceased: 'deceased',
};

/**
 * Whether and why an agency must give a debt back, or null while it may keep it.
 *
 * AIM's records for disputes, bankruptcies and deaths are not public, so that what may stand only with such a mark is
 * called back for good. Only the office's own change of mind leaves time to object.
 */
export function recallOf(debt: DebtSnapshot, context: DesireContext<AimSettings>): Recall | null {
  const { ledger } = debt;
  const { decision } = context;
  if (ledger.balanceMinor <= 0) {
    const paid = ledger.paidMinor > 0 && ledger.writtenOffMinor <= 0;
    return final(ledger.settled ? 'settled' : paid ? 'paid' : 'withdrawn');
  }
  const objection = objectionOf(debt, decision);
  if (objection !== null) return final(ledger.settled ? 'settled' : objection);
  const surety = stopOfOthers(debt);
  if (surety !== null) return final(surety);
  if (isReferred(debt, context)) return null;
  const objectBy = objectionEnd(debt, context);
  return { reason: 'withdrawn', objectBy };
}

function final(reason: RecallReason): Recall {
  return { reason, objectBy: null };
}

/** Why something other than the referral takes the debt back, or null where nothing does. */
function objectionOf(debt: DebtSnapshot, { outcome, reasons }: Decision): RecallReason | null {
  const objections = reasons.filter((reason) => endsPlacement(reason.outcome) && reason.rule !== REFERRAL);
  const unexplained = endsPlacement(outcome) && !reasons.some((reason) => endsPlacement(reason.outcome));
  if (objections.length === 0 && !unexplained) return null;
  const stop = objections.find(({ rule }) => rule.startsWith(STOP));
  if (stop !== undefined) return REASON_OF_STOP[stop.rule.slice(STOP.length) as StopKind] ?? 'hold';
  // A rule of its own may stand for a stop: the stop is what the agency understands.
  const known = debt.stops.map(({ kind }) => REASON_OF_STOP[kind]).find((reason) => reason !== undefined);
  return known ?? 'other';
}

/** An agency can't be told to leave out one of several debtors: a stop about one of them takes the debt back. */
function stopOfOthers(debt: DebtSnapshot): RecallReason | null {
  const others = new Set(debt.parties.filter(({ role }) => role !== 'debtor').map(({ id }) => id));
  const stop = debt.stops.find(({ partyId }) => typeof partyId === 'string' && others.has(partyId));
  return stop === undefined ? null : (REASON_OF_STOP[stop.kind] ?? 'hold');
}

function endsPlacement(outcome: Decision['outcome']): boolean {
  return outcome === 'restrain' || outcome === 'close' || outcome === 'withdraw';
}

function isReferred({ referral }: DebtSnapshot, { decision }: DesireContext<AimSettings>): boolean {
  return (
    referral !== null && !decision.reasons.some(({ rule, outcome }) => rule === REFERRAL && endsPlacement(outcome))
  );
}

/** Last day on which the agency may still object to the end of its referral, or null where that is over. */
function objectionEnd(debt: DebtSnapshot, context: DesireContext<AimSettings>): IsoDate | null {
  const { objectionDays } = context.settings;
  const { outcome } = context.decision;
  const endedOn = endOfReferral(debt, context.date);
  if (objectionDays === 0 || endedOn === null || outcome === 'close' || outcome === 'withdraw') return null;
  const objectBy = addDays(endedOn, objectionDays);
  return context.date <= objectBy ? objectBy : null;
}

/** First day without the referral. One that expired may still be the debt's own. */
function endOfReferral({ referral, endedReferral }: DebtSnapshot, date: IsoDate): IsoDate | null {
  if (referral?.expiresOn && referral.expiresOn < date) return addDays(referral.expiresOn, 1);
  return endedReferral?.endedOn ?? null;
}
