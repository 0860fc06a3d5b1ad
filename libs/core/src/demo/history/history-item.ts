import { z } from 'zod';
import { FREQUENCIES } from '../../arrangements/domain/plan-terms.js';
import { PLACED_STOP_KINDS } from '../../cases/domain/placed-stop-kinds.js';
import { PLAIN_PROOF_KINDS } from '../../cases/domain/proof.js';

const day = z.iso.date();
const minor = z.int().positive();
/** Every item names a debt by the source's reference, and has a key of its own: carried out twice it has its effect once. */
const common = { debt: z.string(), key: z.string(), on: day };

/**
 * One thing that happened to an invented debt after it was taken in, on a day that is past. It is carried out as officers
 * would have done it on that day.
 */
export const historyItem = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('pay'), ...common, amountMinor: minor, reference: z.string() }),
  /** The bank returned the payment that has the key `payment`. */
  z.strictObject({ does: z.literal('bounce'), ...common, payment: z.string() }),
  z.strictObject({
    does: z.literal('credit'),
    ...common,
    kind: z.enum(['adjustment', 'credit-note', 'waiver', 'write-off']),
    amountMinor: minor,
    reason: z.string(),
  }),
  z.strictObject({
    does: z.literal('agree'),
    ...common,
    frequency: z.enum(FREQUENCIES),
    firstDueOn: day,
    amountMinor: minor,
    instalments: z.int().positive(),
  }),
  z.strictObject({
    does: z.literal('stop'),
    ...common,
    /** The debt itself, or its debtor wherever that party owes. */
    subject: z.enum(['debt', 'debtor']),
    kind: z.enum(PLACED_STOP_KINDS),
    details: z.record(z.string(), z.string()),
    source: z.string(),
    proof: z.string().nullable(),
  }),
  /** The stop that has the key `stop` is over. */
  z.strictObject({ does: z.literal('lift'), ...common, stop: z.string() }),
  /** The insolvency whose stop has the key `insolvency` ended in a discharge. */
  z.strictObject({
    does: z.literal('discharge'),
    ...common,
    insolvency: z.string(),
    surviving: z.array(z.strictObject({ debt: z.string(), ground: z.string() })),
    proof: z.string(),
  }),
  z.strictObject({ does: z.literal('proof'), ...common, kind: z.enum(PLAIN_PROOF_KINDS), reference: z.string() }),
]);

export type HistoryItem = z.output<typeof historyItem>;
