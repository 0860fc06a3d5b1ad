import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PartyName } from './name-normalisation.js';
import { jaroWinkler, nameSimilarity, sameName } from './name-similarity.js';

const person = (surname: string, firstName: string | null, middleName: string | null = null): PartyName => ({
  ...{ kind: 'person', surname, firstName, middleName, generation: null },
});

describe('the Jaro-Winkler measure', () => {
  // Values that are usual for this measure in the literature on record linkage.
  test.each([
    ['martha', 'marhta', 0.9611],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.8133],
    ['abc', 'xyz', 0],
    ['same', 'same', 1],
    ['', 'a', 0],
  ])('of %s and %s is %d', (left, right, expected) => {
    expect(jaroWinkler(left, right)).toBeCloseTo(expected, 4);
  });

  test('is symmetric, between 0 and 1, and 1 for equal words', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 12 });
    fc.assert(
      fc.property(word, word, (left, right) => {
        const alike = jaroWinkler(left, right);
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
        expect(jaroWinkler(right, left)).toBeCloseTo(alike, 12);
        expect(jaroWinkler(left, left)).toBe(1);
      }),
    );
  });
});

describe('names', () => {
  test('are the same whatever their order, accents and hyphens', () => {
    expect(sameName(person('Tremblay-Roy', 'Élise'), person('ELISE', 'Roy', 'Tremblay'))).toBe(true);
    expect(sameName(person('Roy', 'Elise'), person('Roy', 'Eloise'))).toBe(false);
    expect(nameSimilarity(person('Nguyen', 'Van An'), person('An', 'Nguyen Van'))).toBe(1);
  });

  test.each([
    ['a misspelling', person('Johnson', 'Stephanie'), person('Jonson', 'Stefanie')],
    ['a middle name that one lacks', person('Johnson', 'Stephanie', 'Marie'), person('Johnson', 'Stephanie')],
    ['an initial for a first name', person('Johnson', 'S'), person('Johnson', 'Stephanie')],
  ])('are alike with %s', (_, left, right) => {
    expect(nameSimilarity(left, right)).toBeGreaterThan(0.88);
    expect(nameSimilarity(left, right)).toBeLessThan(1);
  });

  test.each([
    ['another first name', person('Johnson', 'Stephanie'), person('Johnson', 'Robert')],
    ['another family name', person('Johnson', 'Robert'), person('Castillo', 'Robert')],
    ['nothing to compare', person('---', null), person('Johnson', 'Robert')],
  ])('are not alike with %s', (_, left, right) => {
    expect(nameSimilarity(left, right)).toBeLessThan(0.88);
  });
});
