import { z } from 'zod';
import { checkLayout } from '@concord/plugin-sdk/codec';
import { DATED_FACTS } from './debt-facts.js';
import { debtorMappingSchema } from './debtor-mapping.js';
import { MONEY_COLUMNS } from './layout/cact.js';
import { mappedLayout, placementLayout, TRAILED_KINDS, trailedLayout } from './layout/files.js';
import { MAPPED_KINDS } from './mapped/kinds.js';
import { mappedFilesSchema } from './mapped/mapping.js';
import { trailerMappingsSchema } from './trailer-mappings.js';

/** Text that a file can carry: printable ASCII. */
const text = (most: number): z.ZodString =>
  z
    .string()
    .regex(/^[ -~]+$/, 'only printable ASCII characters')
    .max(most)
    .refine((value) => value.trim() !== '', 'must not be blank');

/** A code of up to three characters, as agreed with the agency. */
const code3 = z.string().regex(/^[!-~]{1,3}$/, 'one to three characters');
const column = z.enum(MONEY_COLUMNS);
const accountDate = z.enum(DATED_FACTS).optional();
const pattern = (start: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_.*-]+$/)
    .max(100)
    .default(`${start}*.txt`);
/** What our files are called after. Public is only that ours start with C. */
const fileKind = (kind: string) =>
  z
    .string()
    .regex(/^C[A-Z0-9]{1,9}$/, 'C, then capitals and digits')
    .default(kind);

/** What a status code of the agency says, in the words of findings. */
export const STATUS_MEANINGS = [
  'accepted',
  'refused',
  'disputed',
  'insolvent',
  'deceased',
  'active-duty',
  'placement-returned',
  'status-reported',
] as const;

const commissionSchema = z.discriminatedUnion('remits', [
  /** The agency passes on everything that it collects, and bills its commission. */
  z.strictObject({ remits: z.literal('gross') }),
  /** The agency keeps its commission. */
  z.strictObject({
    remits: z.literal('net'),
    /** Which of the eight buckets states the commission. */
    commissionBucket: z.int().min(1).max(8),
    /** Whether the payment amount is what the debtor paid, or what is left of it. */
    amountIs: z.enum(['collected', 'remitted']),
  }),
]);

export type Commission = z.infer<typeof commissionSchema>;

export const settingsSchema = z
  .strictObject({
    /** The agency, as it calls itself in these files. */
    agency: z.strictObject({ code: text(30), name: text(50) }),
    /** In front of our file names. */
    fileNamePrefix: z
      .string()
      .regex(/^[A-Za-z0-9]*$/, 'only letters and digits')
      .max(20)
      .default(''),
    fileKinds: z.strictObject({ payments: fileKind('CPAY'), recalls: fileKind('CREC') }).prefault({}),
    /** Which column carries which kind of ledger entry. The meaning of other3 to other9 is agreed with the agency. */
    columns: z.strictObject({
      assessment: column,
      interest: column,
      fee: column,
      payment: column,
      adjustment: column,
    }),
    /** Codes of what a direct payment or adjustment is, agreed with the agency. */
    batchTypes: z.strictObject({ payment: code3, reversal: code3, increase: code3, decrease: code3 }),
    /** Codes of why an account is called back, agreed with the agency. */
    recallReasons: z.strictObject({
      paid: code3,
      settled: code3,
      withdrawn: code3,
      dispute: code3,
      insolvency: code3,
      deceased: code3,
      hold: code3,
      other: code3,
    }),
    /** For how many days the agency may object to a discretionary recall; 0 where it may not. */
    objectionDays: z.int().min(0).max(365).default(0),
    /** Whether the itemisation goes with the account, as pairs of title and data. */
    itemisation: z.boolean().default(true),
    itemisationTitles: z
      .strictObject({
        date: text(30).default('ITEMIZATION DATE'),
        balance: text(30).default('ITEMIZATION BALANCE'),
        interest: text(30).default('INTEREST SINCE'),
        fees: text(30).default('FEES SINCE'),
        payments: text(30).default('PAYMENTS SINCE'),
        credits: text(30).default('CREDITS SINCE'),
      })
      .prefault({}),
    /** Titles under which facts of the debt go along; a fact without one is not told. */
    factTitles: z
      .strictObject({
        debtType: text(30).optional(),
        originalCreditor: text(30).optional(),
        incurredOn: text(30).optional(),
        delinquentOn: text(30).optional(),
      })
      .prefault({}),
    /** Which day of the debt stands in which date field of the account; one that is left out stays blank. */
    accountDates: z
      .strictObject({
        lastChargeDate: accountDate,
        userdate1: accountDate,
        userdate2: accountDate,
        userdate3: accountDate,
      })
      .prefault({}),
    /** The debtors' telephone numbers as records of their own. Left out: they stand in the debtor record, or nowhere. */
    phones: z
      .strictObject({
        /** What kind of number the office's is taken for, and how sure it is of it, as agreed with the agency. */
        type: z.string().regex(/^[0-9]$/, 'one digit'),
        status: z
          .string()
          .regex(/^[0-9]$/, 'one digit')
          .default('0'),
        source: text(30).optional(),
      })
      .optional(),
    /** What the agency's asset type ids stand for. One that is not listed is shown as it is. */
    assetTypes: z.record(z.string().regex(/^[!-~]{1,9}$/, 'one to nine characters'), text(100)).default({}),
    commission: commissionSchema,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('USD'),
    /** What the agency's status codes say. One that is not listed goes to a person. */
    statusCodes: z
      .record(
        code3,
        z.strictObject({
          as: z.enum(STATUS_MEANINGS),
          /** Added to what is found, e.g. `{ chapter: '7' }` for an insolvency. */
          details: z.record(z.string().min(1).max(40), z.string().max(200)).optional(),
        }),
      )
      .default({}),
    /** How to write the debtor record, from the agency's own document. */
    debtor: debtorMappingSchema,
    /** The trailers of all files but the placement file, from the agency's own document. */
    trailers: trailerMappingsSchema.optional(),
    /** How to read the agency's files whose records are not public, from its own document. */
    mapped: mappedFilesSchema.optional(),
    /** Patterns of the agency's file names, `*` for any run of characters. */
    match: z
      .strictObject({
        acknowledgements: pattern('AACK'),
        agencyPayments: pattern('APAY'),
        statuses: pattern('ASTS'),
        addresses: pattern('AUAD'),
        phones: pattern('AUPH'),
        assets: pattern('AAST'),
        objections: pattern('AOBJ'),
        reconciliations: pattern('AREC'),
      })
      .prefault({}),
  })
  .superRefine(({ debtor, trailers, mapped }, context) => {
    const report = (path: readonly (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path: [...path], message });
    };
    for (const { path, message } of checkLayout(placementLayout(debtor.record))) {
      // Of a layout that is wrong somewhere, only the mapped record can be.
      const own = path[0] === 'records' ? path.slice(2) : path;
      report(['debtor', 'record', ...own], message);
    }
    for (const kind of TRAILED_KINDS) {
      const mapping = trailers?.[kind];
      if (mapping === undefined) continue;
      for (const { path, message } of checkLayout(trailedLayout(kind, mapping.record))) {
        report(['trailers', kind, 'record', ...path.slice(1)], message);
      }
    }
    for (const kind of MAPPED_KINDS) {
      const mapping = mapped?.[kind];
      if (mapping === undefined) continue;
      for (const { path, message } of checkLayout(mappedLayout(kind, mapping.record, mapping.trailer?.record))) {
        const own = path[0] === 'records' ? ['record', ...path.slice(2)] : ['trailer', 'record', ...path.slice(1)];
        report(['mapped', kind, ...own], message);
      }
    }
  });

export type AimSettings = z.infer<typeof settingsSchema>;
