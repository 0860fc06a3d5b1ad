import { z } from 'zod';
import { NO_WRITE_OFF_POLICY } from '../reports/domain/write-off-policy.js';
import type { WriteOffPolicy } from '../reports/domain/write-off-policy.js';

const years = z.int('must be whole years').positive('must be at least 1').max(100, 'must be at most 100');

const limitation = z.strictObject({
  debtTypes: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a debt type code: small letters, digits and hyphens'))
    .min(1, 'must name a debt type'),
  years,
  runsFrom: z.enum(['incurred', 'delinquent']),
  /** Said by each office: whether a payment starts the period again is its law. */
  restartsOnPayment: z.boolean(),
  citation: z.string().trim().min(1, 'must not be blank').max(200, 'must be at most 200 characters'),
});

/** For which reasons an office wants debts put up to be written off; what is left out is no reason. */
export const writeOffSettings = z.strictObject({
  olderThanYears: years.optional(),
  costOfCollectionMinor: z.int('must be whole minor units').positive('must be at least 1').optional(),
  limitation: z
    .array(limitation)
    .refine((list) => {
      const types = list.flatMap(({ debtTypes }) => debtTypes);
      return new Set(types).size === types.length;
    }, 'names a debt type twice')
    .optional(),
  deceasedWithoutEstate: z.boolean().optional(),
  dischargedInsolvency: z.boolean().optional(),
  returnedNotices: z
    .int('must be whole letters')
    .positive('must be at least 1')
    .max(100, 'must be at most 100')
    .optional(),
});

/** The office's own reasons; none where it names none. */
export function writeOffPolicy({
  writeOff = {},
}: {
  readonly writeOff?: z.output<typeof writeOffSettings> | undefined;
}): WriteOffPolicy {
  return {
    olderThanYears: writeOff.olderThanYears ?? NO_WRITE_OFF_POLICY.olderThanYears,
    costOfCollectionMinor: writeOff.costOfCollectionMinor ?? NO_WRITE_OFF_POLICY.costOfCollectionMinor,
    limitation: writeOff.limitation ?? NO_WRITE_OFF_POLICY.limitation,
    deceasedWithoutEstate: writeOff.deceasedWithoutEstate ?? NO_WRITE_OFF_POLICY.deceasedWithoutEstate,
    dischargedInsolvency: writeOff.dischargedInsolvency ?? NO_WRITE_OFF_POLICY.dischargedInsolvency,
    returnedNotices: writeOff.returnedNotices ?? NO_WRITE_OFF_POLICY.returnedNotices,
  };
}
