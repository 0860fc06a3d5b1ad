import type { FileFault, Finding, FindingKind } from '@concord/plugin-sdk';
import type { Connector } from '../../connectors/connector.js';

/** What a partner's file said at one place: a finding, or a record that could not be read. */
export type Statement = Finding | { readonly fault: FileFault };

/** A statement with its place in the file, from 1. */
export interface Numbered<T> {
  readonly sequence: number;
  readonly statement: T;
}

/** Where and when findings are applied. */
export interface ApplyContext {
  readonly connector: Connector;
  /** The incoming exchange. */
  readonly exchangeId: string;
  readonly businessDate: string;
  readonly correlationId: string;
  readonly at: Date;
  /** Set where a statement is applied later than its file was read: by a replay, or mended by a person. */
  readonly late?: LateStatement;
}

/** When something was said that has its effect only now. */
export interface LateStatement {
  /** When the file came. */
  readonly saidAt: Date;
  /** Business date of the file; what it says is booked on the context's. */
  readonly saidOn: string;
}

/** What is settled on the connectors' side. Everything else that a partner says is for the case. */
export const ANSWERS: ReadonlySet<FindingKind> = new Set(['accepted', 'refused', 'file-answered']);

/** The finding that has a kind. */
type FindingOf<F, K> = F extends { kind: infer L } ? (K extends L ? F : never) : never;

/** The statements of one kind. */
export function ofKind<K extends FindingKind>(
  statements: readonly Numbered<Finding>[],
  kind: K,
): Numbered<FindingOf<Finding, K>>[] {
  return statements.filter((each): each is Numbered<FindingOf<Finding, K>> => each.statement.kind === kind);
}
