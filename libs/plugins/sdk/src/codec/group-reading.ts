import type { FieldProblem } from './compiled-part.js';
import type { CompiledGroup, CompiledRecord } from './compiled-record.js';
import type { MutableRecord } from './field-codec.js';
import type { RecordBytes } from './part-reading.js';
import { startsWith } from './totals.js';

/**
 * Reads the groups of a record whose own fields have been read into `record`, and counts them.
 *
 * @returns where the bytes after the groups start in the record; null where a count is wrong, so that nothing behind it can
 * be found; what is wrong with it is among the problems
 */
export function readGroups(
  type: CompiledRecord,
  bytes: RecordBytes,
  record: MutableRecord,
  problems: FieldProblem[],
  slots: Float64Array,
): number | null {
  let end = type.part.length;
  for (const group of type.groups) {
    const count = occurrencesOf(group, type, record, problems);
    if (count === null) return null;
    const start = group.count === null ? group.at : end;
    if (group.count !== null) end += count * group.part.length;
    if (end > bytes.length) return end;
    const occurrences = readOccurrences(group, start, count, bytes, problems, slots);
    if (occurrences.length > 0) record[group.key] = occurrences;
  }
  return end;
}

function occurrencesOf(
  group: CompiledGroup,
  { part }: CompiledRecord,
  record: MutableRecord,
  problems: FieldProblem[],
): number | null {
  if (group.count === null) return group.most;
  const { field, key } = group.count;
  const stated = record[key] as number | undefined;
  if (stated === undefined) return problems.some((problem) => problem.field === field) ? null : 0;
  if (stated <= group.most) return stated;
  problems.push({ part, field, offset: 0, occurrence: 0, rule: 'occurs', value: String(stated) });
  return null;
}

function readOccurrences(
  group: CompiledGroup,
  start: number,
  count: number,
  bytes: RecordBytes,
  problems: FieldProblem[],
  slots: Float64Array,
): MutableRecord[] {
  const { part, counters } = group;
  const occurrences: MutableRecord[] = [];
  let filled = 0;
  let problemsOfFilled = problems.length;
  for (let i = 0; i < count; i += 1) {
    const offset = start + i * part.length;
    const into: MutableRecord = {};
    bytes.read(part, offset, i + 1, into, problems);
    occurrences.push(into);
    for (const counter of counters) counter(bytes.bytes, bytes.at + offset, slots);
    // Padding at the end of a group that always has room for all of its occurrences is none of them.
    if (group.count === null && startsWith(bytes.bytes, bytes.at + offset, part.template)) continue;
    filled = i + 1;
    problemsOfFilled = problems.length;
  }
  occurrences.length = filled;
  problems.length = problemsOfFilled;
  return occurrences;
}
