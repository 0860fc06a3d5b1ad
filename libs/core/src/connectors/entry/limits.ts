import { z } from 'zod';

/**
 * From where on a file waits for a person. The three absolute limits hold always; what is usual is the median of the
 * connector's last files of the same kind.
 */
export const limits = z.strictObject({
  /** Most records in a file. */
  records: z.int().nonnegative().optional(),
  /** Most records that put something adverse at the partner that it does not hold: tradelines opened, debts placed. */
  adverse: z.int().nonnegative().optional(),
  /** Most that a file may add to what the partner holds, over all its records, in minor units. */
  amountMinor: z.int().nonnegative().optional(),
  /** How many times the usual is too much; null for never. */
  timesUsual: z.number().min(1).nullable().default(5),
  /** Up to so many records nothing is unusual. */
  fewest: z.int().nonnegative().default(50),
  /** How many files are looked back at. With fewer than three there is nothing usual yet. */
  history: z.int().min(3).max(100).default(10),
});

export type Limits = z.output<typeof limits>;

/** What holds where a connector's settings say nothing. */
export const DEFAULT_LIMITS: Limits = limits.parse({});
