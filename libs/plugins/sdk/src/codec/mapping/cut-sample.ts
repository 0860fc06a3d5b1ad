import type { FileFormatContext } from '../../contract/files.js';
import { isDelimited, type AnyLayout } from './any-layout.js';
import { cutDelimited } from './cut-delimited.js';
import { cutFixed } from './cut-fixed.js';
import type { CutRecord } from './cut-record.js';

/**
 * Cuts a sample of a partner's file by a layout, for a person who compares the two: each record with its fields as they
 * stand and as they are read, and its faults. Holds one record at a time, and hides what identifies a person.
 *
 * @throws Error when the layout does not pass its check
 */
export function cutSample(
  layout: AnyLayout,
  bytes: AsyncIterable<Uint8Array>,
  context: FileFormatContext,
): AsyncGenerator<CutRecord> {
  return isDelimited(layout) ? cutDelimited(layout, bytes, context) : cutFixed(layout, bytes, context);
}
