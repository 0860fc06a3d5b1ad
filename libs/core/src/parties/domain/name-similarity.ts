import { nameWords } from './name-normalisation.js';
import type { PartyName } from './name-normalisation.js';

/** How much a common beginning counts, and how long it may be: the usual parameters of Winkler's form. */
const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 4;

/** A single letter that begins the other word is taken for it, but not as sure as the word itself. */
const INITIAL = 0.85;
/** A word that the other name lacks says little: middle names and second family names are left out everywhere. */
const MISSING_WORD = 0.6;

/**
 * How alike two words are, from 0 (nothing in common) to 1 (equal), by the Jaro-Winkler measure: letters in common at about
 * the same place, less half of those in another order, and more for a common beginning.
 */
export function jaroWinkler(left: string, right: string): number {
  if (left === right) return 1;
  const a = [...left];
  const b = [...right];
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const ofLeft: string[] = [];
  a.forEach((letter, place) => {
    const last = Math.min(b.length - 1, place + reach);
    for (let other = Math.max(0, place - reach); other <= last; other += 1) {
      if (taken.has(other) || b[other] !== letter) continue;
      taken.add(other);
      ofLeft.push(letter);
      return;
    }
  });
  const common = ofLeft.length;
  if (common === 0) return 0;
  const ofRight = b.filter((_, place) => taken.has(place));
  const moved = ofLeft.filter((letter, place) => letter !== ofRight[place]).length / 2;
  const jaro = (common / a.length + common / b.length + (common - moved) / common) / 3;
  let prefix = 0;
  while (prefix < LONGEST_PREFIX && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

/**
 * How alike two names are, from 0 to 1 (the same words, in whatever order). Each word of the shorter name is put beside the
 * one of the other that is most like it; longer words weigh more, and words that are left over lower the result.
 */
export function nameSimilarity(left: PartyName, right: PartyName): number {
  const [short, long] = [nameWords(left), nameWords(right)].sort((a, b) => a.length - b.length) as [string[], string[]];
  if (short.length === 0) return 0;
  const pairs = short
    .flatMap((a, i) =>
      long.map((b, j) => ({ i, j, alike: wordSimilarity(a, b), weight: Math.max(a.length, b.length) })),
    )
    .sort((a, b) => b.alike - a.alike || b.weight - a.weight || a.i - b.i || a.j - b.j);
  const usedShort = new Set<number>();
  const usedLong = new Set<number>();
  let weight = 0;
  let sum = 0;
  for (const pair of pairs) {
    if (usedShort.has(pair.i) || usedLong.has(pair.j)) continue;
    usedShort.add(pair.i);
    usedLong.add(pair.j);
    weight += pair.weight;
    sum += pair.alike * pair.weight;
  }
  for (const [place, word] of long.entries()) {
    if (usedLong.has(place)) continue;
    const missing = word.length * (1 - MISSING_WORD);
    weight += missing;
  }
  return sum / weight;
}

/** Whether two names are made of the same words, in whatever order. */
export function sameName(left: PartyName, right: PartyName): boolean {
  return nameWords(left).sort().join(' ') === nameWords(right).sort().join(' ');
}

function wordSimilarity(a: string, b: string): number {
  if ((a.length === 1 || b.length === 1) && a !== b) return a[0] === b[0] ? INITIAL : 0;
  return jaroWinkler(a, b);
}
