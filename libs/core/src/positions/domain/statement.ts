import type { PositionContent, PositionState } from '@concord/plugin-sdk';

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
