import { intakeRow } from '../../cases/domain/intake-row.js';
import type { IntakeRow } from '../../cases/domain/intake-row.js';
import { intakeParty } from '../../cases/domain/intake-party.js';
import type { IntakeParty } from '../../cases/domain/intake-party.js';
import { latest } from './host-state.js';
import type { HostFacts, HostState } from './host-state.js';
import { compareStamps } from './stamp.js';
import type { Stamp } from './stamp.js';

/** The amounts that a host says of a debt, with the kind of entry that raises each. */
export const CHARGES = [
  { field: 'amountMinor', kind: 'assessment', bucket: 'principal' },
  { field: 'interestMinor', kind: 'interest', bucket: 'interest' },
  { field: 'feesMinor', kind: 'fee', bucket: 'fee' },
] as const;

/** Minor units by field. */
export type Charged = { readonly [field in ChargeField]: number } & {
  /** What the host charged while a stop froze it: it is never posted. */
  readonly withheld?: { readonly [field in ChargeField]?: number };
};

export type ChargeField = (typeof CHARGES)[number]['field'];

type Result<T> =
  | { readonly value: T; readonly missing?: undefined }
  | { readonly missing: string | null; readonly reason: string; readonly value?: undefined };

/**
 * The row by which a debt is registered, from all that its host has said so far.
 *
 * @returns the row; or the field that is missing or wrong; null for a debt that is none yet: no file said that it is there, or
 *   nothing was ever charged
 */
export function registrationRow(key: string, debt: HostState, party: PartyShape, currency: string): Result<IntakeRow> {
  const said = (field: string) => latest(debt, field);
  if (said('named') === undefined) return { missing: null, reason: 'no file said that the debt is there' };
  const on = said('incurredOn') ?? said('delinquentOn');
  if (on === undefined) return { missing: 'incurredOn', reason: 'must not be blank when delinquentOn is' };
  const amount = said('amountMinor');
  // Of a debt that is nothing by now, what it once was: the correction to nothing follows.
  const charged = amount === 0 ? said('firstAmountMinor') : amount;
  if (charged === undefined) {
    return { missing: amount === 0 ? null : 'amountMinor', reason: 'must not be blank: nothing was ever charged' };
  }
  const parsed = intakeRow.safeParse({
    sourceReference: key,
    type: said('type'),
    aroseFromContract: said('aroseFromContract') ?? null,
    originalCreditor: creditorOf(said('creditorName'), said('creditorClassification')),
    incurredOn: said('incurredOn') ?? null,
    delinquentOn: said('delinquentOn') ?? null,
    itemisedOn: said('itemisedOn') ?? null,
    currency,
    entries: CHARGES.flatMap(({ field, kind }) => {
      const minor = field === 'amountMinor' ? charged : said(field);
      return typeof minor === 'number' && minor > 0 ? [{ kind, amountMinor: minor, on, reference: kind }] : [];
    }),
    debtor: party,
  });
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  return { missing: issue?.path.join('.') ?? 'row', reason: issue?.message ?? 'is not complete' };
}

/** A creditor is told with its classification or not at all: none is made up. */
function creditorOf(name: unknown, classification: unknown) {
  return name === undefined || classification === undefined ? null : { name, classification };
}

/** What was charged by the row of {@link registrationRow}. */
export function chargedBy(row: IntakeRow): Charged {
  const of = (kind: string) => row.entries.find((entry) => entry.kind === kind)?.amountMinor ?? 0;
  return { amountMinor: of('assessment'), interestMinor: of('interest'), feesMinor: of('fee') };
}

/** A party as intake takes it, before it is checked. */
export type PartyShape = { readonly sourceReference: string } & { readonly [field: string]: unknown };

const ONLY_OF_PEOPLE: ReadonlySet<string> = new Set([
  ...['firstName', 'middleName', 'generation', 'dateOfBirth', 'ssn', 'sin'],
]);

/** Checks a party. */
export function partyOf(shape: PartyShape): Result<IntakeParty> {
  const parsed = intakeParty.safeParse(shape);
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  return { missing: issue?.path.join('.') ?? 'party', reason: issue?.message ?? 'is not complete' };
}

/** A debtor with the identifiers that one row says, and nothing else; null where it says none. */
export function identifiersSaid(facts: HostFacts): IntakeParty | null {
  const said = (field: string): string | null => (facts[field] === undefined ? null : String(facts[field]));
  const [sourceReference, ssn, sin, dateOfBirth] = ['debtorReference', 'ssn', 'sin', 'dateOfBirth'].map(said);
  if (!sourceReference || (ssn ?? sin ?? dateOfBirth ?? null) === null) return null;
  return {
    ...{ sourceReference, kind: 'person', surname: '', firstName: null, middleName: null, generation: null },
    ...{ address: null, telephone: null, ssn: ssn ?? null, sin: sin ?? null, dateOfBirth: dateOfBirth ?? null },
  };
}

/**
 * A party from all that its host has said so far. What the host said nothing of stays as it is on file; an address is one
 * thing.
 */
export function partyShape(reference: string, party: HostState, onFile: PartyShape | undefined): PartyShape {
  const kind = party['debtorKind'];
  const business = (kind?.value ?? onFile?.['kind']) === 'business';
  // What only people have was said, or filed, of somebody whom the host took for a person until it said better.
  const isOver = (field: string, at: Stamp | undefined) =>
    business && ONLY_OF_PEOPLE.has(field) && kind !== undefined && (at === undefined || compareStamps(at, kind.at) < 0);
  const said = (field: string) => (isOver(field, party[field]?.at) ? null : (latest(party, field) ?? null));
  const line1 = said('line1');
  const address = {
    ...{ line1, line2: said('line2'), city: said('city'), region: said('region') ?? '' },
    ...{ postalCode: said('postalCode'), country: said('country') },
  };
  const kept = (field: string) => said(field) ?? (isOver(field, undefined) ? null : (onFile?.[field] ?? null));
  return {
    sourceReference: reference,
    kind: kind?.value ?? onFile?.['kind'] ?? 'person',
    ...{ surname: kept('surname'), firstName: kept('firstName'), middleName: kept('middleName') },
    ...{ generation: kept('generation'), telephone: kept('telephone') },
    address: line1 === null ? (onFile?.['address'] ?? null) : address,
    ...{ ssn: said('ssn'), sin: said('sin'), dateOfBirth: said('dateOfBirth') },
  };
}
