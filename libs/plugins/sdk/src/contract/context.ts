import type { FileFault } from './files.js';
import type { IsoDate } from './iso-date.js';
import type { Decision } from './snapshot.js';

/** What `desire` may look at beside the debt. The same debt and context give the same answer. */
export interface DesireContext<S> {
  readonly settings: S;
  readonly date: IsoDate;
  /** What the rules say about this plugin's act on this debt. */
  readonly decision: Decision;
}

/** Values of the identifiers that the positions in this file refer to. */
export interface Identifiers {
  /** The value in clear, or undefined when it was removed. Digits for numbers, ISO date for a date of birth. */
  value(identifier: string): string | undefined;
}

export interface EncodeContext<S> {
  readonly settings: S;
  readonly date: IsoDate;
  /** The name under which the file will be delivered. */
  readonly fileName: string;
  /** Number of this file in the connector's sequence for the kind, from 1, without gaps. */
  readonly fileSequence: number;
  readonly identifiers: Identifiers;
  /** Leaves one change out of the file: it harms only itself, and waits with this reason. */
  setAside(sequence: number, fault: FileFault): void;
}

export interface NameContext<S> {
  readonly settings: S;
  readonly date: IsoDate;
  readonly fileSequence: number;
}

export interface DecodeContext<S> {
  readonly settings: S;
  /** The partner's name of the file, for faults only. Never a path. */
  readonly fileName: string;
}
