import { fieldKey, groupKey } from './field-key.js';
import type { Report } from './layout-fault.js';
import {
  LONGEST_RECORD,
  MOST_OCCURRENCES,
  MOST_TYPES,
  type CountedOccurrences,
  type FileLayout,
  type GroupLayout,
  type RecordLayout,
} from './layout.js';

/** Checks the groups of a record, apart from their fields and their places among the record's own. */
export function checkGroups(
  layout: FileLayout,
  record: RecordLayout,
  path: readonly (string | number)[],
  report: Report,
): void {
  const groups = record.groups ?? [];
  if (groups.length === 0) return;
  if (groups.length > MOST_TYPES) report([...path, 'groups'], `may be at most ${MOST_TYPES}`);
  if (record.cutBlanks === true || record.openEnd === true) {
    report([...path, 'groups'], 'of a record whose end is not known can not be found');
  }
  const keys = groups.map(groupKey);
  groups.forEach((group, index) => {
    const at = [...path, 'groups', index];
    const key = groupKey(group);
    if (key === '' || key === 'segments') report(at, `${group.name} gives no usable key`);
    if (keys.indexOf(key) !== index) report(at, `the key ${key} is used twice`);
    if (group.fields.some((field) => field.type === 'record-length')) {
      report([...at, 'fields'], 'a record length stands in the record, not in a group');
    }
    const { occurs } = group;
    const most = typeof occurs === 'number' ? occurs : occurs.most;
    if (!Number.isSafeInteger(most) || most < 1 || most > MOST_OCCURRENCES || most * group.length > LONGEST_RECORD) {
      report(
        [...at, 'occurs'],
        `must be at least 1, at most ${MOST_OCCURRENCES}, and fit into ${LONGEST_RECORD} bytes`,
      );
    }
    if (typeof occurs === 'number') {
      if (group.start === undefined) report(at, 'occurs a fixed number of times, and does not say where');
    } else checkCounted(layout, record, group, occurs, at, report);
  });
  const counts = groups.flatMap(({ occurs }) => (typeof occurs === 'number' ? [] : [occurs.field]));
  if (new Set(counts).size !== counts.length) report([...path, 'groups'], 'are counted by the same field');
}

function checkCounted(
  layout: FileLayout,
  record: RecordLayout,
  group: GroupLayout,
  { field, most }: CountedOccurrences,
  at: readonly (string | number)[],
  report: Report,
): void {
  const count = record.fields.find((candidate) => candidate.type !== 'filler' && fieldKey(candidate) === field);
  if (count === undefined) report([...at, 'occurs', 'field'], `there is no field ${field} in the record`);
  else if (count.type !== 'number' || count.signed === true || count.total !== undefined) {
    report([...at, 'occurs', 'field'], `${field} is no count`);
  }
  if (group.start !== undefined) report([...at, 'start'], 'is where the fields end: leave it out where a field counts');
  if (record === layout.header || record === layout.trailer) {
    report(at, 'only body records carry groups that a field counts');
  }
  if (record.length + most * group.length > layout.maxRecordLength) {
    report([...at, 'occurs', 'most'], 'makes the record longer than maxRecordLength');
  }
}
