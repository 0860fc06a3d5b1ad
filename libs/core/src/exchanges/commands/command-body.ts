import { z } from 'zod';
import { Refusal } from '../../platform/errors.js';

/** What a command was ordered with. @throws Refusal `body-invalid`, naming the first field that is wrong */
export function commandBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal('body-invalid', [issue?.path.join('.'), issue?.message].filter(Boolean).join(': '));
}
