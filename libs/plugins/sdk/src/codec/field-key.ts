import type { GroupLayout } from './layout.js';

/**
 * The JSON key of a partner's field name: words in camel case, split on everything that is neither letter nor digit
 * (`ECOA Code` gives `ecoaCode`, `Total Status Code DF` gives `totalStatusCodeDf`).
 */
export function keyOfName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words
    .map((word, index) => {
      const small = word.toLowerCase();
      return index === 0 ? small : small.charAt(0).toUpperCase() + small.slice(1);
    })
    .join('');
}

/** The JSON key of a field, of fixed widths or of separated columns. */
export function fieldKey(field: { readonly name: string; readonly key?: string | undefined }): string {
  return field.key ?? keyOfName(field.name);
}

/** The JSON key of a group. */
export function groupKey(group: GroupLayout): string {
  return group.key ?? keyOfName(group.name);
}

/** Position of a field as partners print it, 1-based and inclusive, moved by `offset` bytes (of an appended segment). */
export function printedPosition(field: { readonly start: number; readonly length: number }, offset = 0): string {
  const first = field.start + offset;
  return field.length === 1 ? String(first) : `${first}-${first + field.length - 1}`;
}
