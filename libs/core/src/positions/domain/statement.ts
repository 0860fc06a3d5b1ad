import type { JsonValue, PositionContent, PositionState } from '@concord/plugin-sdk';

/**
 * What one partner holds, was told, or should hold under one key. Nothing held is null, or a statement whose state is
 * `absent`; both mean the same everywhere in this folder.
 */
export interface Statement {
  readonly state: PositionState;
  /** Minor units. */
  readonly amountMinor: number;
  readonly content: PositionContent;
  /** How the partner names this position. Stable for life. */
  readonly reference: string;
}

/** A statement that the partner holds something. */
export type Standing = Statement & { readonly state: Exclude<PositionState, 'absent'> };

/** Whether a partner that was told this holds anything. */
export function stands(statement: Statement | null): statement is Standing {
  return statement !== null && statement.state !== 'absent';
}

/**
 * Whether two statements tell a partner the same. The order of the fields in the content does not matter, and all
 * ways of holding nothing are the same.
 */
export function isSame(a: Statement | null, b: Statement | null): boolean {
  if (!stands(a) || !stands(b)) return stands(a) === stands(b);
  return a.state === b.state && a.amountMinor === b.amountMinor && isSameJson(a.content, b.content);
}

function isSameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isList(a) || isList(b)) {
    return isList(a) && isList(b) && a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  }
  // A field that is undefined is not there once it is stored as JSON.
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((field) => isSameJson(a[field], b[field]));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
