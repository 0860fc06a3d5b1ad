import type { CompiledRecord, CompiledSegment } from './compiled-record.js';
import { faultOf, shownValue, unknownField } from './fault.js';
import type { MutableRecord } from './field-codec.js';
import type { RecordTarget } from './group-writing.js';
import { segmentOccurrence } from './segment-reading.js';

/**
 * Writes segments behind the first `length` bytes of a record.
 *
 * @returns the record's length with them
 */
export function writeSegments(type: CompiledRecord, segments: unknown, length: number, target: RecordTarget): number {
  const { bytes, at, longest, place, problems, placed, refuse } = target;
  if (!Array.isArray(segments) || segments.length > type.mostSegments) {
    refuse(faultOf(place, 'segments', `Segments must be a list of at most ${type.mostSegments}`));
    return length;
  }
  let end = length;
  let before: CompiledSegment | undefined;
  let repeated = 0;
  for (const candidate of segments as readonly unknown[]) {
    const segment = candidate as MutableRecord | null;
    const identifier = segment === null || typeof segment !== 'object' ? undefined : segment[type.segmentKey];
    const compiled = typeof identifier === 'string' ? type.segmentsByName.get(identifier) : undefined;
    if (segment === null || compiled === undefined) {
      refuse(faultOf(place, 'segment', `There is no segment ${shownValue(identifier, false) ?? 'without identifier'}`));
      return end;
    }
    repeated = before === compiled ? repeated + 1 : 1;
    if (before !== undefined && before.order > compiled.order) {
      refuse(faultOf(place, 'segment-order', `Segment ${compiled.name} must stand before ${before.name}`));
      return end;
    }
    if (repeated > compiled.most) {
      refuse(faultOf(place, 'segment-repeats', `Segment ${compiled.name} may appear ${compiled.most} times at most`));
      return end;
    }
    const { part, counters } = compiled;
    if (end + part.length > longest) {
      refuse(faultOf(place, 'length', `The record would exceed ${longest} bytes`));
      return end;
    }
    const unknown = part.write(segment, bytes, at + end, end, segmentOccurrence(repeated), problems);
    for (const key of unknown) refuse(unknownField(place, part.prefix + key));
    placed.push({ part, counters, offset: end });
    end += part.length;
    before = compiled;
  }
  return end;
}
