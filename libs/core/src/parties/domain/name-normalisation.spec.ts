import { describe, expect, test } from '@jest/globals';
import { fold, generationOf, nameWords, words } from './name-normalisation.js';
import type { PartyName } from './name-normalisation.js';

const business = (surname: string): PartyName => ({
  ...{ kind: 'business', surname, firstName: null, middleName: null, generation: null },
});
const person = (surname: string, firstName: string | null, changes: Partial<PartyName> = {}): PartyName => ({
  ...{ kind: 'person', surname, firstName, middleName: null, generation: null, ...changes },
});

describe('a text', () => {
  test.each([
    ['Lévesque', 'levesque'],
    ['FRANÇOIS', 'francois'],
    ['Nuñez', 'nunez'],
    ['O’Brien', 'obrien'],
    ["O'Brien", 'obrien'],
    ['Sørensen', 'sorensen'],
    ['Łukasz', 'lukasz'],
    ['Straße', 'strasse'],
    ['Bœuf', 'boeuf'],
    ['J.R.', 'jr'],
  ])('%s is compared as %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  test('falls into words at blanks, hyphens and commas', () => {
    expect(words(' Tremblay-Roy,  Marie  ')).toEqual(['tremblay', 'roy', 'marie']);
    expect(words('---')).toEqual([]);
  });
});

describe('the words of a name', () => {
  test('of a person are all of them', () => {
    expect(nameWords(person('Smith-Jones', 'Mary Ann', { middleName: 'B.' }))).toEqual([
      'mary',
      'ann',
      'b',
      'smith',
      'jones',
    ]);
    expect(nameWords(person('Co', null))).toEqual(['co']);
  });

  test.each([
    ['Harbor Café, Inc.', ['harbor', 'cafe']],
    ['The Harbor Cafe LLC', ['harbor', 'cafe']],
    ['Smith & Sons Ltd', ['smith', 'sons']],
    ['Smith and Sons Limited', ['smith', 'sons']],
    ['Les Entreprises Gagné ltée', ['entreprises', 'gagne']],
    ['Entreprises Gagné Limitée', ['entreprises', 'gagne']],
    ['Boulangerie du Port, s.e.n.c.', ['boulangerie', 'port']],
    ['Dupont et Cie S.A.R.L.', ['dupont']],
    ['A.B.C. Corp.', ['abc']],
    ['The Company', ['the', 'company']],
  ])('of the business %s leave out its legal form', (name, expected) => {
    expect(nameWords(business(name))).toEqual(expected);
  });
});

test.each([
  ['Jr', 'jr'],
  ['JUNIOR', 'jr'],
  ['2nd', 'ii'],
  ['II', 'ii'],
  [null, null],
])('the generation %s is %s', (generation, expected) => {
  expect(generationOf(person('Smith', 'John', { generation }))).toBe(expected);
});
