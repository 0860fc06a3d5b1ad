import type { LimitExceeded, Usual, Volume } from '../domain/volume-limits.js';
import type { PreviewedRecord } from './record-reasons.js';

/** A file as it would go out, or went. */
export interface PreviewedFile {
  readonly kind: string;
  /** With the number that it would get now. */
  readonly fileName: string;
  readonly records: number;
  readonly bytes: number;
  /** The beginning of its bytes, at most 64 KiB. */
  readonly beginning: Buffer;
  readonly truncated: boolean;
  /** Its first 1,000 records. */
  readonly recordList: readonly PreviewedRecord[];
  /** Records that the format can't carry: they would be left out of the bytes. */
  readonly leftOut: readonly { readonly sequence: number; readonly reason: string }[];
  /** How it differs from the connector's last files; null for a file that was released. */
  readonly compared: {
    readonly usual: Usual;
    readonly volume: Volume;
    /** The limits for which it would wait for a person. */
    readonly over: readonly LimitExceeded[];
  } | null;
}
