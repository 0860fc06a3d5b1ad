import type { DelimitedField, DelimitedLayout, DelimitedRecord } from '../delimited/delimited-layout.js';
import type { FieldLayout, FileLayout, RecordLayout } from '../layout.js';
import type { Supply } from './supplied.js';

/** A layout of either form, with what an administrator says about its header and trailer. */
export type AnyLayout = FileLayout | DelimitedLayout;
export type SuppliedLayout = AnyLayout & { readonly supply?: Supply };

export type AnyRecord = RecordLayout | DelimitedRecord;
export type AnyField = FieldLayout | DelimitedField;

/** Whether a layout is of separated columns; a fixed-width one does not say what it is. */
export function isDelimited(layout: AnyLayout): layout is DelimitedLayout {
  return 'form' in layout && layout.form === 'delimited';
}
