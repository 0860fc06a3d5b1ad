import { z } from 'zod';
import {
  country,
  day,
  socialInsuranceNumber,
  socialSecurityNumber,
  telephone,
  text,
} from '../../cases/domain/intake-text.js';

const minor = z.int('must be whole minor units of the currency').nonnegative('must not be negative');
const truth = z.union(
  [z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')],
  'must be true or false',
);
const typeCode = z
  .string('must be text')
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a debt type code: small letters, digits and hyphens');

/** What a host's file may say of a debt. `debtReference` is the host's key of it, unique in the jurisdiction. */
export const DEBT_FIELDS = {
  debtReference: text(60),
  type: typeCode,
  aroseFromContract: truth,
  creditorName: text(60),
  creditorClassification: z.string('must be text').regex(/^\d{2}$/, 'must be two digits'),
  incurredOn: day,
  delinquentOn: day,
  itemisedOn: day,
  amountMinor: minor,
  interestMinor: minor,
  feesMinor: minor,
  debtorReference: text(60),
} as const;

/** What a host's file may say of the debtor, beside the debt. */
export const PARTY_FIELDS = {
  debtorKind: z.enum(['person', 'business'], 'must be person or business'),
  surname: text(100),
  firstName: text(60),
  middleName: text(60),
  generation: text(10),
  line1: text(100),
  line2: text(100),
  city: text(60),
  region: text(60),
  postalCode: text(12),
  country,
  telephone,
  ssn: socialSecurityNumber,
  sin: socialInsuranceNumber,
  dateOfBirth: day,
} as const;

/** What a host's file says of a payment that was taken at its counter. `paymentReference` is the host's key of it. */
export const PAYMENT_FIELDS = {
  paymentReference: text(100),
  debtReference: text(60),
  amountMinor: minor.positive('must be above zero'),
  paidOn: day,
} as const;

/** `present`: the debt is there, as the record says. `correction`: what the record says is another now. `withdrawn`: it is gone. */
export const DEBT_ACTIONS = ['present', 'correction', 'withdrawn'] as const;
export type DebtAction = (typeof DEBT_ACTIONS)[number];

/** `payment`: it was taken, or is corrected to this. `withdrawn`: it was taken back, or never was. */
export const PAYMENT_ACTIONS = ['payment', 'withdrawn'] as const;
export type PaymentAction = (typeof PAYMENT_ACTIONS)[number];

export type HostFileKind = 'debts' | 'payments';

/** Every field that a file of the kind may have a meaning for, `action` apart. */
export function fieldsOf(kind: HostFileKind): { readonly [field: string]: z.ZodType } {
  return kind === 'debts' ? { ...DEBT_FIELDS, ...PARTY_FIELDS } : PAYMENT_FIELDS;
}

export function actionsOf(kind: HostFileKind): readonly string[] {
  return kind === 'debts' ? DEBT_ACTIONS : PAYMENT_ACTIONS;
}

/** The field that tells one record from another: the source's key. */
export function keyOf(kind: HostFileKind): string {
  return kind === 'debts' ? 'debtReference' : 'paymentReference';
}

/** Whether a field is about a person, so that no fault shows its value. */
export function isPersonal(field: string): boolean {
  return field in PARTY_FIELDS && field !== 'debtorKind';
}
