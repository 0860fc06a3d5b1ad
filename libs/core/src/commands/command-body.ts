import type { z } from 'zod';
import { Refusal } from '../platform/errors.js';

/**
 * A command's body as its handler expects it.
 *
 * @throws Refusal `command-invalid` naming what is wrong with it
 */
export function commandBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal('command-invalid', `${issue!.path.join('.') || 'the order'}: ${issue!.message}`);
}
