import { z } from 'zod';
import { UNCOUNTED_STATUSES } from './codes/account-status.js';
import { CREDITOR_CLASSES } from './codes/creditor-classification.js';
import { COUNTRIES } from './country.js';
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

/** A code of two characters or fewer, in capitals, as the bureau's own document has it. */
const bureauCode = z.string().regex(/^[A-Z0-9]{1,2}$/, 'one or two capitals or digits');

/** What only the Canadian bureau's own document can tell. What is left out is not sent. */
const canadaSchema = z.strictObject({
  /** Content of the Currency Type Code. */
  currencyTypeCode: plain(17).min(1).optional(),
  /** Marks an account in dispute, and takes the mark off. Without it a disputed account is taken back. */
  dispute: z.strictObject({ code: bureauCode, removal: bureauCode }).optional(),
  /** Special Comment of an account settled for less. Without it the account is told as paid. */
  settledComment: bureauCode.optional(),
  /** Statuses without a counter in the trailer that the bureau has confirmed. Others are refused. */
  uncountedStatuses: z.array(z.enum(UNCOUNTED_STATUSES)).default([]),
});

const MOST_RECORDS_PER_BLOCK = 100;
/** Of one type on one record: the record's length must still fit its four digits. */
const MOST_RESERVED = 20;

const reserved = (most: number) => z.int().min(0).max(most).default(0);

const fieldsSchema = z.strictObject({
  /** Whose dialect the bureau speaks. Debts of another country are not reported. */
  country: z.enum(COUNTRIES).default('US'),
  canada: canadaSchema.optional(),
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
  /** Debts that the office bought, by debt type: from whom, and on which day. They are reported as a debt buyer's. */
  boughtDebts: z.record(z.string().min(1), z.strictObject({ from: text(30), on: z.iso.date() })).optional(),
  /** Character form unless the bureau demands the packed one. */
  form: z.enum(['character', 'packed']).default('character'),
  /** Variable blocking: the most records of a block. Without it there are no block descriptor words. */
  recordsPerBlock: z.int().min(1).max(MOST_RECORDS_PER_BLOCK).optional(),
  /** Fixed records: how many segments of each type every record reserves room for. Without it records vary in length. */
  fixedRecords: z
    .strictObject({
      J1: reserved(MOST_RESERVED),
      J2: reserved(MOST_RESERVED),
      K1: reserved(1),
      K2: reserved(1),
      K3: reserved(1),
      K4: reserved(1),
      L1: reserved(1),
      N1: reserved(1),
    })
    .optional(),
  /** Start of our file names. */
  fileNamePrefix: plain(20),
  /** How to read the bureau's reject file, from its own document. Without it, delivery counts as held. */
  rejects: rejectMappingSchema.optional(),
});

export const settingsSchema = fieldsSchema.superRefine((settings, context) => {
  const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  const { country, form, fixedRecords, recordsPerBlock } = settings;
  if (settings.canada !== undefined && country !== 'CA') refuse('canada', 'only with country CA');
  if (form === 'packed' && country === 'CA') refuse('form', 'the positions of the Canadian packed form are not known');
  if (fixedRecords === undefined) return;
  if (form === 'packed') refuse('fixedRecords', 'the packed form has variable records');
  if (recordsPerBlock !== undefined) refuse('fixedRecords', 'blocks hold variable records');
});

export type Metro2Settings = z.infer<typeof settingsSchema>;
