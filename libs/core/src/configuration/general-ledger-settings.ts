import { z } from 'zod';
import { anyLayoutSchema, fieldKey } from '@concord/plugin-sdk/codec';
import { ENTRY_KINDS } from '../cases/domain/ledger/entry.js';
import { GL_BUCKETS, GL_FIELDS } from '../general-ledger/domain/split-entry.js';

const kinds = ENTRY_KINDS.filter((kind) => kind !== 'reversal');

/** Which account of the general ledger takes what, and how the file is laid out. */
export const generalLedgerSettings = z.strictObject({
  /** The first that fits an entry takes it. A reversal goes to the account of what it undoes. */
  accounts: z
    .array(
      z.strictObject({
        kind: z.enum(kinds),
        bucket: z.enum(GL_BUCKETS).optional(),
        debtTypes: z.array(z.string()).min(1, 'must name a debt type').optional(),
        account: z.string().regex(/^[A-Za-z0-9._/-]{1,40}$/, 'must be an account code'),
      }),
    )
    .min(1, 'must have an account'),
  /** How the file is written, with its header and totals; CSV where there is none. */
  layout: anyLayoutSchema
    .refine(
      ({ records: [record, ...others] }) =>
        others.length === 0 &&
        (record?.fields ?? []).every(
          (field) => ['constant', 'filler', 'record-length'].includes(field.type) || isKnown(fieldKey(field)),
        ),
      `must have one record, with no fields but ${GL_FIELDS.join(', ')}`,
    )
    .optional(),
});

export type GeneralLedgerSettings = z.output<typeof generalLedgerSettings>;

function isKnown(key: string): boolean {
  return (GL_FIELDS as readonly string[]).includes(key);
}
