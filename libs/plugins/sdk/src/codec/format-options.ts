import type { FileFormatContext, PartnerRecord } from '../contract/files.js';

/** A rule that concerns several fields of one record, broken. */
export interface RecordViolation {
  /** The field's key, with the segment in front where it is in one (`k1.originalCreditorName`); null for the record. */
  readonly field: string | null;
  readonly rule: string;
  readonly message: string;
  /** The value may contain an identifier, so that no fault may show it. */
  readonly sensitive?: boolean;
}

/** What a layout can't say by itself. */
export interface FormatOptions {
  /** The header's own fields. Without it, the header is the first record given when writing. */
  readonly header?: (context: FileFormatContext) => PartnerRecord;
  /** The trailer's fields other than totals. */
  readonly trailer?: (context: FileFormatContext) => PartnerRecord;
  /**
   * Checks rules across the fields of one body record, on writing and reading alike. Only called for records whose
   * fields are each right.
   */
  readonly check?: (record: PartnerRecord) => readonly RecordViolation[];
  /** Whether to tell with the faults of a record what of it could be read all the same. */
  readonly legible?: boolean;
}
