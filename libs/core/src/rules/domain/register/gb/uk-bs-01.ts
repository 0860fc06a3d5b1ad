import type { Rule } from '../../rule.js';
import { proofDays } from '../proofs-about.js';
import { isCrisis, moratoria, protectedBy } from './breathing-space.js';

/**
 * Breathing space stops interest and fees, enforcement and contact, by agents as well: they are told the same day. It is a
 * moratorium among the stops, whose first day is the day after the entry in the register.
 *
 * While it lasts, reports, placements, intercepts, suspensions, holds, enforcement, garnishments and disconnections are
 * withdrawn. A court claim and a Direct Debit are blocked, and rest with a mark where they run. Liens and letters are
 * blocked.
 *
 * After its last day every act stays blocked until the office has been told that it has ended: nothing is resumed by time
 * alone. The stop is lifted then, or the notice is on record (`breathing-space-ended`).
 */
export const ukBs01: Rule<{ standardDays: number; releaseBusinessDays: number }> = {
  id: 'UK-BS-01',
  title: 'Breathing space',
  jurisdictions: { countries: ['GB'] },
  acts: [
    'report',
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
    'contact',
  ],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'SI 2020/1311 regs 7, 25, 26',
  confirmed: 'yes',
  note: "Confirmed as in the register: by guidance to creditors, not by the instrument. The tables of stops say `partly` of each act to which more careful readings are applied. That credit reporting falls under it, and that what stands is taken back and not only paused, are the more careful readings. A running claim and a Direct Debit rest with a mark, and a registered charge stays as it is. How long it lasts is what the notice says; the most that the law allows is told to the debtor. The adviser's review is no act of the office.",
  parameters: { standardDays: 60, releaseBusinessDays: 0 },
  judge: (debt, act, date, { standardDays, releaseBusinessDays }) =>
    moratoria(debt, date)
      .filter((stop) => !isCrisis(stop))
      .flatMap((stop) =>
        protectedBy(stop, debt, act, date, {
          lastOn: stop.endsOn,
          because:
            stop.endsOn === null
              ? `Breathing space protects you, for up to ${standardDays} days from ${stop.startsOn}.`
              : `Breathing space protects you until ${stop.endsOn}.`,
          releaseBusinessDays,
        }),
      ),
  turningDates: proofDays,
};
