import { z } from 'zod';
import { isTimeOfDay } from '../../calendar/domain/time-zone.js';
import { Refusal } from '../../platform/errors.js';

const MOST_GRACE_MINUTES = 7 * 24 * 60;

const file = {
  /** A kind of file that the plugin reads. */
  file: z.string().min(1),
  /** When it lies there at the latest, on the partner's clock. */
  by: z.string().refine(isTimeOfDay, 'must be a time of day such as 18:00'),
  /** How long after that somebody is told. */
  graceMinutes: z.int().nonnegative().max(MOST_GRACE_MINUTES).default(0),
};

const expectation = z.union([
  z.strictObject({ ...file, every: z.literal('business-day') }),
  z.strictObject({ ...file, every: z.literal('month'), on: z.literal('last-business-day') }),
  z.strictObject({
    ...file,
    every: z.literal('month'),
    on: z.int().min(1).max(31),
    roll: z.enum(['previous', 'next']),
  }),
]);

/** A file that the partner leaves regularly. */
export type FileExpectation = z.output<typeof expectation>;

/** Keys of a connector's entry by which somebody is told that its partner did not speak. */
export const expectations = {
  /** Files that the partner leaves by itself; one that does not come is alerted. */
  expects: z
    .array(expectation)
    .refine((list) => new Set(list.map(({ file: kind }) => kind)).size === list.length, 'names a kind of file twice')
    .optional(),
  /** How long the partner may take to say anything of a file that it answers, where it acknowledges files at once. */
  acknowledgementWithinMinutes: z.int().positive().optional(),
};

export type Expectations = z.output<z.ZodObject<typeof expectations>>;

/** What of an entry is kept with its settings: only what was said, so that settings from before stay as they are. */
export function expectationsOf({ expects, acknowledgementWithinMinutes }: Expectations): Expectations {
  return {
    ...(expects === undefined ? {} : { expects }),
    ...(acknowledgementWithinMinutes === undefined ? {} : { acknowledgementWithinMinutes }),
  };
}

/** @throws Refusal `settings` for a file that the plugin does not read: it would be missed for ever */
export function refuseUnknownFiles(
  connectorId: string,
  { expects = [] }: Expectations,
  inbound: readonly { readonly kind: string }[],
): void {
  const kinds = inbound.map(({ kind }) => kind);
  const unknown = expects.find(({ file: kind }) => !kinds.includes(kind));
  if (!unknown) return;
  const known = kinds.length > 0 ? `it reads ${kinds.join(', ')}` : 'it reads no files';
  throw new Refusal('settings', `connector ${connectorId}: expects: its plugin reads no ${unknown.file}; ${known}`);
}
