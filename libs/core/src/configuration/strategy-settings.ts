import { z } from 'zod';
import { ACTS } from '@concord/plugin-sdk';
import type { Act } from '@concord/plugin-sdk';
import { exclusiveGroup } from '../rules/domain/exclusive-acts.js';
import { AGE_DATES, HINDRANCES, REFERRAL_ENDS, REQUIREMENTS } from '../strategies/domain/strategy.js';
import type { Strategy } from '../strategies/domain/strategy.js';
import { debtType, id, unrepeated } from './codes.js';

const minor = z.int('must be whole minor units of the currency').nonnegative('must not be negative');
const days = z.int('must be whole days').nonnegative('must not be negative');
const atLeastOne = z.int('must be a whole number').positive('must be at least 1');

/** A list of words, each at most once. */
const some = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.array(z.enum(words)).min(1, 'must not be empty').refine(unrepeated, 'names one twice').optional();

const agencyShare = z.strictObject({
  connector: id,
  share: z.int('must be a whole number').positive('must be at least 1').max(1_000_000, 'must be at most 1000000'),
  /** Most referrals in force at the connector, whoever made them. 0 gives it nothing new. */
  capacity: z.int('must be a whole number of referrals').nonnegative('must not be negative').optional(),
});

const recall = z
  .strictObject({
    withoutPaymentDays: atLeastOne.max(36_600, 'must be at most 36600').optional(),
    withoutPaymentMonths: atLeastOne.max(1_200, 'must be at most 1200').optional(),
  })
  .refine(
    ({ withoutPaymentDays, withoutPaymentMonths }) =>
      (withoutPaymentDays === undefined) !== (withoutPaymentMonths === undefined),
    { message: 'must give either withoutPaymentDays or withoutPaymentMonths' },
  );

const strategy = z
  .strictObject({
    id,
    act: z.enum(ACTS),
    /** Each of them gets every debt. */
    connectors: z.array(id).min(1, 'must name a connector').refine(unrepeated, 'names a connector twice').optional(),
    /** Each debt goes to one of them. */
    oneOf: z
      .array(agencyShare)
      .min(1, 'must name a connector')
      .refine((list) => unrepeated(list.map((item) => item.connector)), 'names a connector twice')
      .optional(),
    /** Which referral of a debt it makes: 2 is the second, once the first is over. */
    round: atLeastOne.max(9, 'must be at most 9').optional(),
    pauseDays: atLeastOne.max(36_600, 'must be at most 36600').optional(),
    after: some(REFERRAL_ENDS),
    sameAgencyAgain: z.boolean().optional(),
    debtTypes: z.array(debtType).min(1, 'must name a debt type').refine(unrepeated, 'names a debt type twice'),
    /** Days since the date of first delinquency, unless `ageFrom` names another. */
    minAgeDays: days,
    ageFrom: z.enum(AGE_DATES).optional(),
    minBalanceMinor: minor,
    maxBalanceMinor: minor.optional(),
    debtorKinds: some(['person', 'business']),
    requires: some(REQUIREMENTS),
    notWhile: some(HINDRANCES),
    recall: recall.optional(),
    /** Per cent of the debts that a change may refer or recall without a person. */
    surprisingShare: atLeastOne.max(100, 'must be at most 100').optional(),
  })
  .refine(
    ({ minBalanceMinor, maxBalanceMinor }) => maxBalanceMinor === undefined || maxBalanceMinor >= minBalanceMinor,
    {
      path: ['maxBalanceMinor'],
      message: 'is below minBalanceMinor',
    },
  )
  .refine(({ connectors, oneOf }) => (connectors === undefined) !== (oneOf === undefined), {
    message: 'must name either connectors (each of them gets every debt) or oneOf (each debt goes to one of them)',
  })
  .refine(({ act, connectors = [] }) => connectors.length <= 1 || exclusiveGroup(act) === null, {
    path: ['connectors'],
    error: ({ input }) =>
      `only one connector at a time may ${(input as { readonly act: Act }).act} a debt: name them under oneOf, each with its share`,
  })
  .refine(({ round, oneOf }) => round === undefined || oneOf !== undefined, {
    path: ['round'],
    message: 'needs oneOf: a second referral goes to one of the connectors',
  })
  .refine(
    ({ round = 1, pauseDays, after, sameAgencyAgain }) =>
      round > 1 || (pauseDays === undefined && after === undefined && sameAgencyAgain === undefined),
    { path: ['round'], message: 'must be 2 or more where pauseDays, after or sameAgencyAgain is given' },
  )
  .refine((given) => given.recall === undefined || exclusiveGroup(given.act) !== null, {
    path: ['recall'],
    message: 'is for debts that are placed: what is only reported has no result to wait for',
  })
  // The refinements above leave exactly one of the two.
  .transform(({ connectors, oneOf, round, pauseDays, after, sameAgencyAgain, ...rest }): Strategy =>
    oneOf
      ? { ...rest, oneOf, ...given({ round, pauseDays, after, sameAgencyAgain }) }
      : { ...rest, connectors: connectors ?? [] },
  );

/** The strategies of an office, in the order in which they are asked. */
export const strategiesSettings = z
  .array(strategy)
  .refine((list) => unrepeated(list.map((item) => item.id)), 'have the same id twice');

/** Without what was left out: two contents that say the same are the same. */
function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
