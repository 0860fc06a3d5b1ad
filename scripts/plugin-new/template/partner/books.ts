import { readJson, writeWhole } from '../../../../test/partners/sftp/state-folder.ts';
import type { Placement } from './read-placements.ts';

export interface Account {
  /** Cents. */
  readonly amount: number;
  readonly surname: string;
  readonly state: 'held' | 'recalled';
}

/** What the partner has of one office, by reference. */
export interface Books {
  readonly accounts: { [reference: string]: Account };
}

/** A record that the partner does not take. */
export interface RefusedRecord {
  readonly reference: string;
  readonly code: string;
  readonly message: string;
}

export function readBooks(path: string): Books {
  return (readJson(path) as Books | undefined) ?? { accounts: {} };
}

export function writeBooks(path: string, books: Books): void {
  writeWhole(path, JSON.stringify(books));
}

/** Carries a file out. A recall of what was never placed is refused; a recall of what is recalled already is taken. */
export function carryOut({ accounts }: Books, placements: readonly Placement[]): readonly RefusedRecord[] {
  const refused: RefusedRecord[] = [];
  for (const { action, reference, amount, surname } of placements) {
    if (action === 'R' && accounts[reference] === undefined) {
      refused.push({ reference, code: 'N001', message: 'NOT HELD' });
    } else {
      accounts[reference] = { amount, surname, state: action === 'P' ? 'held' : 'recalled' };
    }
  }
  return refused;
}
