import type { IsoDate } from '@concord/plugin-sdk';
import { addMonths } from '../../calendar/domain/iso-date.js';
import type { PlanDays } from './arrangement-policy.js';
import { dueDate } from './due-dates.js';
import type { Instalment, PlanFault, PlanResult, PlanTerms } from './plan-terms.js';

/** Twenty years of weeks: more is a slip of the hand. */
const MOST_INSTALMENTS = 1_040;

/** What bounds a plan from outside its terms. */
export interface PlanLimits {
  readonly days: PlanDays;
  /** Last day on which an instalment may fall due; null without limit. */
  readonly lastDueOn: IsoDate | null;
}

/**
 * Works out the schedule that terms describe: the first instalment, regular ones, and the last with the rest. Pure; the
 * sum of the instalments is the plan's amount to the minor unit.
 */
export function calculatePlan(terms: PlanTerms, limits: PlanLimits): PlanResult {
  const amounts = instalmentAmounts(terms);
  if (!Array.isArray(amounts)) return { ok: false, ...amounts };
  const amountMinor = amounts.reduce((sum, each) => sum + each, 0);
  try {
    const instalments = amounts.map((each, place) => instalment(terms, limits.days, place, each));
    const last = instalments.at(-1)!;
    if (limits.lastDueOn !== null && last.dueOn > limits.lastDueOn) {
      const message = `the last instalment would fall due on ${last.dueOn}, after ${limits.lastDueOn}`;
      return { ok: false, ...fault('plan-too-long', message) };
    }
    const leftMinor = Math.max(0, (terms.amountMinor ?? amountMinor) - amountMinor);
    return { ok: true, plan: { amountMinor, leftMinor, instalments } };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, ...fault('beyond-calendar', error.message) };
  }
}

/** The last day on which an instalment of an arrangement agreed on a day may fall due. */
export function lastDueOn(agreedOn: IsoDate, maximumMonths: number | null): IsoDate | null {
  return maximumMonths === null ? null : addMonths(agreedOn, maximumMonths);
}

interface Fault {
  readonly code: PlanFault;
  readonly message: string;
}

function fault(code: PlanFault, message: string): Fault {
  return { code, message };
}

function instalment(terms: PlanTerms, days: PlanDays, place: number, amountMinor: number): Instalment {
  const dueOn = days.dueOn(dueDate(terms.firstDueOn, terms.frequency, place));
  return { number: place + 1, dueOn, breachesOn: days.breachesOn(dueOn), amountMinor };
}

function instalmentAmounts(terms: PlanTerms): number[] | Fault {
  const { instalments, instalmentMinor, until, amountMinor, firstInstalmentMinor } = terms;
  if (instalments !== null && instalmentMinor === null && until === null) {
    if (amountMinor === null) return fault('amount-missing', 'so many instalments of what amount?');
    return inSoMany(amountMinor, firstInstalmentMinor, instalments);
  }
  if (instalments !== null || instalmentMinor === null) {
    return fault('terms-unclear', 'either the number of instalments, or their size, or their size and until when');
  }
  if (until !== null) return throughDay(terms, instalmentMinor, until);
  if (amountMinor === null) return fault('amount-missing', 'instalments of that size until what amount is paid?');
  return ofSize(amountMinor, firstInstalmentMinor ?? Math.min(instalmentMinor, amountMinor), instalmentMinor);
}

/** Equal instalments, rounded down to the minor unit; the last one takes the rest. */
function inSoMany(amountMinor: number, first: number | null, count: number): number[] | Fault {
  if (count > MOST_INSTALMENTS) return tooMany();
  if (first === null) {
    const regular = Math.floor(amountMinor / count);
    return regular < 1 ? tooSmall(amountMinor, count) : equal(amountMinor, regular, count);
  }
  const rest = amountMinor - first;
  if (rest < 0) return tooLarge(first, amountMinor);
  if (count === 1) return rest === 0 ? [first] : tooSmall(amountMinor, count);
  const regular = Math.floor(rest / (count - 1));
  return regular < 1 ? tooSmall(rest, count - 1) : [first, ...equal(rest, regular, count - 1)];
}

function equal(amountMinor: number, regular: number, count: number): number[] {
  return Array.from({ length: count }, (_, place) =>
    place === count - 1 ? amountMinor - regular * (count - 1) : regular,
  );
}

/** Instalments of one size until the amount is paid; the last one is smaller where they don't come out even. */
function ofSize(amountMinor: number, first: number, regular: number, most = MOST_INSTALMENTS): number[] | Fault {
  if (first > amountMinor) return tooLarge(first, amountMinor);
  const rest = amountMinor - first;
  const count = Math.ceil(rest / regular);
  if (count + 1 > most) return tooMany();
  const regulars = Array.from({ length: count }, (_, place) => Math.min(regular, rest - regular * place));
  return [first, ...regulars];
}

function throughDay(terms: PlanTerms, regular: number, until: IsoDate): number[] | Fault {
  const { firstDueOn, frequency, amountMinor, firstInstalmentMinor } = terms;
  if (until < firstDueOn) return fault('until-before-first', `${until} is before the first instalment`);
  let count = 0;
  while (count <= MOST_INSTALMENTS && dueDate(firstDueOn, frequency, count) <= until) count += 1;
  if (count > MOST_INSTALMENTS) return tooMany();
  const bound = amountMinor ?? Number.MAX_SAFE_INTEGER;
  const first = firstInstalmentMinor ?? Math.min(regular, bound);
  if (first > bound) return tooLarge(first, bound);
  const reached = first + regular * (count - 1);
  if (!Number.isSafeInteger(reached)) return tooMany();
  return ofSize(Math.min(reached, bound), first, regular);
}

function tooMany(): Fault {
  return fault('too-many-instalments', `an arrangement has at most ${MOST_INSTALMENTS} instalments`);
}

function tooSmall(amountMinor: number, count: number): Fault {
  return fault('amount-too-small', `${amountMinor} minor units do not make ${count} instalments`);
}

function tooLarge(first: number, amountMinor: number): Fault {
  return fault('first-instalment-too-large', `the first instalment of ${first} is above the amount of ${amountMinor}`);
}
