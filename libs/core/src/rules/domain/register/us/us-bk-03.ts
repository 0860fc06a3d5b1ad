import { ACTS } from '@concord/plugin-sdk';
import type { Act, DebtSnapshot, IsoDate, PartySnapshot, StopSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { stopsInForce } from '../../stops-in-force.js';
import { bankruptcyDates, DISCHARGE, firstEnd, hasHappened, STAY_ENDINGS } from './bankruptcy-dates.js';
import { STAY_BY_ACT } from './stay-by-act.js';

/** A co-debtor's stay ends with the case or by relief; the discharge of one does not free the other, nor hold for them. */
const ENDINGS = [...STAY_ENDINGS, DISCHARGE] as const;

/**
 * While somebody who is liable on a consumer debt with the debtor is under chapter 13, the debtor is protected on that
 * debt as well: the bankrupt's own stop reaches the person who did not file, with the same effect on every act but a
 * report, which only may not be new or grow. A stop that says `consumerDebt: false` does not; where nothing is said,
 * the debt is taken for a consumer debt.
 */
export const usBk03: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-BK-03',
  title: 'Chapter 13 stays action against a co-debtor on a consumer debt',
  jurisdictions: { countries: ['US'] },
  acts: ACTS,
  seesCoDebtors: true,
  effectiveFrom: null,
  effectiveTo: null,
  citation: '11 USC 1301',
  confirmed: 'no',
  note: 'The section stays collection; that nothing new is reported meanwhile, and nothing held or suspended, is the more careful choice. That a debt is a consumer debt is assumed unless the stop says otherwise.',
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, act, date, { releaseBusinessDays }) =>
    coDebtorStays(debt, date).flatMap((stop) => {
      const rest = { earliestOn: firstEnd(stop, ENDINGS), release: { withinBusinessDays: releaseBusinessDays } };
      return demandsOn(act).map(({ outcome, words }) => ({
        outcome,
        reason: `Somebody who owes this debt with you has filed for bankruptcy under chapter 13. ${words}`,
        ...rest,
      }));
    }),
  turningDates: (debt) => bankruptcyDates(debt, ENDINGS),
};

/** As the stay of the debtor's own, but a report keeps no mark of somebody else's bankruptcy. */
function demandsOn(act: Act): (typeof STAY_BY_ACT)[Act] {
  return act === 'report' ? [{ outcome: 'block', words: 'Nothing new is reported meanwhile.' }] : STAY_BY_ACT[act];
}

/** Who owes a debt, and what stands in the way, as far as this rule looks. */
type OwedTogether = Pick<DebtSnapshot, 'stops'> & {
  readonly parties: readonly Pick<PartySnapshot, 'id' | 'role' | 'kind'>[];
};

/** The stops of co-debtors by which a debtor is protected on a date. */
export function coDebtorStays(debt: OwedTogether, date: IsoDate): readonly StopSnapshot[] {
  return coDebtorFilings(debt, stopsInForce(debt, date, 'insolvency')).filter(
    (stop) => !ENDINGS.some((name) => hasHappened(stop, name, date)),
  );
}

function coDebtorFilings(debt: OwedTogether, stops: readonly StopSnapshot[]): readonly StopSnapshot[] {
  const debtor = debt.parties.find(({ role }) => role === 'debtor');
  if (debtor?.kind !== 'person') return [];
  const others = new Set(debt.parties.flatMap(({ role, id }) => (role === 'debtor' ? [] : [id])));
  return stops.filter(
    ({ partyId, details }) =>
      typeof partyId === 'string' &&
      others.has(partyId) &&
      (details['chapter'] === '13' || details['chapter'] === 13) &&
      details['consumerDebt'] !== false,
  );
}
