import { z } from 'zod';
import {
  country,
  day,
  isPrintable,
  optional,
  socialInsuranceNumber,
  socialSecurityNumber,
  telephone,
  text,
} from './intake-text.js';

/** Where letters reach somebody. */
export const intakeAddress = z.strictObject({
  line1: text(100),
  line2: optional(text(100)),
  city: text(60),
  /** State or province code; county or blank in the United Kingdom. */
  region: z.preprocess(
    (value) => value ?? '',
    z
      .string('must be text')
      .trim()
      .max(60, 'must not be longer than 60 characters')
      .refine(isPrintable, 'contains control characters or characters that were lost in another encoding'),
  ),
  postalCode: text(12),
  country,
});

/** What only people have; a business with one of these is a person entered as a business, or the reverse. */
const PERSONAL = ['firstName', 'middleName', 'generation', 'dateOfBirth', 'ssn', 'sin'] as const;

/** Somebody who owes a debt, as the source describes them. */
export const intakeParty = z
  .strictObject({
    /** The source's key of this person or business: the same key is the same party in the whole jurisdiction. */
    sourceReference: text(60),
    kind: z.enum(['person', 'business'], 'must be person or business'),
    /** A person's family name, or a business's whole name. */
    surname: text(100),
    firstName: optional(text(60)),
    middleName: optional(text(60)),
    /** Jr, Sr, II, III, ... */
    generation: optional(text(10)),
    address: optional(intakeAddress),
    /** Digits only, with area code. */
    telephone: optional(telephone),
    /** Social Security number (US), nine digits. Encrypted as soon as it is stored. */
    ssn: optional(socialSecurityNumber),
    /** Social Insurance number (Canada), nine digits. Encrypted as soon as it is stored. */
    sin: optional(socialInsuranceNumber),
    /** Encrypted as soon as it is stored. */
    dateOfBirth: optional(day),
  })
  .superRefine((party, context) => {
    if (party.kind === 'person') return;
    for (const field of PERSONAL) {
      if (party[field] !== null) {
        context.addIssue({ code: 'custom', path: [field], message: 'must be blank for a business' });
      }
    }
  });

export type IntakeParty = z.output<typeof intakeParty>;
export type IntakeAddress = z.output<typeof intakeAddress>;
