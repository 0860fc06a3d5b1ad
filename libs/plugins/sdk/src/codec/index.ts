export * from './layout.js';
export { keyOfName, fieldKey, printedPosition } from './field-key.js';
export { checkLayout, type LayoutFault } from './layout-check.js';
export { fileLayoutSchema, readLayout, recordLayoutSchema } from './layout-schema.js';
export type { FormatOptions, RecordViolation } from './format-options.js';
export { fileFormat } from './file-format.js';
export * from './delimited/delimited-layout.js';
export { delimitedLayoutSchema } from './delimited/delimited-schema.js';
export { checkDelimitedLayout } from './delimited/delimited-check.js';
export {
  isDelimited,
  type AnyField,
  type AnyLayout,
  type AnyRecord,
  type SuppliedLayout,
} from './mapping/any-layout.js';
export type { Supplied, SuppliedFields, Supply } from './mapping/supplied.js';
export type { FileFacts } from './mapping/supply.js';
export { anyLayoutSchema, readAnyLayout, readRecord, supplySchema, type Reading } from './mapping/read-any-layout.js';
export { cutSample } from './mapping/cut-sample.js';
export type { CutField, CutRecord } from './mapping/cut-record.js';
