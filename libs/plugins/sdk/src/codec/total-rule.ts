/**
 * What a trailer states about the file. A place is `record.fieldKey`, `record.groupKey.fieldKey` or `segment.fieldKey`,
 * with the segment's identifier in small letters (`j1.ecoaCode`).
 *
 * - `records`: body records, of the named types or of all, plus a constant (for partners who count header and trailer).
 * - `segments`: appended segments of the given identifiers.
 * - `equal`: places whose value is the given one. - `filled`: places neither blank nor zero nor one of `ignore`.
 * - `sum`: sum of numbers or money at the places, which may stand in records of several types. Money has the same decimals
 *   at all of them.
 */
export type TotalRule =
  | { readonly count: 'records'; readonly records?: readonly string[]; readonly plus?: number }
  | { readonly count: 'segments'; readonly segments: readonly string[] }
  | { readonly count: 'equal'; readonly places: readonly string[]; readonly value: string }
  | { readonly count: 'filled'; readonly places: readonly string[]; readonly ignore?: readonly string[] }
  | { readonly count: 'sum'; readonly places: readonly string[] };

/** In a trailer: blocks of the file, the trailer's own included, plus a constant. */
export interface BlockCount {
  readonly count: 'blocks';
  readonly plus?: number;
}
