import { z } from 'zod';
import { CREDITOR_CLASSES } from './codes/creditor-classification.js';
import { isIdentification } from './record-rules.js';
import { rejectMappingSchema } from './rejects/mapping.js';

/** Plain characters that every bureau takes in a name of its own: no blanks, nothing special. */
const plain = (most: number): z.ZodString =>
  z
    .string()
    .regex(/^[A-Za-z0-9]*$/, 'only letters and digits')
    .max(most);

/** Text that a file can carry: printable ASCII. */
const text = (most: number): z.ZodString =>
  z
    .string()
    .regex(/^[ -~]+$/, 'only printable ASCII characters')
    .max(most)
    .refine((value) => value.trim() !== '', 'must not be blank');

const DEBT_NUMBER_ROOM = 12;
const ACCOUNT_NUMBER_LENGTH = 30;

export const settingsSchema = z.strictObject({
  /** The furnisher's code, the same on every account and in every month. */
  identificationNumber: z
    .string()
    .max(20)
    .refine((value) => isIdentification(value), 'five or more letters and digits, not all zeros or nines'),
  /** The furnisher's number with each bureau, as far as assigned. */
  programIdentifiers: z
    .strictObject({
      innovis: plain(10).optional(),
      equifax: plain(10).optional(),
      experian: plain(5).optional(),
      transunion: plain(10).optional(),
    })
    .optional(),
  reporter: z.strictObject({
    name: text(40),
    address: text(96),
    /** Ten digits. */
    telephone: z
      .string()
      .regex(/^\d{10}$/, 'ten digits')
      .optional(),
  }),
  softwareVendor: text(40).default('CONCORD'),
  /** Account number = this + Concord's number of the debt. Must stay the same for life. */
  accountNumberPrefix: plain(ACCOUNT_NUMBER_LENGTH - DEBT_NUMBER_ROOM).default(''),
  /** `collector` checks what binds collectors; `any` only what binds every furnisher, for reading others' files. */
  profile: z.enum(['collector', 'any']).default('collector'),
  /** Named on accounts whose debt names no creditor of its own. */
  originalCreditor: z
    .strictObject({ name: text(30), classification: z.enum(CREDITOR_CLASSES as [string, ...string[]]) })
    .optional(),
  /** Start of our file names. */
  fileNamePrefix: plain(20),
  /** How to read the bureau's reject file, from its own document. Without it, delivery counts as held. */
  rejects: rejectMappingSchema.optional(),
});

export type Metro2Settings = z.infer<typeof settingsSchema>;
