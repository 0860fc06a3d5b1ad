/**
 * What is put into a field of the header or trailer when a file is made.
 *
 * - `file-date`: the date that the file is made for. - `created-at`: when it is made, local time (of a date field: the day).
 * - `file-sequence`: its number in the connector's sequence. - `file-name`: the name that it is delivered under.
 * - `date`, `created`: the same two moments in a pattern of `CCYY`, `YY`, `MM`, `DD`, `DDD` (day of the year), `hh`, `mm`
 *   and `ss`, for text and digits: partners write times and short dates in ways that are no date field.
 * - `setting`: a value of the connector's settings, by its name.
 */
export type Supplied =
  | 'file-date'
  | 'created-at'
  | 'file-sequence'
  | 'file-name'
  | { readonly date: string }
  | { readonly created: string }
  | { readonly setting: string };

/** By field key. */
export type SuppliedFields = { readonly [fieldKey: string]: Supplied };

/** What the functions of `FormatOptions` do in TypeScript, as data. Totals are stated at the trailer's fields. */
export interface Supply {
  readonly header?: SuppliedFields;
  readonly trailer?: SuppliedFields;
}
