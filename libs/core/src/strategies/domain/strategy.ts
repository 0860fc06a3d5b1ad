import type { Act, IsoDate, StopKind } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import type { AgencyShare } from './agency-share.js';
import type { RecallTerms } from './recall.js';

/**
 * From which date a debt's age can be counted. Where a debt does not have the date, the next one in this order counts;
 * every debt has the last one.
 */
export const AGE_DATES = ['last-payment', 'delinquent', 'due', 'incurred', 'registered'] as const;
export type AgeDate = (typeof AGE_DATES)[number];

/** How a referral can have ended. */
export const REFERRAL_ENDS = ['returned', 'recalled', 'withdrawn', 'expired'] as const;
/**
 * `returned`: the partner gave the debt back. `recalled`: a strategy took it back, because it had brought nothing.
 * `withdrawn`: a person took it back. `expired`: its time was over.
 */
export type ReferralEnd = (typeof REFERRAL_ENDS)[number];

/** What a strategy can ask to be known of a debtor. */
export const REQUIREMENTS = ['address', 'telephone'] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** What a strategy can wait for the end of. */
export const HINDRANCES = ['stop', 'arrangement'] as const;
export type Hindrance = (typeof HINDRANCES)[number];

/** Which debts a strategy refers, and for what. */
export interface StrategySelection {
  readonly id: string;
  readonly act: Act;
  readonly debtTypes: readonly string[];
  /** Days since {@link ageFrom}. */
  readonly minAgeDays: number;
  /** Default `delinquent`. */
  readonly ageFrom?: AgeDate | undefined;
  readonly minBalanceMinor: number;
  readonly maxBalanceMinor?: number | undefined;
  /** Left out: debtors of every kind. */
  readonly debtorKinds?: readonly ('person' | 'business')[] | undefined;
  readonly requires?: readonly Requirement[] | undefined;
  /**
   * What a debt is not referred during. Left out: it is referred, and what stands in the way holds the partner's position
   * back until it ends.
   */
  readonly notWhile?: readonly Hindrance[] | undefined;
  /** When a referral that brought nothing is taken back; left out: never. */
  readonly recall?: RecallTerms | undefined;
  /** Per cent of the debts that a change of this strategy may refer or recall without a person; default {@link SURPRISING_SHARE}. */
  readonly surprisingShare?: number | undefined;
}

/** Every debt goes to each of the connectors. */
export interface ReferToEach {
  readonly connectors: readonly string[];
  readonly oneOf?: undefined;
}

/** Each debt goes to one of the connectors. */
export interface ReferToOne {
  readonly connectors?: undefined;
  readonly oneOf: readonly AgencyShare[];
  /** Which referral of the debt for the act it makes: the first (default), the second once one is over, and so on. */
  readonly round?: number | undefined;
  /** From the second round on: days since the last referral ended; default {@link PAUSE_DAYS}. */
  readonly pauseDays?: number | undefined;
  /** From the second round on: how earlier referrals may have ended; default {@link AFTER}. */
  readonly after?: readonly ReferralEnd[] | undefined;
  /** From the second round on: whether an agency that had the debt may get it again; default not. */
  readonly sameAgencyAgain?: boolean | undefined;
}

/** Which debts are referred to which connectors, and when. */
export type Strategy = StrategySelection & (ReferToEach | ReferToOne);

export const PAUSE_DAYS = 30;
/** What a person withdrew, a strategy refers again only where it says so. */
export const AFTER: readonly ReferralEnd[] = ['returned', 'recalled'];

/** The dates of a debt that its age can be counted from. */
export interface AgeDates {
  readonly lastPaidOn: IsoDate | null;
  readonly delinquentOn: IsoDate | null;
  /** The day by which it was to be paid. Left out where nobody has looked: a debt is looked at once too often. */
  readonly dueOn?: IsoDate | null | undefined;
  readonly incurredOn: IsoDate | null;
  readonly registeredOn: IsoDate;
}

/** What a strategy looks at. */
export interface StrategyView extends AgeDates {
  readonly type: string;
  readonly balanceMinor: number;
  readonly debtorKind: 'person' | 'business';
  readonly hasAddress: boolean;
  readonly hasTelephone: boolean;
  /** Kinds of the stops that reach the debt today. */
  readonly stops: readonly StopKind[];
  /** What an arrangement in force holds back; empty where there is none. */
  readonly arrangedActs: readonly Act[];
}

/** The date from which a strategy counts a debt's age. */
export function agedFrom({ ageFrom = 'delinquent' }: Pick<Strategy, 'ageFrom'>, dates: AgeDates): IsoDate {
  const known: Record<AgeDate, IsoDate | null> = {
    'last-payment': dates.lastPaidOn,
    delinquent: dates.delinquentOn,
    due: dates.dueOn ?? null,
    incurred: dates.incurredOn,
    registered: dates.registeredOn,
  };
  const found = AGE_DATES.slice(AGE_DATES.indexOf(ageFrom)).find((date) => known[date] !== null);
  return (found && known[found]) ?? dates.registeredOn;
}

/**
 * The first day on which a strategy finds a debt old enough. A debt that can still be paid in time is never old enough, from
 * whatever date its age counts.
 */
export function ofAgeOn(strategy: Pick<Strategy, 'ageFrom' | 'minAgeDays'>, dates: AgeDates): IsoDate {
  const on = addDays(agedFrom(strategy, dates), strategy.minAgeDays);
  const overdueOn = dates.dueOn ? addDays(dates.dueOn, 1) : on;
  return overdueOn > on ? overdueOn : on;
}

/**
 * The first day on which one of the strategies could choose a debt of this type and age; null when none ever will.
 *
 * @param dates what its age is counted from; a single date where all are the same
 */
export function firstReviewOn(
  strategies: readonly Strategy[],
  type: string,
  dates: AgeDates | IsoDate,
): IsoDate | null {
  const known =
    typeof dates === 'string'
      ? { lastPaidOn: null, delinquentOn: dates, incurredOn: dates, registeredOn: dates }
      : dates;
  const days = strategies
    .filter(({ debtTypes }) => debtTypes.includes(type))
    .map((strategy) => ofAgeOn(strategy, known))
    .sort();
  return days[0] ?? null;
}
