import type { Act, DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { rulesAsked, verdictOf } from './judge.js';
import { RULES } from './register/index.js';
import type { Rule } from './rule.js';

/** A debt of which nothing is on record but that a person owes it, and how much. */
const NOTHING_ON_RECORD: Omit<DebtSnapshot, 'jurisdiction'> = {
  caseId: '',
  caseVersion: 1,
  debt: {
    id: '',
    number: '',
    sourceReference: '',
    type: '',
    aroseFromContract: null,
    originalCreditor: null,
    incurredOn: null,
    delinquentOn: null,
  },
  itemisation: null,
  parties: [
    {
      id: '',
      number: '',
      role: 'debtor',
      kind: 'person',
      surname: '',
      firstName: null,
      middleName: null,
      generation: null,
      address: null,
      telephone: null,
      identifiers: {},
    },
  ],
  ledger: {
    assessedMinor: 1_000_000,
    interestMinor: 0,
    feesMinor: 0,
    paidMinor: 0,
    adjustedMinor: 0,
    writtenOffMinor: 0,
    balanceMinor: 1_000_000,
    settled: false,
    lastPayment: null,
  },
  stops: [],
  proofs: [],
  referral: null,
  endedReferral: null,
};

/**
 * Whether any rule asks, by the register's numbers, that something be on record before an act may be done in a place. Where
 * none does, what holds the act back is only what ends or stops a debt anywhere: that it is paid, set aside, or under a stop.
 */
export function hasPrecondition(
  jurisdiction: DebtSnapshot['jurisdiction'],
  act: Act,
  date: IsoDate,
  rules: readonly Rule[] = RULES,
): boolean {
  const debt: DebtSnapshot = { ...NOTHING_ON_RECORD, jurisdiction };
  return rulesAsked(debt, act, date, { rules }).some((rule) => verdictOf(rule, debt, act, date).length > 0);
}

/** A place that rules of the register name, with a jurisdiction that lies in it and in no narrower one. */
export interface NamedPlace {
  /** ISO 3166-1 alpha-2, ISO 3166-2, or the id of a jurisdiction. */
  readonly name: string;
  readonly jurisdiction: DebtSnapshot['jurisdiction'];
}

/** The places that rules name, countries before what lies in them. */
export function namedPlaces(rules: readonly Rule[] = RULES): readonly NamedPlace[] {
  const places = rules.flatMap(({ jurisdictions: { countries = [], regions = [], ids = [] } }) => [
    ...[...countries, ...regions].map((name) => ({ name, id: `${name.toLowerCase()}-an-office` })),
    ...ids.map((id) => ({ name: id, id })),
  ]);
  const byName = new Map(places.map(({ name, id }) => [name, id]));
  return [...byName]
    .sort(([, a], [, b]) => (a.replace('-an-office', '') < b.replace('-an-office', '') ? -1 : 1))
    .map(([name, id]) => ({ name, jurisdiction: { id, country: id.slice(0, 2).toUpperCase(), currency: '' } }));
}
