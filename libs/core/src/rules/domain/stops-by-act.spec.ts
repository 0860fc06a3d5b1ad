import { describe, expect, it } from '@jest/globals';
import { ACTS, STOP_KINDS } from '@concord/plugin-sdk';
import type { Act, StopKind } from '@concord/plugin-sdk';
import { RULES } from './register/index.js';
import { concerns } from './rule.js';
import type { StopEffect } from './stop-effect.js';
import { stopEffect, STOPS_BY_ACT } from './stops-by-act.js';
import { reportableDebt } from './testing/reportable-debt.js';

const COLUMNS = [
  'report',
  'place',
  'intercept',
  'suspend',
  'hold',
  'file-claim',
  'enforce-judgment',
  'garnish',
  'lien',
  'disconnect',
  'direct-debit',
  'contact',
] as const satisfies readonly Act[];

/** B block, R restrain, C close, W withdraw; in the order of COLUMNS, in countries whose law the register does not know. */
const ELSEWHERE: { readonly [kind in StopKind]: string } = {
  insolvency: 'BR C C C C BR C C B C C B',
  moratorium: 'B C C C C BR C C B C BR B',
  dispute: 'R BR BR BR BR B BR BR B C BR B',
  deceased: 'W C C C C BR C C B C C B',
  'active-duty': 'R B B B B B BR BR B C - -',
  minor: 'W W W W W W W W W W W B',
  hardship: '- BR BR BR BR BR BR BR B C BR B',
  'do-not-contact': '- BR - - - - - - - - - B',
  'hearing-pending': 'R BR BR BR BR B BR BR B C BR B',
  appeal: 'R BR BR BR BR BR BR BR B C BR B',
  'judicial-stay': 'B C C C C BR C C B C C B',
  vulnerability: '- BR BR BR BR B BR BR B C B B',
  arrangement: 'B BR BR C C BR BR BR B C BR B',
};

/** Where a country's law makes the effect another one. What a country only cites for the same effect is not here. */
const IN_A_COUNTRY: readonly (readonly [string, StopKind, Act, string])[] = [
  ['CA', 'dispute', 'intercept', 'C'],
  ['GB', 'moratorium', 'report', 'W'],
  ['GB', 'moratorium', 'place', 'W'],
  ['GB', 'moratorium', 'intercept', 'W'],
  ['GB', 'moratorium', 'suspend', 'W'],
  ['GB', 'moratorium', 'hold', 'W'],
  ['GB', 'moratorium', 'enforce-judgment', 'W'],
  ['GB', 'moratorium', 'garnish', 'W'],
  ['GB', 'moratorium', 'disconnect', 'W'],
  ['GB', 'vulnerability', 'enforce-judgment', 'C'],
  ['US', 'active-duty', 'file-claim', 'BR'],
  ['US', 'dispute', 'file-claim', 'BR'],
  ['US', 'hardship', 'suspend', 'C'],
];

const COUNTRIES = ['US', 'CA', 'GB'] as const;
const LETTERS = { block: 'B', restrain: 'R', close: 'C', withdraw: 'W' } as const;

function letters({ effects }: StopEffect): string {
  return effects.map((effect) => LETTERS[effect]).join('') || '-';
}

/** Every effect in every country, each once. */
const CELLS = ACTS.flatMap((act) =>
  STOP_KINDS.flatMap((kind) =>
    [...COUNTRIES, 'IE'].map((country) => ({
      act,
      kind,
      country,
      where: `${kind} ${act} ${country}`,
      effect: stopEffect(STOPS_BY_ACT, act, kind, country),
    })),
  ),
);

describe('the tables of stops', () => {
  it('have a column for every act', () => {
    expect(Object.keys(STOPS_BY_ACT)).toEqual([...ACTS]);
    expect([...COLUMNS]).toEqual([...ACTS]);
  });

  it.each(STOP_KINDS)('say what %s does to every act', (kind) => {
    const of = COLUMNS.map((act) => letters(stopEffect(STOPS_BY_ACT, act, kind, 'IE')));
    expect(of.join(' ')).toBe(ELSEWHERE[kind]);
  });

  it('differ in a country only where its law does', () => {
    const other = CELLS.filter(
      ({ act, kind, effect }) => letters(effect) !== letters(stopEffect(STOPS_BY_ACT, act, kind, 'IE')),
    ).map(({ act, kind, country, effect }) => [country, kind, act, letters(effect)].join(' '));
    expect(other.sort()).toEqual(IN_A_COUNTRY.map((cell) => cell.join(' ')).sort());
  });

  it('name only countries whose law the register knows', () => {
    for (const act of ACTS) {
      for (const kind of STOP_KINDS) {
        const named = Object.keys(STOPS_BY_ACT[act][kind].countries ?? {});
        expect(COUNTRIES.filter((country) => named.includes(country)).length).toBe(named.length);
      }
    }
  });

  it('give each effect once, and none beside one that ends everything', () => {
    for (const { where, effect } of CELLS) {
      const ends = effect.effects.includes('close') || effect.effects.includes('withdraw');
      expect([where, effect.effects.length]).toEqual([where, ends ? 1 : new Set(effect.effects).size]);
    }
  });

  it('leave an arrangement to the acts that the office named, in every country', () => {
    for (const { where, kind, effect } of CELLS) {
      expect([where, effect.onlyNamedActs]).toEqual([where, kind === 'arrangement' ? true : undefined]);
    }
  });

  it('have agents and partners told of breathing space the same day', () => {
    const told = CELLS.filter(({ kind, country, effect }) => {
      return kind === 'moratorium' && country === 'GB' && effect.release?.withinBusinessDays === 0;
    }).map(({ act }) => act);
    // A report is deleted with the next file, a lien is left, and a letter leaves nothing standing.
    expect(told).toEqual(ACTS.filter((act) => !['report', 'lien', 'contact'].includes(act)));
  });

  it('cite a source for what is confirmed, and say why for everything', () => {
    for (const { where, effect } of CELLS) {
      expect([
        where,
        effect.confirmed === 'no' || effect.citation !== null || where.startsWith('deceased report'),
      ]).toEqual([where, true]);
      expect(effect.note.length).toBeGreaterThan(15);
    }
  });

  it('hand a stop over only to a rule that judges the act there', () => {
    for (const { act, country, where, effect } of CELLS) {
      if (effect.decidedBy === undefined) continue;
      const debt = reportableDebt({ jurisdiction: { id: 'example', country, currency: 'USD' } });
      const deciding = RULES.filter((rule) => concerns(rule, debt, act)).map(({ id }) => id);
      expect([where, deciding]).toEqual([where, expect.arrayContaining([effect.decidedBy])]);
    }
  });
});

/** What each act is called when one speaks with a debtor. */
const NAMED: { readonly [act in Act]: RegExp } = {
  report: /report/,
  place: /agency|collect this debt/,
  intercept: /refund|payment to you/,
  suspend: /licen[cs]e|suspension/,
  hold: /held back|licence/,
  'file-claim': /court|sue|claim/,
  'enforce-judgment': /enforce/,
  garnish: /taken|take/,
  lien: /lien|charge|secures/,
  disconnect: /supply/,
  'direct-debit': /collect/,
  contact: /./,
};

describe.each(ACTS)('the words of a stop on %s', (act) => {
  const reasons = CELLS.filter((cell) => cell.act === act).map(({ effect }) => effect.reason);

  it('can be read aloud to the debtor', () => {
    expect(reasons.filter((reason) => !/^[A-Z][^\n]+\.$/.test(reason) || reason.length > 160)).toEqual([]);
    // No ids, no abbreviation, none of the words of the code.
    const codeWords = /[A-Z]{2,}|\b(?:block|restrain|withdraw|snapshot|position|delinquent|default)/;
    expect(reasons.filter((reason) => codeWords.test(reason))).toEqual([]);
  });

  it('speak of the act', () => {
    expect(reasons.filter((reason) => !NAMED[act].test(reason))).toEqual([]);
  });
});
