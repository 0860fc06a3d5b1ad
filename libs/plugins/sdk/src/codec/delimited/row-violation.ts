import type { FileFault, PartnerRecord } from '../../contract/files.js';
import { faultOf, shownValue, type FaultPlace } from '../fault.js';
import type { RecordViolation } from '../format-options.js';
import { fieldKey } from '../field-key.js';
import { printedColumn } from './cell-fault.js';
import type { CompiledRow } from './compiled-delimited.js';

/** The fault of a broken rule across fields, placed at the column that the rule names. */
export function rowViolation(
  place: FaultPlace,
  violation: RecordViolation,
  record: PartnerRecord,
  type: CompiledRow,
): FileFault {
  const fault = { ...faultOf(place, violation.rule, violation.message), field: violation.field };
  const field = type.fields.find((candidate) => fieldKey(candidate) === violation.field);
  if (field === undefined || violation.field === null) return fault;
  const sensitive = violation.sensitive === true || field.sensitive === true;
  return { ...fault, position: printedColumn(field.column), value: shownValue(record[violation.field], sensitive) };
}
