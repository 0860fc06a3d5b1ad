import type { FileFault } from '../contract/files.js';
import type { FieldProblem } from './compiled-part.js';
import { segmentAt, type CompiledRecord, type CompiledSegment } from './compiled-record.js';
import { faultOf, type FaultPlace } from './fault.js';
import type { MutableRecord } from './field-codec.js';
import type { RecordBytes } from './part-reading.js';

/** Which occurrence of its type a segment is, as faults name it: the first needs no number. */
export function segmentOccurrence(repeated: number): number {
  return repeated > 1 ? repeated : 0;
}

/** Reads the segments that stand from `offset` to the end of the record, and counts them. */
export function readSegments(
  type: CompiledRecord,
  bytes: RecordBytes,
  offset: number,
  record: MutableRecord,
  problems: FieldProblem[],
  slots: Float64Array,
  place: FaultPlace,
  faults: FileFault[],
): void {
  const segments: MutableRecord[] = [];
  const end = bytes.length;
  let at = offset;
  let before: CompiledSegment | undefined;
  let repeated = 0;
  while (at < end) {
    const position = `${at + 1}-${Math.min(at + type.identifierLength, end)}`;
    const segment = segmentAt(type, bytes.bytes, bytes.at + at, bytes.at + end);
    if (segment === undefined) {
      const value = bytes.textAt(at, type.identifierLength).replace(/[^ -~]/g, '?');
      faults.push({ ...faultOf(place, 'segment', 'No whole segment starts here'), position, value });
      return;
    }
    repeated = before === segment ? repeated + 1 : 1;
    if (before !== undefined && before.order > segment.order) {
      const message = `Segment ${segment.name} must stand before ${before.name}`;
      faults.push({ ...faultOf(place, 'segment-order', message), position, value: segment.name });
    }
    if (repeated > segment.most || segments.length >= type.mostSegments) {
      const message = `Segment ${segment.name} may not appear again`;
      faults.push({ ...faultOf(place, 'segment-repeats', message), position, value: segment.name });
      return;
    }
    const into: MutableRecord = {};
    bytes.read(segment.part, at, segmentOccurrence(repeated), into, problems);
    for (const counter of segment.counters) counter(bytes.bytes, bytes.at + at, slots);
    segments.push(into);
    at += segment.part.length;
    before = segment;
  }
  if (segments.length > 0) record['segments'] = segments;
}
