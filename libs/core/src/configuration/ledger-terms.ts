import { z } from 'zod';
import { STOP_KINDS } from '@concord/plugin-sdk';
import { DEFAULT_ALLOCATION } from '../cases/domain/ledger/allocation-order.js';
import type { AllocationOrder } from '../cases/domain/ledger/allocation-order.js';
import { BUCKETS } from '../cases/domain/ledger/entry.js';
import { ACCRUAL_PERIODS } from '../cases/domain/interest/accrual-period.js';
import { DAY_COUNTS, INTEREST_BASES, INTEREST_STARTS } from '../cases/domain/interest/terms.js';
import { chargeRules } from './charge-rules.js';

const date = z.iso.date('must be a date that exists, written YYYY-MM-DD');
const unrepeated = (values: readonly string[]) => new Set(values).size === values.length;

const order = z
  .array(z.enum(BUCKETS))
  .refine(
    (list) => list.length === BUCKETS.length && unrepeated(list),
    `must name each of ${BUCKETS.join(', ')} exactly once`,
  );

const interest = z.strictObject({
  debtTypes: z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a debt type code: small letters, digits and hyphens'))
    .min(1, 'must name a debt type'),
  base: z.enum(INTEREST_BASES),
  dayCount: z.enum(DAY_COUNTS),
  startsOn: z.enum(INTEREST_STARTS),
  /** How often it is posted without being asked for. */
  accrue: z.enum(ACCRUAL_PERIODS).default('on-request'),
  /** Said by each office, be it that nothing freezes it. */
  frozenBy: z.array(z.enum(STOP_KINDS)),
  rates: z
    .array(
      z.strictObject({
        from: date,
        yearlyPercent: z
          .string("must be per cent in quotes, such as '8.25'")
          .regex(/^\d{1,3}(\.\d{1,6})?$/, "must be per cent with at most six places, such as '8.25'"),
      }),
    )
    .min(1, 'must have a rate')
    .refine((list) => unrepeated(list.map(({ from }) => from)), 'has two rates from one day'),
});

/**
 * How an office keeps its ledgers. No rate, no charge and no order is built in for any place: without `interest` and
 * `charges` there is none, and without `allocation` what the office laid out comes first and the principal last.
 */
export const ledgerTerms = z.strictObject({
  /** Each order holds for what is booked from its day on; the first without a day, for all before the others. */
  allocation: z
    .array(z.strictObject({ from: date.optional(), order }))
    .min(1, 'must have an order')
    .refine(([first, ...others]) => first?.from === undefined && others.every(({ from }) => from !== undefined), {
      message: 'must begin with an order without a day; every other one must have one',
    })
    .refine((list) => unrepeated(list.map(({ from }) => from ?? '')), 'has two orders from one day')
    .transform((list): readonly AllocationOrder[] =>
      list.map(({ from, order: buckets }) => ({ from: from ?? null, order: buckets })),
    )
    .default(DEFAULT_ALLOCATION),
  interest: z
    .array(interest)
    .refine((list) => unrepeated(list.flatMap(({ debtTypes }) => debtTypes)), 'names a debt type twice')
    .default([]),
  charges: chargeRules,
});
