import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../calendar/domain/iso-date.js';
import type { AllocationOrder } from '../ledger/allocation-order.js';
import type { Entry } from '../ledger/entry.js';
import { inEffect } from '../ledger/in-effect.js';
import { Standing } from '../ledger/standing.js';
import { exactInterest, roundedMinor } from './exact-interest.js';
import type { FrozenPeriod, InterestTerms } from './terms.js';

/** What an accrual looks at for one debt. */
export interface InterestBearing {
  /** All entries of the debt, those of earlier accruals among them. */
  readonly entries: readonly Entry[];
  readonly orders: readonly AllocationOrder[];
  readonly terms: InterestTerms;
  /** First day that bears interest. */
  readonly startsOn: IsoDate;
  readonly frozen: readonly FrozenPeriod[];
}

/** Interest to be posted: below zero takes back what an earlier accrual posted too much. */
export interface InterestPosting {
  /** Last day of the period that it is for, on whose end it takes effect. */
  readonly on: IsoDate;
  readonly amountMinor: number;
}

/**
 * What the ledger lacks so that interest stands in it as it accrued up to and including a day.
 *
 * Interest is due before each day on which anything else takes effect, so that a payment finds what had accrued before it.
 * The exact amount since the beginning is rounded once, and what is posted is the difference of rounded amounts: however a
 * period is split, the same comes out to the cent. Where something of the past has changed since (a payment found late, a
 * freeze, a rate), the differences are posted on the days on which they arose.
 */
export function interestToPost(debt: InterestBearing, through: IsoDate): readonly InterestPosting[] {
  const accrued = debt.entries.filter((entry) => entry.accrued);
  // What was posted for later days stays in step with them.
  const last = accrued.reduce((latest, { effectiveOn }) => (effectiveOn > latest ? effectiveOn : latest), through);
  const postings: InterestPosting[] = [];
  let postedMinor = 0;
  for (const { on, amountMinor } of accruedBy(debt, accrued, last)) {
    const standing = accrued
      .filter((entry) => entry.effectiveOn <= on)
      .reduce((sum, { kind, amountMinor: minor }) => sum + (kind === 'interest' ? minor : -minor), postedMinor);
    if (amountMinor === standing) continue;
    postings.push({ on, amountMinor: amountMinor - standing });
    postedMinor += amountMinor - standing;
  }
  return postings;
}

/** Rounded interest since the beginning, at the end of each day on which it is due or was posted. */
function accruedBy(debt: InterestBearing, accrued: readonly Entry[], last: IsoDate): readonly InterestPosting[] {
  const events = inEffect(
    debt.entries.filter((entry) => !entry.accrued),
    last,
  );
  const closings = [last, ...accrued.map(({ effectiveOn }) => effectiveOn)].map((day) => addDays(day, 1));
  const days = [...new Set([...events.map(({ on }) => on), ...closings])].sort();
  const standing = new Standing(debt.orders);
  const found: InterestPosting[] = [];
  let bornFrom = debt.startsOn;
  let parts = 0n;
  let amountMinor = 0;
  let next = 0;
  for (const day of days) {
    const eve = addDays(day, -1);
    parts += exactInterest(baseMinor(standing, debt.terms), bornFrom, eve, debt.terms, debt.frozen);
    const rounded = roundedMinor(parts);
    if (rounded > amountMinor) standing.chargeInterest(rounded - amountMinor);
    amountMinor = rounded;
    found.push({ on: eve, amountMinor });
    if (day > bornFrom) bornFrom = day;
    for (; events[next]?.on === day; next += 1) standing.apply(events[next]!.entry);
  }
  return found;
}

function baseMinor(standing: Standing, { base }: InterestTerms): number {
  const { principal, fee, cost } = standing.charged;
  return base === 'principal' ? principal : principal + fee + cost;
}
