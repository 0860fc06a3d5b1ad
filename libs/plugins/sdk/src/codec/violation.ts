import type { FileFault, PartnerRecord } from '../contract/files.js';
import type { CompiledPart } from './compiled-part.js';
import { faultOf, shownValue, type FaultPlace } from './fault.js';
import { fieldKey, printedPosition } from './field-key.js';
import type { RecordViolation } from './format-options.js';

/** The fault of a broken rule across fields, placed at the field that the rule names. */
export function violationFault(
  place: FaultPlace,
  violation: RecordViolation,
  record: PartnerRecord,
  part: CompiledPart,
): FileFault {
  const fault = { ...faultOf(place, violation.rule, violation.message), field: violation.field };
  const field = part.fields.find((candidate) => fieldKey(candidate) === violation.field);
  if (field === undefined || violation.field === null) return fault;
  const sensitive = violation.sensitive === true || field.sensitive === true;
  return { ...fault, position: printedPosition(field), value: shownValue(record[violation.field], sensitive) };
}
