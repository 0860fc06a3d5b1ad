import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CA_SUBJECTS } from './ca/proof-subjects.js';
import { GB_SUBJECTS } from './gb/proof-subjects.js';
import { isProofWord, PROOF_WORDS } from './proof-words.js';
import { US_PROOF_SUBJECTS } from './us/proof-subjects.js';

/** The code of all rules, without comments, tests and the lists themselves. */
const CODE = (readdirSync(import.meta.dirname, { recursive: true }) as string[])
  .filter((name) => name.endsWith('.ts') && !/spec|testing|proof-subjects/.test(name))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, ''))
  .join('\n');
const LISTS = Object.entries({ CA_SUBJECTS, GB_SUBJECTS, US_PROOF_SUBJECTS });

describe('the words of proofs', () => {
  it('are those that rules look for: each is used, and none is written beside the lists', () => {
    for (const [list, words] of LISTS) {
      for (const [name, word] of Object.entries(words)) {
        expect([word, CODE.includes(`${list}.${name}`)]).toEqual([word, true]);
        expect([word, CODE.includes(`'${word}'`)]).toEqual([word, false]);
      }
    }
  });

  it('are known in the countries whose rules look for them, and letters everywhere', () => {
    expect(isProofWord('pre-intercept-notice', 'US')).toBe(true);
    expect(isProofWord('pre-intercept-notice', 'GB')).toBe(false);
    expect(isProofWord('pre-intercept-notise', 'US')).toBe(false);
    expect(isProofWord('validation-notice', 'US')).toBe(true);
    expect(isProofWord('toString', 'constructor')).toBe(false);
    expect(PROOF_WORDS.find(({ word }) => word === 'letter-of-claim')).toEqual({
      ...{ word: 'letter-of-claim', countries: ['GB'] },
    });
    expect(PROOF_WORDS.find(({ word }) => word === 'reminder')?.countries).toEqual(['CA', 'GB', 'US']);
  });
});
