import type { z } from 'zod';
import { intakeRow } from '../domain/intake-row.js';
import { shownValue } from './intake-fault.js';
import type { IntakeFault, IntakeItem } from './intake-fault.js';

/** Reads one line of JSON Lines. Never throws for what a file may hold. */
export function readJsonRow(line: number, text: string, defaultCurrency: string): IntakeItem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { line, faults: [{ severity: 'row', line, column: null, value: null, reason: notJson(error) }] };
  }
  const parsed = intakeRow.safeParse(withCurrency(value, defaultCurrency));
  if (parsed.success) return { line, row: parsed.data };
  return { line, faults: parsed.error.issues.flatMap((issue) => faultsOf(line, value, issue)) };
}

function withCurrency(value: unknown, currency: string): unknown {
  const unnamed = typeof value === 'object' && value !== null && !Array.isArray(value) && !('currency' in value);
  return unnamed ? { ...value, currency } : value;
}

/** Only the position of the parser's message is told: the message itself quotes the line, identifiers and all. */
function notJson(error: unknown): string {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return position === undefined
    ? 'is not a JSON object'
    : `is not a JSON object: see character ${Number(position) + 1}`;
}

function faultsOf(line: number, row: unknown, issue: z.core.$ZodIssue): IntakeFault[] {
  const fault = (path: readonly PropertyKey[], reason: string): IntakeFault => {
    const column = path.length === 0 ? null : path.map(String).join('.');
    return {
      severity: 'row',
      line,
      column,
      value: column === null ? null : shownValue(column, valueAt(row, path)),
      reason,
    };
  };
  if (issue.code !== 'unrecognized_keys')
    return [fault(issue.path, issue.path.length === 0 ? 'is not a JSON object' : issue.message)];
  return issue.keys.map((key) => fault([...issue.path, key.slice(0, 60)], 'is not a field of an intake row'));
}

function valueAt(row: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<PropertyKey, unknown>)[key]
        : undefined,
    row,
  );
}
