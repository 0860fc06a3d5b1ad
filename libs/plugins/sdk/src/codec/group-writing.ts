import type { FileFault, PartnerRecord } from '../contract/files.js';
import type { CompiledPart, FieldProblem } from './compiled-part.js';
import type { CompiledGroup, CompiledRecord } from './compiled-record.js';
import { faultOf, unknownField, type FaultPlace } from './fault.js';
import type { MutableRecord } from './field-codec.js';

/** A part that was written into a record, and where in the record it starts. */
export interface PlacedPart {
  readonly part: CompiledPart;
  readonly counters: CompiledGroup['counters'];
  readonly offset: number;
}

/** Where a record is being written, and where what is wrong with it goes. */
export interface RecordTarget {
  readonly bytes: Uint8Array;
  readonly at: number;
  /** Most bytes of the record. */
  readonly longest: number;
  readonly place: FaultPlace;
  readonly problems: FieldProblem[];
  readonly placed: PlacedPart[];
  readonly refuse: (fault: FileFault) => void;
}

/**
 * Writes the groups of a record whose own fields are written, and the counts of those that are counted.
 *
 * @returns the record's length with its counted groups
 */
export function writeGroups(type: CompiledRecord, record: PartnerRecord, target: RecordTarget): number {
  let length = type.part.length;
  for (const group of type.groups) {
    const value = record[group.key] ?? [];
    if (!Array.isArray(value) || value.length > group.most) {
      refuseGroup(group, target, `must be a list of at most ${group.most}`);
      continue;
    }
    const offset = group.count === null ? group.at : length;
    if (group.count !== null) {
      length += value.length * group.part.length;
      if (length > target.longest) {
        target.refuse(faultOf(target.place, 'length', `The record would exceed ${target.longest} bytes`));
        return length;
      }
      writeCount(type, group.count, record, value.length, target);
    }
    writeOccurrences(group, value, offset, target);
  }
  return length;
}

function writeCount(
  { part }: CompiledRecord,
  { field, key, write }: NonNullable<CompiledGroup['count']>,
  record: PartnerRecord,
  count: number,
  { bytes, at, problems }: RecordTarget,
): void {
  const stated = record[key];
  const told = { part, field, offset: 0, occurrence: 0 };
  if (stated !== undefined && stated !== null && stated !== count) {
    problems.push({ ...told, rule: 'occurs', value: stated });
  } else if (!write(count, bytes, at)) problems.push({ ...told, rule: 'length', value: count });
}

function writeOccurrences(
  group: CompiledGroup,
  occurrences: readonly unknown[],
  start: number,
  target: RecordTarget,
): void {
  const { part, counters, count } = group;
  occurrences.forEach((occurrence, index) => {
    const offset = start + index * part.length;
    if (occurrence === null || typeof occurrence !== 'object' || Array.isArray(occurrence)) {
      refuseGroup(group, target, `must be a list of objects, and ${index + 1} is none`);
      return;
    }
    const { bytes, at, place, problems, refuse } = target;
    const unknown = part.write(occurrence as MutableRecord, bytes, at + offset, offset, index + 1, problems);
    for (const key of unknown) refuse(unknownField(place, `${group.key}[${index + 1}].${key}`));
  });
  const standing = count === null ? group.most : occurrences.length;
  for (let i = 0; i < standing; i += 1) target.placed.push({ part, counters, offset: start + i * part.length });
}

function refuseGroup(group: CompiledGroup, { place, refuse }: RecordTarget, message: string): void {
  refuse({ ...faultOf(place, 'occurs', `${group.key} ${message}`), field: group.key });
}
