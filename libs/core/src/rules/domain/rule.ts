import type { Act, DebtSnapshot, IsoDate, Outcome } from '@concord/plugin-sdk';
import type { Clocks } from './clocks.js';

/** Whether the wording or number behind a rule has been seen in a public copy of its source. */
export type Confirmation = 'yes' | 'partly' | 'no';

/** What a tenant may set differently for its jurisdiction. */
export type RuleParameters = { readonly [name: string]: number | string };

/** How soon what already stands must be put right, once a rule objects to it. */
export interface ReleaseDuty {
  readonly withinBusinessDays: number;
}

/** One thing that a rule has against an act. */
export interface Objection {
  readonly outcome: Exclude<Outcome, 'allow'>;
  /** In words that can be read aloud to the debtor. */
  readonly reason: string;
  /** First day on which this objection could fall away by time alone; null where only a fact can remove it. */
  readonly earliestOn: IsoDate | null;
  readonly release?: ReleaseDuty;
  /** The proof whose absence is all that stands in the way, in words a clerk understands. */
  readonly missing?: string;
}

/** A rule passes with an empty verdict. */
export type Verdict = readonly Objection[];

export const PASS: Verdict = [];

/** Where a rule holds: in any of the countries, regions or jurisdictions named, or everywhere when it names none. */
export interface RuleJurisdictions {
  /** ISO 3166-1 alpha-2. */
  readonly countries?: readonly string[];
  /** ISO 3166-2, e.g. `US-CA`: the offices of a state or province, whose ids are or begin with it (`us-ca-berkeley`). */
  readonly regions?: readonly string[];
  /** Jurisdiction ids of the configuration. */
  readonly ids?: readonly string[];
}

/** One machine-checkable rule of law or policy. `judge` is pure: same arguments, same verdict. */
export interface Rule<P extends RuleParameters = RuleParameters> {
  /** Id in the rule register. Permanent: decisions in the archive name it. */
  readonly id: string;
  readonly title: string;
  readonly jurisdictions: RuleJurisdictions;
  readonly acts: readonly Act[];
  /** Id of the rule that says the same with a source of its own: where that one is in force, this one is silent. */
  readonly yieldsTo?: string;
  /** Whether it is also given the stops of others who owe the debt. Left out: only those that reach the debtor. */
  readonly seesCoDebtors?: true;
  /** First and last day on which the rule holds; null means without limit. */
  readonly effectiveFrom: IsoDate | null;
  readonly effectiveTo: IsoDate | null;
  readonly citation: string | null;
  readonly confirmed: Confirmation;
  /** What is not confirmed, or chosen by Concord beyond the source's wording. */
  readonly note: string | null;
  /** Defaults; a tenant's dated overrides replace them one by one. */
  readonly parameters: P;
  judge(debt: DebtSnapshot, act: Act, date: IsoDate, parameters: P, clocks: Clocks): Verdict;
  /** Dates in the debt's own facts on which the verdict can change by time alone. Left out where there are none. */
  turningDates?(debt: DebtSnapshot, parameters: P, clocks: Clocks): readonly IsoDate[];
}

/** Whether `date` lies in a period that includes its first and last day; null is an open end. */
export function isWithin(date: IsoDate, from: IsoDate | null, to: IsoDate | null): boolean {
  return (from === null || from <= date) && (to === null || date <= to);
}

/** Whether a jurisdiction is a state or province (ISO 3166-2), or an office in it, by its id. */
export function isInRegion(jurisdictionId: string, region: string): boolean {
  const prefix = region.toLowerCase();
  return jurisdictionId === prefix || jurisdictionId.startsWith(`${prefix}-`);
}

/** Whether a rule speaks about an act in the debt's jurisdiction on any date. */
export function concerns(rule: Rule, debt: DebtSnapshot, act: Act): boolean {
  const { countries, regions, ids } = rule.jurisdictions;
  const everywhere = countries === undefined && regions === undefined && ids === undefined;
  const here =
    everywhere ||
    (countries?.includes(debt.jurisdiction.country) ?? false) ||
    (regions?.some((region) => isInRegion(debt.jurisdiction.id, region)) ?? false) ||
    (ids?.includes(debt.jurisdiction.id) ?? false);
  return here && rule.acts.includes(act);
}
