import { z } from 'zod';
import { intakeParty } from './intake-party.js';
import { currency, day, isPrintable, optional, text } from './intake-text.js';
import { judgmentFault, YEARLY_PERCENT } from './judgment.js';
import { PLACED_STOP_KINDS } from './placed-stop-kinds.js';
import { PLAIN_PROOF_KINDS } from './proof.js';

const MINOR = 'must be a whole number of minor units above zero';

/** One movement on the debt before it came to Concord. Every amount is positive: the kind says which way it counts. */
const entry = z.strictObject({
  kind: z.enum(['assessment', 'interest', 'fee', 'payment'], 'must be assessment, interest, fee or payment'),
  amountMinor: z.int(MINOR).positive(MINOR),
  on: day,
  /** The source's key of this movement, unique within the debt: the same key is never posted twice. */
  reference: text(100),
});

const detail = z.union(
  [z.string().max(500).refine(isPrintable, 'must be printable text'), z.number(), z.boolean(), z.null()],
  'must be text, a number, true, false or null',
);

/** Why the office must hold back. Only JSON Lines carries stops; it is how the demonstration gets them. */
const stop = z
  .strictObject({
    kind: z.enum(PLACED_STOP_KINDS, `must be one of ${PLACED_STOP_KINDS.join(', ')}`),
    startsOn: day,
    endsOn: optional(day),
    details: z.record(text(100), detail).default({}),
  })
  .refine((value) => value.endsOn === null || value.endsOn >= value.startsOn, {
    path: ['endsOn'],
    message: 'is before startsOn',
  });

/** What shows that a duty towards the debtor was met before the debt came to Concord, such as a notice that was sent. */
const proof = z.strictObject({
  kind: z.enum(PLAIN_PROOF_KINDS, `must be one of ${PLAIN_PROOF_KINDS.join(', ')}`),
  on: day,
  /** The source's own reference of the letter, message or call. */
  reference: optional(text(100)),
});

const AWARD = 'must be a whole number of minor units, not below zero';
const award = z.int(AWARD).nonnegative(AWARD).default(0);

/** A judgment that was entered on the debt before it came to Concord, and is in force. */
const judgment = z.strictObject({
  court: text(200),
  caseNumber: text(60),
  enteredOn: day,
  principalMinor: award,
  interestMinor: award,
  feesMinor: award,
  costsMinor: award,
  yearlyPercent: optional(
    z.string('must be text').regex(YEARLY_PERCENT, "must be per cent with at most six places, such as '8.25'"),
  ),
  enforceableUntil: optional(day),
  /** Keys of the parties of this row whom it binds; null for all of them. */
  against: optional(z.array(text(60)).min(1, 'must name somebody')),
});

const fields = z.strictObject({
  /** The source's key of this debt, unique in the jurisdiction. */
  sourceReference: text(60),
  /** Code of the kind of debt, such as `parking-fine`: small letters, digits and hyphens. */
  type: z
    .string('must be text')
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a debt type code: small letters, digits and hyphens'),
  /** Whether the debt arose from a contract or an agreement to pay; null where nobody has said. */
  aroseFromContract: optional(z.boolean('must be true, false or blank')),
  originalCreditor: optional(
    z.strictObject({
      name: text(60),
      /** Creditor classification of two digits, as credit bureaus number them (04 government, 10 utilities, ...). */
      classification: z.string('must be text').regex(/^\d{2}$/, 'must be two digits'),
    }),
  ),
  incurredOn: optional(day),
  /** Date of first delinquency. */
  delinquentOn: optional(day),
  /** The date from which the debt is itemised to the debtor (US-REGF-03); null where nobody has chosen one. */
  itemisedOn: optional(day),
  currency,
  entries: z.array(entry).min(1, 'must have at least one entry'),
  debtor: intakeParty,
  coDebtors: z.array(intakeParty).default([]),
  stops: z.array(stop).default([]),
  proofs: z.array(proof).default([]),
  /** The day by which it was to be paid. */
  dueOn: optional(day),
  judgment: optional(judgment),
});

/**
 * One debt as a source system hands it over: what is owed, what moved on it, who owes it. Parsing trims texts, drops the
 * separators of telephone and identity numbers, and turns what is missing into null. Issues carry paths of this shape.
 */
export const intakeRow = fields.superRefine((row, context) => {
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });

  if (row.incurredOn !== null && row.delinquentOn !== null && row.delinquentOn < row.incurredOn) {
    refuse(['delinquentOn'], 'is before the debt was incurred');
  }
  if (row.incurredOn !== null && row.itemisedOn !== null && row.itemisedOn < row.incurredOn) {
    refuse(['itemisedOn'], 'is before the debt was incurred');
  }
  if (row.dueOn !== null && row.incurredOn !== null && row.dueOn < row.incurredOn) {
    refuse(['dueOn'], 'is before the debt was incurred');
  }
  if (row.dueOn !== null && row.delinquentOn !== null && row.delinquentOn < row.dueOn) {
    refuse(['dueOn'], 'is after the debt fell delinquent');
  }
  if (row.judgment !== null) {
    const fault = judgmentFault(row.judgment, row.incurredOn, null);
    if (fault) refuse(['judgment', fault.code === 'judgment-dates' ? 'enteredOn' : 'principalMinor'], fault.message);
    const owing = new Set([row.debtor, ...row.coDebtors].map(({ sourceReference }) => sourceReference));
    for (const [index, reference] of (row.judgment.against ?? []).entries()) {
      if (!owing.has(reference)) refuse(['judgment', 'against', index], 'names nobody who owes this debt');
    }
  }
  if (!row.entries.some(({ kind }) => kind === 'assessment')) refuse(['entries'], 'must have an assessment');
  for (const { index } of repeated(row.entries.map(({ reference }) => reference))) {
    refuse(['entries', index, 'reference'], 'is used twice within this debt');
  }
  for (const { index } of repeated([row.debtor, ...row.coDebtors].map(({ sourceReference }) => sourceReference))) {
    refuse(['coDebtors', index - 1, 'sourceReference'], 'names somebody who already owes this debt');
  }
  // Sums of safe integers may leave the range in which they are exact, so they are added as BigInt.
  const owed = sum(row.entries.filter(({ kind }) => kind !== 'payment'));
  const paid = sum(row.entries.filter(({ kind }) => kind === 'payment'));
  if (owed > BigInt(Number.MAX_SAFE_INTEGER)) refuse(['entries'], 'add up to more than can be kept exactly');
  // A credit balance is money to be refunded, and no debt that anyone may collect.
  else if (paid > owed) {
    const last = row.entries.findLastIndex(({ kind }) => kind === 'payment');
    refuse(['entries', last, 'amountMinor'], 'brings what was paid above what was ever owed');
  }
});

/** A debt, checked. Amounts are positive minor units of `currency`; dates are `YYYY-MM-DD`; what is unknown is null. */
export type IntakeRow = z.output<typeof intakeRow>;
export type IntakeEntry = z.output<typeof entry>;
export type IntakeStop = z.output<typeof stop>;
export type IntakeJudgment = z.output<typeof judgment>;
export type IntakeProof = z.output<typeof proof>;

function sum(entries: readonly { readonly amountMinor: number }[]): bigint {
  return entries.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
}

/** Positions of values that stood earlier in the list. */
function repeated(values: readonly string[]): { index: number }[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (seen.has(value)) return [{ index }];
    seen.add(value);
    return [];
  });
}
