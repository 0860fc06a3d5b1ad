import { describe, expect, it } from '@jest/globals';
import type { PositionState } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { compareAdversity, isMoreAdverse } from './adversity.js';
import { presumed } from './presumed.js';
import type { Statement } from './statement.js';
import { releaseOwed } from './release-owed.js';

const STATES = ['active', 'restrained', 'closed', 'absent'] as const;

function statement(state: PositionState, amountMinor = 500, mark = ''): Statement {
  return { state, amountMinor, content: { mark }, reference: 'A1' };
}

const statements = fc
  .tuple(fc.constantFrom(...STATES), fc.integer({ min: 0, max: 3 }))
  .map(([state, amount]) => statement(state, amount));
const holdings = fc.option(statements);
describe('adversity', () => {
  it('goes by state first and by amount within it', () => {
    expect(isMoreAdverse(statement('restrained', 900), statement('active', 1))).toBe(false);
    expect(isMoreAdverse(statement('active', 501), statement('active', 500))).toBe(true);
    expect(isMoreAdverse(statement('active', 500), statement('active', 500))).toBe(false);
    expect(isMoreAdverse(statement('closed', 0), null)).toBe(true);
    expect(isMoreAdverse(statement('absent', 900), null)).toBe(false);
  });

  it('is an order', () => {
    fc.assert(
      fc.property(statements, statements, statements, (a, b, c) => {
        expect(Math.sign(compareAdversity(a, b))).toBe(0 - Math.sign(compareAdversity(b, a)));
        if (compareAdversity(a, b) <= 0 && compareAdversity(b, c) <= 0) {
          expect(compareAdversity(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

describe('what a partner may hold', () => {
  it('is the most adverse of the known and everything unanswered', () => {
    const sent = [statement('active', 400), statement('closed', 0)];
    expect(presumed(statement('restrained', 900), sent)).toEqual(statement('active', 400));
    expect(presumed(null, [statement('closed', 0)])?.state).toBe('closed');
    expect(presumed(null, [statement('absent')])).toBeNull();
    expect(presumed(null, [])).toBeNull();
  });

  it('is of equally adverse ones the one sent last', () => {
    const sent = [statement('active', 500, 'first'), statement('active', 500, 'second')];
    expect(presumed(statement('active', 500, 'known'), sent)?.content).toEqual({ mark: 'second' });
  });

  it('is nowhere less adverse than any of them', () => {
    fc.assert(
      fc.property(holdings, fc.array(statements), (known, sent) => {
        const most = presumed(known, sent);
        for (const each of [known, ...sent]) expect(isMoreAdverse(each, most)).toBe(false);
      }),
    );
  });
});

describe('a release', () => {
  it('is owed exactly while the partner may hold something more adverse than desired', () => {
    fc.assert(
      fc.property(holdings, fc.array(statements), holdings, (known, sent, desired) => {
        const most = presumed(known, sent);
        const harmful = [known, ...sent].some((each) => isMoreAdverse(each, desired));
        expect(releaseOwed(most, desired)).toBe(harmful);
      }),
    );
  });

  it('is owed while the placement is unanswered, and sent once', () => {
    const placement = statement('active');
    const most = presumed(null, [placement]);
    expect(releaseOwed(most, null)).toBe(true);
  });
});
