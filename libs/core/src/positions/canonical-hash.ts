import { createHash } from 'node:crypto';
import type { JsonValue } from '@concord/plugin-sdk';
import type { Statement } from './domain/statement.js';

/** The same statement always has the same hash, in whatever order the fields of its content come. */
export function statementHash({ state, amountMinor, content }: Omit<Statement, 'reference'>): string {
  return createHash('sha256').update(canonical({ state, amountMinor, content })).digest('hex');
}

function canonical(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => canonical(item)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value as Record<string, JsonValue | undefined>)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
