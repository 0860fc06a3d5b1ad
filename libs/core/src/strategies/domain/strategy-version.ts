import { createHash } from 'node:crypto';
import type { Strategy } from './strategy.js';

/** What a strategy says, as a name: the same content has the same version, in whatever order its keys stand. */
export function strategyVersion(strategy: Strategy): string {
  return createHash('sha256').update(canonical(strategy)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
