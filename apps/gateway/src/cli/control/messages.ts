import { z } from 'zod';

/** What a command asks of the running instance: one line of JSON, the only one. */
export const request = z.strictObject({ operation: z.string(), parameters: z.unknown() });

/** What the instance says back: lines of JSON, the last one a result, a refusal or a failure. */
export const reply = z.union([
  z.strictObject({ progress: z.strictObject({ step: z.string(), done: z.number(), of: z.number() }) }),
  z.strictObject({ result: z.unknown() }),
  z.strictObject({ refusal: z.strictObject({ code: z.string(), message: z.string() }) }),
  z.strictObject({ failure: z.string() }),
]);
export type Reply = z.infer<typeof reply>;
