import { debtorOf } from './position.js';
import type { NoticePosition } from './position.js';

/** The signs of a text that can't be printed, each once, as `U+6F22`. */
export type Unwritable = (text: string) => readonly string[];

/** The first field of what a letter would print that has signs that can't be printed, and how many; null where all can. */
export function unwritableField(
  position: NoticePosition,
  unwritable: Unwritable,
): { readonly field: string; readonly count: number } | null {
  const { surname, firstName, middleName, generation, address } = debtorOf(position);
  const printed: readonly (readonly [string, string | null])[] = [
    ...Object.entries({ surname, firstName, middleName, generation }).map(
      ([name, value]) => [`the party's ${name}`, value] as const,
    ),
    ...Object.entries(address ?? {}).map(
      ([name, value]) => [`the ${name} of the party's address`, value as string | null] as const,
    ),
    ['the reference of the debt', position.sourceReference],
    ['the original creditor', position.originalCreditor],
  ];
  for (const [field, value] of printed) {
    const count = unwritable(value ?? '').length;
    if (count > 0) return { field, count };
  }
  return null;
}
