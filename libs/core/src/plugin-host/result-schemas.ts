import { ACTS, type DesiredPosition, type FileFault, type Finding, type PositionContent } from '@concord/plugin-sdk';
import { z } from 'zod';
import { unsafeNameReason } from '../channels/remote-name.js';
import type { DecodedItem, FormatFault, JobError, PluginDescription, SettingsCheck } from './jobs.js';

/**
 * What the host accepts from a plugin. Everything arrives as parsed JSON, so that values inside free content need no
 * check of their own.
 */
const text = z.string().max(10_000);
/** Keys of indexes: the database has no room for longer ones. */
const naturalKey = z.string().min(1).max(500);
const reference = z.string().min(1).max(200);
/** A date that exists: what comes after reads it as one. */
const isoDate = z.iso.date();
/** No amount of one statement is larger, or sums of them could no longer be held exactly. */
const LARGEST_MINOR = 1_000_000_000_000;
/** Money never runs backwards in a statement: taking back is a kind of its own. */
const minorUnits = z.int().nonnegative().max(LARGEST_MINOR);
const currency = z.string().regex(/^[A-Z]{3}$/);
/** Lists and objects are counted before they are looked into: each fault of a million would be kept with its place. */
const MANY = 1_000;
const details = z
  .custom<object>((value) => isSmallObject(value, MANY), 'not an object, or too large')
  .pipe(z.record(z.string(), text));

/** What a position says has a few levels; what is read to its bottom later has a bottom. */
const MAX_DEPTH = 20;

export const fileFaultSchema = z.object({
  severity: z.enum(['file', 'record']),
  file: text,
  record: z.int().nullable(),
  field: text.nullable(),
  position: text.nullable(),
  value: text.nullable(),
  rule: text,
  message: text,
}) satisfies z.ZodType<FileFault>;

const answerTo = z.object({ fileName: text }).nullable();

export const findingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accepted'),
    naturalKey,
    reference,
    answerTo,
    amountMinor: z.int().nullable().optional(),
  }),
  z.object({
    kind: z.literal('refused'),
    naturalKey,
    reference,
    answerTo,
    code: text,
    message: text,
    field: text.nullable(),
  }),
  z.object({
    kind: z.literal('file-answered'),
    naturalKey,
    answerTo: z.object({ fileName: text }),
    rest: z.enum(['accepted', 'refused']),
    reason: text.nullable(),
    accepted: z.int().nonnegative().nullable(),
    refused: z.int().nonnegative().nullable(),
  }),
  z.object({
    kind: z.literal('paid'),
    naturalKey,
    reference,
    amountMinor: minorUnits,
    currency,
    paidOn: isoDate,
    commissionMinor: minorUnits,
  }),
  z.object({
    kind: z.literal('payment-reversed'),
    naturalKey,
    reference,
    reverses: naturalKey,
    amountMinor: minorUnits,
    currency,
    reversedOn: isoDate,
    commissionMinor: minorUnits,
  }),
  z.object({
    kind: z.literal('balance-reported'),
    naturalKey,
    reference,
    amountMinor: z.int(),
    asOf: isoDate,
    account: text.nullable(),
  }),
  z.object({
    kind: z.enum(['insolvent', 'deceased', 'disputed', 'active-duty', 'moratorium-started']),
    naturalKey,
    reference,
    on: isoDate.nullable(),
    details,
  }),
  z.object({
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
    naturalKey,
    reference,
    details,
  }),
]) satisfies z.ZodType<Finding>;

const decodedFaultSchema = z.object({ fault: fileFaultSchema });

/** One decoded item. Chosen by its form first: trying the branches of a union in turn costs half of the time. */
export function parseDecodedItem(item: unknown): DecodedItem {
  const isFault = typeof item === 'object' && item !== null && 'fault' in item;
  return isFault ? decodedFaultSchema.parse(item) : findingSchema.parse(item);
}

const content = z.custom<PositionContent>(
  (value) => isSmallObject(value, MANY) && depthOf(value, MAX_DEPTH) <= MAX_DEPTH,
  'not an object, or too large or too deep',
);

const desiredPositionSchema = z.object({
  key: z.string().max(500),
  state: z.enum(['active', 'restrained', 'closed']),
  reference,
  amountMinor: minorUnits,
  content,
  reviewOn: isoDate.optional(),
}) satisfies z.ZodType<DesiredPosition>;

/** Positions of one debt: two under one key would be one position told two ways. */
export const desiredPositionsSchema = z
  .array(desiredPositionSchema)
  .max(100)
  .refine(
    (positions) => positions.length < 2 || new Set(positions.map(({ key }) => key)).size === positions.length,
    'two positions of one key',
  );

/** Becomes a file name at the partner, and is joined to its folder. */
export const fileNameSchema = z.string().refine((name) => unsafeNameReason(name) === null, {
  error: (issue) => unsafeNameReason(String(issue.input)) ?? 'unsafe name',
});

export const setAsideSchema = z.array(z.object({ sequence: z.int(), fault: fileFaultSchema }));
export const fileFaultsSchema = z.array(fileFaultSchema).max(MANY);
export const formatFaultsSchema = z
  .array(z.object({ line: z.int(), fault: fileFaultSchema }))
  .max(MANY) satisfies z.ZodType<FormatFault[]>;

const fileKinds = z.array(z.object({ kind: z.string().min(1), title: text })).max(MANY);
const outboundKinds = z
  .array(
    z.object({
      kind: z.string().min(1),
      title: text,
      carries: z.object({
        states: z.array(z.enum(['active', 'restrained', 'closed', 'absent'])).max(MANY),
        entries: z.boolean(),
      }),
      confirm: z.enum(['answer', 'delivery']).nullable(),
    }),
  )
  .max(MANY);

export const descriptionSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  family: text,
  title: text,
  requires: text,
  contractOk: z.boolean(),
  act: z.enum(ACTS).nullable(),
  update: z.enum(['replace', 'balance', 'delta', 'snapshot']).nullable(),
  states: z.array(z.enum(['active', 'restrained', 'closed'])).max(MANY),
  requests: z.array(z.string()).max(MANY),
  outboundKinds,
  inboundKinds: fileKinds,
  settingsSchema: z.record(z.string(), z.unknown()),
  example: z.unknown(),
}) satisfies z.ZodType<PluginDescription>;

export const settingsCheckSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    confirm: z.enum(['answer', 'delivery']).nullable(),
    cautions: z.array(z.object({ code: text, message: text, loopbackOnly: z.boolean() })).max(MANY),
    inbound: z.array(z.object({ kind: text, match: text, listsAll: z.boolean() })).max(MANY),
    emptyKinds: z.array(text).max(MANY),
  }),
  z.object({ ok: z.literal(false), faults: z.array(z.object({ path: text, message: text })).max(MANY) }),
]) satisfies z.ZodType<SettingsCheck>;

export const jobErrorSchema = z.object({ message: z.string(), item: z.int().nullable() }) satisfies z.ZodType<JobError>;

function isSmallObject(value: unknown, most: number): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length <= most;
}

/** Levels of objects and lists within each other, counted no further than one beyond `most`. */
function depthOf(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (most < 0) return 1;
  let deepest = 0;
  for (const inner of Object.values(value)) {
    const depth = depthOf(inner, most - 1);
    if (depth > deepest) deepest = depth;
  }
  return deepest + 1;
}
