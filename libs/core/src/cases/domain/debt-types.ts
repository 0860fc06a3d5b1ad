/**
 * What a debt is owed for, as far as rules tell debts apart by it. An office's own codes belong to one of these as well.
 */
export const DEBT_FAMILIES = [
  /** For goods or services: utilities, invoices, rents. */
  'charge',
  'tax',
  /** Punishes: parking, ordinances, provincial offences. */
  'fine',
  /** For a licence or a permit. */
  'licence',
  /** For treatment or transport of a patient. */
  'medical',
  /** What a resident or a client has to pay towards social care. */
  'care',
  /** Ordered by a criminal court in favour of a victim. */
  'restitution',
  /** Public support that was paid and has to be paid back. */
  'overpayment',
  'loan',
  /** What the office sued for, or could. */
  'claim',
] as const;
export type DebtFamily = (typeof DEBT_FAMILIES)[number];

/** A kind of debt. */
export interface DebtType {
  /** What stands in files and strategies: small letters, digits and hyphens. */
  readonly code: string;
  readonly title: string;
  readonly family: DebtFamily;
}

/** The types that come with Concord. An office adds its own under `debtTypes`; a code that is in neither list is taken in as well. */
export const DEBT_TYPES: readonly DebtType[] = [
  { code: 'utility', title: 'Utility account', family: 'charge' },
  { code: 'water', title: 'Water', family: 'charge' },
  { code: 'refuse', title: 'Refuse collection', family: 'charge' },
  { code: 'trade-waste', title: 'Trade waste', family: 'charge' },
  { code: 'sundry', title: 'Sundry debt', family: 'charge' },
  { code: 'commercial-rent', title: 'Commercial rent', family: 'charge' },
  { code: 'library-fine', title: 'Library charges', family: 'charge' },
  { code: 'business-tax', title: 'Business tax', family: 'tax' },
  { code: 'property-tax', title: 'Property tax', family: 'tax' },
  { code: 'provincial-tax', title: 'Provincial tax', family: 'tax' },
  { code: 'parking-fine', title: 'Parking ticket', family: 'fine' },
  { code: 'ordinance-fine', title: 'Ordinance violation', family: 'fine' },
  { code: 'provincial-fine', title: 'Provincial fine', family: 'fine' },
  { code: 'permit', title: 'Permit', family: 'licence' },
  { code: 'licence-fee', title: 'Licence fee', family: 'licence' },
  { code: 'ems', title: 'Ambulance bill', family: 'medical' },
  { code: 'adult-care', title: 'Adult social care charge', family: 'care' },
  { code: 'court-restitution', title: 'Court-ordered restitution', family: 'restitution' },
  { code: 'social-overpayment', title: 'Overpaid income support', family: 'overpayment' },
  { code: 'benefit-overpayment', title: 'Overpaid housing benefit', family: 'overpayment' },
  { code: 'student-aid', title: 'Student aid', family: 'loan' },
  { code: 'small-claim', title: 'Small claim', family: 'claim' },
];

/** A fact about a debt that a rule of the register reads. */
export const DEBT_FACTS = ['dueOn', 'delinquentOn', 'itemisedOn', 'aroseFromContract'] as const;
export type DebtFact = (typeof DEBT_FACTS)[number];

interface FactReader {
  readonly rule: string;
  readonly country: string;
  /** The families that it is about; all of them where there are none. */
  readonly families?: readonly DebtFamily[];
  readonly fact: DebtFact;
}

/** Which rule reads which fact of which debts. Without it the rule can't pass, or can't be judged. */
const FACT_READERS: readonly FactReader[] = [
  { rule: 'US-FCRA-04', country: 'US', fact: 'delinquentOn' },
  { rule: 'US-FCRA-07', country: 'US', fact: 'delinquentOn' },
  { rule: 'US-NCAP-03', country: 'US', families: ['medical'], fact: 'delinquentOn' },
  { rule: 'US-NCAP-01', country: 'US', fact: 'aroseFromContract' },
  { rule: 'US-REGF-03', country: 'US', fact: 'itemisedOn' },
  { rule: 'US-SOL-01', country: 'US', fact: 'dueOn' },
  { rule: 'CA-NL-01', country: 'CA', families: ['fine'], fact: 'dueOn' },
  { rule: 'CA-NL-02', country: 'CA', families: ['fine'], fact: 'dueOn' },
  { rule: 'UK-LIM-01', country: 'GB', fact: 'dueOn' },
];

/** A fact that nobody has given yet, with the rules of the register that read it. */
export interface MissingFact {
  readonly fact: DebtFact;
  readonly rules: readonly string[];
}

/**
 * The facts of a debt that rules of its country read and nobody has given.
 *
 * @param family null for a type that is in no list: then only what is read of every debt is missing
 */
export function missingFacts(
  country: string,
  family: DebtFamily | null,
  known: Readonly<Record<DebtFact, unknown>>,
): MissingFact[] {
  const readers = FACT_READERS.filter(
    (reader) =>
      reader.country === country &&
      known[reader.fact] === null &&
      (reader.families === undefined || (family !== null && reader.families.includes(family))),
  );
  return [...Map.groupBy(readers, ({ fact }) => fact)].map(([fact, of]) => ({
    fact,
    rules: of.map(({ rule }) => rule),
  }));
}

/** All types of an office: its own, which may rename those that come with Concord, and these. By code. */
export function debtTypesOf(own: readonly DebtType[]): DebtType[] {
  const codes = new Set(own.map(({ code }) => code));
  const all = [...own, ...DEBT_TYPES.filter(({ code }) => !codes.has(code))];
  return all.sort((one, other) => (one.code < other.code ? -1 : 1));
}
