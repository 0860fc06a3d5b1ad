import { z } from 'zod';

/** An id in configuration: what is written there is kept with what it brings about. */
export const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens, such as us-ca-berkeley');

/** The type of a debt as the source writes it. */
export const debtType = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a debt type code: small letters, digits and hyphens');

export function unrepeated(values: readonly (string | number)[]): boolean {
  return new Set(values).size === values.length;
}
