import { z } from 'zod';
import { STOP_KINDS } from '@concord/plugin-sdk';
import { CHARGE_BASES, CHARGE_BUCKETS } from '../cases/domain/charges/charge-rule.js';
import type { ChargeAmount, ChargeRule, ChargeSpan } from '../cases/domain/charges/charge-rule.js';
import { debtType, id, unrepeated } from './codes.js';

const date = z.iso.date('must be a date that exists, written YYYY-MM-DD');
const text = (most: number) =>
  z.string().trim().min(1, 'must not be blank').max(most, `must not be longer than ${most} characters`);
const minor = z.int('must be whole minor units').positive('must be above zero').max(100_000_000, 'is too much');

const span = (least: number) => {
  const count = z.int('must be a whole number').min(least, `must be at least ${least}`).max(3_660, 'is too long');
  return z
    .strictObject({ days: count.optional(), months: count.optional() })
    .refine(({ days, months }) => (days === undefined) !== (months === undefined), 'must be either days or months')
    .transform(({ days, months }): ChargeSpan =>
      days === undefined ? { unit: 'months', count: months ?? least } : { unit: 'days', count: days },
    );
};

const amount = z
  .strictObject({
    minor: minor.optional(),
    percent: z
      .string("must be per cent in quotes, such as '2.5'")
      .regex(/^\d{1,3}(\.\d{1,6})?$/, "must be per cent with at most six places, such as '2.5'")
      .optional(),
    of: z.enum(CHARGE_BASES).optional(),
    atMostMinor: minor.optional(),
  })
  .transform((said, context): ChargeAmount => {
    const { percent, of, atMostMinor } = said;
    const fixed = percent === undefined && of === undefined && atMostMinor === undefined;
    if (said.minor !== undefined && fixed) return { minor: said.minor };
    if (said.minor === undefined && percent !== undefined && of !== undefined) {
      return { percent, of, atMostMinor: atMostMinor ?? null };
    }
    context.addIssue({ code: 'custom', message: 'must be either minor, or percent with of' });
    return z.NEVER;
  });

const rule = z
  .strictObject({
    id,
    title: text(60),
    authority: text(200),
    debtTypes: z.array(debtType).min(1, 'must name a debt type').refine(unrepeated, 'names a debt type twice'),
    bucket: z.enum(CHARGE_BUCKETS),
    amount,
    after: span(0),
    every: span(1).optional(),
    times: z.int('must be a whole number').positive('must be at least 1').optional(),
    from: date,
    to: date.optional(),
    /** Said by each office, be it that nothing freezes it. */
    frozenBy: z.array(z.enum(STOP_KINDS)),
  })
  .refine(({ times, every }) => times === undefined || every !== undefined, {
    path: ['times'],
    message: 'has no meaning without every',
  })
  .refine(({ amount, every }) => every === undefined || !growsOnItself(amount), {
    path: ['amount', 'atMostMinor'],
    message: 'must be said of per cent of a balance that is charged again: what was charged is part of that balance',
  })
  .refine(({ from, to }) => to === undefined || to >= from, { path: ['to'], message: 'is before from' })
  .transform(({ every, times, to, ...said }): ChargeRule => ({
    ...said,
    every: every ?? null,
    times: times ?? null,
    to: to ?? null,
  }));

/** Whether each charge raises the next one, without an end. */
function growsOnItself(amount: ChargeAmount): boolean {
  return 'percent' in amount && amount.of === 'balance' && amount.atMostMinor === null;
}

/** Late fees and collection costs that an office charges by rule. None is built in for any place. */
export const chargeRules = z
  .array(rule)
  .refine((list) => unrepeated(list.map((each) => each.id)), 'have the same id twice')
  .default([]);
