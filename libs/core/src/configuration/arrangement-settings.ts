import { z } from 'zod';
import { ACTS } from '@concord/plugin-sdk';
import { DEFAULT_POLICY } from '../arrangements/domain/arrangement-policy.js';
import type { ArrangementPolicy } from '../arrangements/domain/arrangement-policy.js';

/** What an office has decided about payment arrangements; what is left out is {@link DEFAULT_POLICY}'s. */
export const arrangementSettings = z.strictObject({
  graceDays: z.int('must be whole days').nonnegative('must not be negative').max(366, 'must be at most 366').optional(),
  graceIn: z.enum(['business-days', 'calendar-days']).optional(),
  nonBusinessDay: z.enum(['next-business-day', 'as-agreed']).optional(),
  maximumMonths: z
    .int('must be whole months')
    .positive('must be at least 1')
    .max(600, 'must be at most 600')
    .optional(),
  holdsBack: z
    .array(z.enum(ACTS))
    .refine((acts) => new Set(acts).size === acts.length, 'names an act twice')
    .optional(),
});

/** The office's own decisions, with the usual ones where it made none. */
export function arrangementPolicy({
  arrangements = {},
}: {
  readonly arrangements?: z.output<typeof arrangementSettings> | undefined;
}): ArrangementPolicy {
  return {
    graceDays: arrangements.graceDays ?? DEFAULT_POLICY.graceDays,
    graceIn: arrangements.graceIn ?? DEFAULT_POLICY.graceIn,
    nonBusinessDay: arrangements.nonBusinessDay ?? DEFAULT_POLICY.nonBusinessDay,
    maximumMonths: arrangements.maximumMonths ?? DEFAULT_POLICY.maximumMonths,
    holdsBack: arrangements.holdsBack ?? DEFAULT_POLICY.holdsBack,
  };
}
