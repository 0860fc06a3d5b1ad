import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../calendar/domain/iso-date.js';
import { interestToPost } from '../interest/accrual.js';
import { isFrozen } from '../interest/exact-interest.js';
import { percentMillionths } from '../interest/terms.js';
import type { FrozenPeriod, InterestTerms } from '../interest/terms.js';
import type { AllocationOrder } from '../ledger/allocation-order.js';
import { balanceOf } from '../ledger/balance.js';
import type { Balance } from '../ledger/balance.js';
import type { Entry } from '../ledger/entry.js';
import { chargeDays } from './charge-days.js';
import type { ChargeAmount, ChargeRule } from './charge-rule.js';

/** What the rules of charges look at of one debt. */
export interface ChargeableDebt {
  readonly entries: readonly Entry[];
  readonly orders: readonly AllocationOrder[];
  /** First day of delinquency. */
  readonly delinquentOn: IsoDate;
  /** The day on which the debt was taken in. What was due until then was for its source to charge. */
  readonly takenInOn: IsoDate;
  /** What interest the debt bears, so that it counts as it accrued, posted or not; null where it bears none. */
  readonly interest: {
    readonly terms: InterestTerms;
    readonly startsOn: IsoDate;
    readonly frozen: readonly FrozenPeriod[];
  } | null;
}

/** A rule, and how far it was followed on the debt. */
export interface FollowedRule {
  readonly rule: ChargeRule;
  /** The last day that was looked at. */
  readonly after: IsoDate;
  readonly frozen: readonly FrozenPeriod[];
  /** Which of its charges are in the ledger, by their numbers. */
  readonly posted: ReadonlySet<number>;
}

/** A charge to be posted, in minor units above zero. It takes effect on its day. */
export interface ChargePosting {
  readonly rule: ChargeRule;
  readonly nth: number;
  readonly on: IsoDate;
  readonly amountMinor: number;
}

/**
 * The charges that fell due on a debt and are not in its ledger, by day.
 *
 * Each is decided by what was owed at the end of the day before, with the interest that had accrued by then: however often
 * and on whatever days this runs, the same comes out. A day that is frozen, or on which nothing was owed, has no charge, and
 * none is made up for it later.
 */
export function chargesToPost(
  debt: ChargeableDebt,
  rules: readonly FollowedRule[],
  through: IsoDate,
): readonly ChargePosting[] {
  const due = rules
    .flatMap(({ rule, after, frozen, posted }) => {
      const since = after > debt.takenInOn ? after : debt.takenInOn;
      return chargeDays(rule, debt.delinquentOn, since, through)
        .filter(({ nth, on }) => !posted.has(nth) && !isFrozen(on, frozen))
        .map((day) => ({ rule, ...day }));
    })
    .sort((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)));
  const postings: ChargePosting[] = [];
  const entries = [...debt.entries];
  for (const { rule, nth, on } of due) {
    const amountMinor = chargeMinor(rule.amount, standingAt({ ...debt, entries }, addDays(on, -1)));
    if (amountMinor === 0) continue;
    const posting: ChargePosting = { rule, nth, on, amountMinor };
    postings.push(posting);
    entries.push(asEntry(posting));
  }
  return postings;
}

function chargeMinor(amount: ChargeAmount, { balanceMinor, buckets }: Balance): number {
  if (balanceMinor <= 0) return 0;
  if ('minor' in amount) return amount.minor;
  const base = amount.of === 'principal' ? buckets.principal : balanceMinor;
  const charged = partOf(base, amount.percent);
  return amount.atMostMinor === null ? charged : Math.min(charged, amount.atMostMinor);
}

/** Per cent of an amount, rounded to the minor unit, halves up. */
function partOf(amountMinor: number, percent: string): number {
  const whole = 100n * 1_000_000n;
  return Number((2n * BigInt(amountMinor) * percentMillionths(percent) + whole) / (2n * whole));
}

/** What was owed at the end of a day, with the interest that had accrued by then, posted or not. */
export function standingAt({ entries, orders, interest }: ChargeableDebt, day: IsoDate): Balance {
  const accrued = interest === null ? [] : interestToPost({ entries, orders, ...interest }, day);
  const withInterest = accrued.map(({ on, amountMinor }): Entry => ({
    ...{ id: `interest:${on}`, kind: amountMinor > 0 ? 'interest' : 'adjustment', amountMinor: Math.abs(amountMinor) },
    ...{ effectiveOn: on, bookedOn: on, bucket: 'interest', reverses: null, accrued: true },
    caseVersion: Number.MAX_SAFE_INTEGER,
  }));
  return balanceOf([...entries, ...withInterest], orders, day);
}

function asEntry({ rule, nth, on, amountMinor }: ChargePosting): Entry {
  return {
    ...{ id: `${rule.id}:${nth}`, kind: 'fee', amountMinor, effectiveOn: on, bookedOn: on, bucket: rule.bucket },
    ...{ reverses: null, accrued: false, caseVersion: Number.MAX_SAFE_INTEGER },
  };
}
