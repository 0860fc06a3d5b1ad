import { createHash } from 'node:crypto';
import type { JsonValue, UpdateKind } from '@concord/plugin-sdk';
import type { Statement } from './domain/statement.js';

/**
 * The same statement always has the same hash, in whatever order the fields of its content come. To a partner that takes
 * ledger entries (`delta`) another amount is no other statement: entries tell it.
 */
export function statementHash(
  { state, amountMinor, content }: Omit<Statement, 'reference'>,
  update: UpdateKind,
): string {
  const told = update === 'delta' ? { state, content } : { state, amountMinor, content };
  return createHash('sha256').update(canonical(told)).digest('hex');
}

function canonical(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => canonical(item)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value as Record<string, JsonValue | undefined>)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
