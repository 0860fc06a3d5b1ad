import type { DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import type { Objection, Rule, Verdict } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';
import { endingInWords, isPaid } from '../debt-ending.js';
import { afterFullDays } from './anniversary.js';
import { bankruptcyDates, DISCHARGE, firstEnd, hasHappened, STAY_ENDINGS } from './bankruptcy-dates.js';
import { block } from './objections.js';
import { isStayed } from './us-bk-01.js';

interface Terms {
  readonly [name: string]: number;
  readonly releaseBusinessDays: number;
  readonly negotiationDays: number;
}

type Ground = Pick<Objection, 'reason' | 'earliestOn'>;

/**
 * Chicago holds licences and permits back only for a debt whose time to pay (`dueOn`) has passed, and clears the debtor
 * the same day when it is paid or settled, a payment agreement is kept (a stop `arrangement`), a court has stayed
 * action (`judicial-stay`), the parties negotiate in good faith (a proof `good-faith-negotiation`, for 30 days), or a
 * bankruptcy reaches the debt.
 */
export const usChi01: Rule<Terms> = {
  id: 'US-CHI-01',
  title: 'Chicago: when a debt holds a licence or permit, and when it is cleared',
  jurisdictions: { ids: ['us-il-chicago'] },
  acts: ['hold'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'Chicago MCC 2-32-094, 4-4-150',
  confirmed: 'yes',
  note: 'That a negotiation counts for 30 days after it was last recorded is chosen here. Every insolvency on record is taken to reach a dischargeable debt, unless a person named the debt as one that survives.',
  parameters: { releaseBusinessDays: 0, negotiationDays: 30 },
  judge: (debt, _act, date, terms) => [
    ...groundsToClear(debt, date, terms).map((ground): Objection => ({
      ...{ outcome: 'close', ...ground },
      release: { withinBusinessDays: terms.releaseBusinessDays },
    })),
    ...notYetDebt(debt, date),
  ],
  turningDates: (debt, { negotiationDays }) => [
    ...bankruptcyDates(debt, [...STAY_ENDINGS, DISCHARGE]),
    ...(debt.debt.dueOn ? [afterFullDays(debt.debt.dueOn, 0)] : []),
    ...debt.proofs.filter(isNegotiation).flatMap(({ on }) => [on, afterFullDays(on, negotiationDays)]),
  ],
};

function groundsToClear(debt: DebtSnapshot, date: IsoDate, { negotiationDays }: Terms): readonly Ground[] {
  const grounds: Ground[] = [];
  if (isPaid(debt.ledger) || debt.ledger.settled) {
    grounds.push({ reason: endingInWords(debt.ledger), earliestOn: null });
  }
  for (const stop of stopsInForce(debt, date, 'arrangement')) {
    grounds.push({ reason: 'You keep a payment agreement about this debt.', earliestOn: dayAfterEnd(stop) });
  }
  for (const stop of stopsInForce(debt, date, 'judicial-stay')) {
    grounds.push({ reason: 'A court has stayed action on this debt.', earliestOn: dayAfterEnd(stop) });
  }
  for (const stop of stopsInForce(debt, date, 'insolvency').filter((each) => isStayed(each, date))) {
    const earliestOn = firstEnd(stop, hasHappened(stop, DISCHARGE, date) ? [] : STAY_ENDINGS);
    grounds.push({ reason: 'You are in bankruptcy, which reaches this debt.', earliestOn });
  }
  const negotiatedOn = debt.proofs.filter((proof) => isNegotiation(proof) && proof.on <= date).map(({ on }) => on);
  const last = negotiatedOn.sort().at(-1);
  if (last !== undefined && date <= addDays(last, negotiationDays)) {
    const earliestOn = afterFullDays(last, negotiationDays);
    grounds.push({ reason: 'You negotiate with the office about this debt.', earliestOn });
  }
  return grounds;
}

function isNegotiation({ subject }: ProofSnapshot): boolean {
  return subject === US_PROOF_SUBJECTS.goodFaithNegotiation;
}

/** Money owed is a debt here only once the time to pay it has passed. */
function notYetDebt({ debt }: DebtSnapshot, date: IsoDate): Verdict {
  const { dueOn } = debt;
  if (!dueOn) {
    const missing = 'the date by which the debt was to be paid';
    return [block('It is not known by when this debt was to be paid.', { missing })];
  }
  if (dueOn < date) return [];
  return [block(`You have until ${dueOn} to pay this debt.`, { earliestOn: addDays(dueOn, 1) })];
}
