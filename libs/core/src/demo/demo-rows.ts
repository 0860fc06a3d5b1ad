import type { IntakeParty } from '../cases/domain/intake-party.js';
import type { IntakeRow, IntakeStop } from '../cases/domain/intake-row.js';
import { addDays, isIsoDate } from '../calendar/domain/iso-date.js';
import { dutiesMet, NO_DUTIES } from './demo-duties.js';
import { demoEntries } from './demo-ledger.js';
import { demoJudgment } from './demo-judgment.js';
import { DemoParties } from './demo-party.js';
import type { DebtProfile, OfficeProfile } from './office-profile.js';
import { NEWFOUNDLAND_AND_LABRADOR } from './profiles/ca-nl.js';
import { HILLINGDON } from './profiles/gb-hillingdon.js';
import { BERKELEY } from './profiles/us-ca-berkeley.js';
import { sourceReference } from './source-reference.js';
import { CHICAGO } from './profiles/us-il-chicago.js';
import { LAS_CRUCES } from './profiles/us-nm-las-cruces.js';
import { SeededRandom } from './seeded-random.js';

const OFFICES: readonly OfficeProfile[] = [BERKELEY, LAS_CRUCES, CHICAGO, NEWFOUNDLAND_AND_LABRADOR, HILLINGDON];

/** How many debts the demonstration holds for each office: 2,000 together. */
export const demoCounts: Readonly<Record<string, number>> = {
  'us-ca-berkeley': 400,
  'us-nm-las-cruces': 400,
  'us-il-chicago': 500,
  'ca-nl': 350,
  'gb-hillingdon': 350,
};

export interface DemoOptions {
  /** The day on which the debts are looked at, `YYYY-MM-DD`. Every date is counted back from it. */
  readonly asOf: string;
  /** Number of rows. A longer list begins with the shorter one. */
  readonly count: number;
  /** Another seed invents other debts; the same seed and `asOf` invent the same ones on every machine. */
  readonly seed: number;
}

const NO_DELINQUENCY_DATE = 0.04;
const CONTRACT_UNKNOWN = 0.03;
const WITH_CO_DEBTOR = 0.12;
const WITH_STOP = 0.06;

/** How many debts one debtor has. */
const DEBTS_EACH = [
  { debts: 1, weight: 70 },
  { debts: 2, weight: 18 },
  { debts: 3, weight: 8 },
  { debts: 5, weight: 4 },
];

/**
 * Invents the debts of one office, one row at a time. Rows of one debtor follow each other and describe that debtor
 * alike. A stop that protects a person stands on each of that person's rows, with the same dates.
 *
 * @throws RangeError when the office has no demonstration, or `asOf` is no date.
 */
export function* demoRows(jurisdictionId: string, { asOf, count, seed }: DemoOptions): Generator<IntakeRow> {
  const office = OFFICES.find(({ id }) => id === jurisdictionId);
  if (office === undefined) throw new RangeError(`there are no demonstration cases for ${jurisdictionId}`);
  if (!isIsoDate(asOf)) throw new RangeError(`${asOf} is not a date`);

  const random = new SeededRandom(`${jurisdictionId} ${seed}`);
  const duties = new SeededRandom(`${jurisdictionId} ${seed} duties`);
  const details = new SeededRandom(`${jurisdictionId} ${seed} details`);
  const parties = new DemoParties(office, random, asOf, details);
  let made = 0;
  while (made < count) {
    const first = random.weighted(office.debts);
    const described = parties.debtor(random.chance(first.businessShare) ? 'business' : 'person');
    const actedFor = described.kind === 'person' && details.chance(first.actedForShare ?? 0);
    const debtor = actedFor ? parties.actedFor(described) : described;
    const coDebtors = random.chance(WITH_CO_DEBTOR) ? [parties.coDebtorOf(debtor)] : [];
    const stop = random.chance(WITH_STOP) ? demoStop(office, debtor, asOf, random) : undefined;
    const { debts } = random.weighted(DEBTS_EACH);
    for (let index = 0; index < debts && made < count; index += 1) {
      made += 1;
      const profile = index === 0 ? first : anotherDebt(office, debtor, first, random);
      const stops = stop !== undefined && (index === 0 || stop.protects === 'person') ? [stop.stop] : [];
      yield demoRow(profile, made, office, { debtor, coDebtors, stops }, asOf, { random, duties, details });
    }
  }
}

/** People often owe the same thing again; a business owes only what businesses owe. */
function anotherDebt(
  office: OfficeProfile,
  debtor: IntakeParty,
  first: DebtProfile,
  random: SeededRandom,
): DebtProfile {
  if (random.chance(0.7)) return first;
  return random.weighted(office.debts.filter(({ businessShare }) => debtor.kind === 'person' || businessShare > 0));
}

function demoRow(
  profile: DebtProfile,
  number: number,
  office: OfficeProfile,
  who: { debtor: IntakeParty; coDebtors: IntakeParty[]; stops: IntakeStop[] },
  asOf: string,
  { random, duties, details }: { random: SeededRandom; duties: SeededRandom; details: SeededRandom },
): IntakeRow {
  // Thirty days to six years, the newer ones more often.
  const fraction = random.fraction();
  const delinquentDays = 30 + Math.floor(2_161 * fraction * fraction);
  const delinquentOn = addDays(asOf, -delinquentDays);
  const incurredOn = addDays(delinquentOn, -profile.dueDays);
  const aroseFromContract = random.chance(CONTRACT_UNKNOWN) ? null : profile.aroseFromContract;
  const knownDelinquentOn = random.chance(NO_DELINQUENCY_DATE) ? null : delinquentOn;
  const owed = demoEntries(profile, { incurredOn, delinquentOn, delinquentDays }, random);
  const { judgment, entries } = demoJudgment(profile, number, { delinquentOn, delinquentDays }, owed, details);
  const { itemisedOn, proofs } = office.country === 'US' ? dutiesMet(delinquentOn, entries, duties) : NO_DUTIES;
  return {
    sourceReference: sourceReference(profile.reference, number, incurredOn),
    type: profile.type,
    aroseFromContract,
    originalCreditor: { ...profile.creditor },
    incurredOn,
    delinquentOn: knownDelinquentOn,
    itemisedOn,
    currency: office.currency,
    entries,
    ...who,
    proofs: [...proofs],
    // It falls delinquent on the day after the last one on which it could be paid.
    dueOn: profile.dueDays > 0 ? addDays(delinquentOn, -1) : null,
    judgment,
  };
}

function demoStop(office: OfficeProfile, debtor: IntakeParty, asOf: string, random: SeededRandom) {
  // Businesses go insolvent and dispute; they neither die nor serve.
  const fitting = office.stops.filter(
    ({ kind }) => debtor.kind === 'person' || kind === 'dispute' || kind === 'insolvency',
  );
  const { kind, protects, details, longestDays, lastsDays } = random.weighted(fitting);
  const startsOn = addDays(asOf, -random.whole(1, longestDays));
  const endsOn = lastsDays === null ? null : addDays(startsOn, lastsDays - 1);
  return { protects, stop: { kind, startsOn, endsOn, details: { ...details } } satisfies IntakeStop };
}
