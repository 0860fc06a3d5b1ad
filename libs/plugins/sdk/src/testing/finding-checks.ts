import { z } from 'zod';
import type { Finding } from '../contract/finding.js';
import { identifierIn } from './position-content.js';
import { ensure } from './test-framework.js';

const naturalKey = z.string().trim().min(1).max(500);
const reference = z.string().trim().min(1).max(200);
const text = z.string().max(10_000);
const minorUnits = z.int().nonnegative().max(1_000_000_000_000);
const details = z.record(z.string(), text);
const answerTo = z.strictObject({ fileName: z.string().min(1) }).nullable();
const about = { naturalKey, reference };
const money = {
  ...about,
  amountMinor: minorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  commissionMinor: minorUnits,
};
const count = z.int().nonnegative().nullable();

/** The vocabulary of findings as the hub takes it, and not a word more. */
const vocabulary = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('accepted'), ...about, answerTo, amountMinor: z.int().nullable().optional() }),
  z.strictObject({
    kind: z.literal('refused'),
    ...about,
    answerTo,
    code: text,
    message: text,
    field: text.nullable(),
  }),
  z.strictObject({
    kind: z.literal('file-answered'),
    naturalKey,
    answerTo: answerTo.unwrap(),
    rest: z.enum(['accepted', 'refused']),
    reason: text.nullable(),
    accepted: count,
    refused: count,
  }),
  z.strictObject({ kind: z.literal('paid'), ...money, paidOn: z.iso.date() }),
  z.strictObject({ kind: z.literal('payment-reversed'), ...money, reverses: naturalKey, reversedOn: z.iso.date() }),
  z.strictObject({
    kind: z.literal('balance-reported'),
    ...about,
    amountMinor: z.int(),
    asOf: z.iso.date(),
    account: text.nullable(),
  }),
  z.strictObject({
    kind: z.enum(['insolvent', 'deceased', 'disputed', 'active-duty', 'moratorium-started']),
    ...about,
    on: z.iso.date().nullable(),
    details,
  }),
  z.strictObject({
    kind: z.enum([
      'contact-found',
      'asset-found',
      'moratorium-ended',
      'placement-returned',
      'recall-contested',
      'status-reported',
      'hold-placed',
      'hold-cleared',
      'hearing-set',
      'judgment-entered',
      'filing-accepted',
      'filing-rejected',
      'offset-matched',
      'offset-contested',
      'offset-finalised',
      'offset-reversed',
    ]),
    ...about,
    details,
  }),
]) satisfies z.ZodType<Finding>;

/** Every finding is of the contract's vocabulary, with a key of its own and nobody's identifiers. */
export function checkFindings(
  findings: readonly Finding[],
  identifiers: readonly string[],
  repeats: readonly string[],
): void {
  const keys = new Set<string>();
  findings.forEach((finding, index) => {
    const at = `Finding ${index + 1} (${String(finding.kind)})`;
    const read = vocabulary.safeParse(finding);
    const issue = read.error?.issues[0];
    ensure(issue === undefined, `${at} is not of the vocabulary: ${issue?.path.join('.')} ${issue?.message}`);
    ensure(identifierIn(finding, identifiers) === null, `${at} carries an identifier`);
    const { naturalKey: key } = finding;
    ensure(!keys.has(key) || repeats.includes(key), `${at} has the natural key of another: ${key}`);
    keys.add(key);
    if (finding.kind === 'payment-reversed')
      ensure(finding.reverses !== key, `${at} reverses itself: a payment and its reversal are two statements`);
  });
}
