import { NOTICE_KINDS } from '../../../notices/domain/notice-kind.js';
import { CA_SUBJECTS } from './ca/proof-subjects.js';
import { GB_SUBJECTS } from './gb/proof-subjects.js';
import { US_PROOF_SUBJECTS } from './us/proof-subjects.js';

/** A word by which a proof says what it is: the kind of a notice, or the subject of anything else. */
export interface ProofWord {
  readonly word: string;
  /** ISO 3166-1 alpha-2: the countries in whose offices something looks for it. */
  readonly countries: readonly string[];
}

/** What the rules of each country compare proofs with; they have the words from here and nowhere else. */
const BY_COUNTRY: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['CA', Object.values(CA_SUBJECTS)],
  ['GB', Object.values(GB_SUBJECTS)],
  ['US', Object.values(US_PROOF_SUBJECTS)],
]);

const COUNTRIES = [...BY_COUNTRY.keys()];

/** Every word that rules look for, and the kinds of Concord's own letters, in the order of the alphabet. */
export const PROOF_WORDS: readonly ProofWord[] = [...new Set([...[...BY_COUNTRY.values()].flat(), ...NOTICE_KINDS])]
  .sort()
  .map((word) => ({ word, countries: COUNTRIES.filter((country) => isProofWord(word, country)) }));

/** Whether anything looks for a word in an office of a country. Any other proves nothing to a rule that asks for one. */
export function isProofWord(word: string, country: string): boolean {
  return NOTICE_KINDS.some((kind) => kind === word) || (BY_COUNTRY.get(country)?.includes(word) ?? false);
}
