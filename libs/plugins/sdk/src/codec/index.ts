export * from './layout.js';
export { keyOfName, fieldKey, printedPosition } from './field-key.js';
export { checkLayout, type LayoutFault } from './layout-check.js';
export { fileLayoutSchema, readLayout, recordLayoutSchema } from './layout-schema.js';
export type { FormatOptions, RecordViolation } from './format-options.js';
export { fileFormat } from './file-format.js';
