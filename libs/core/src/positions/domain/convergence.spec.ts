import { describe, expect, it } from '@jest/globals';
import type { PositionState } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { compareAdversity, isMoreAdverse } from './adversity.js';
import { afterAnswer, afterDelivery, knownFrom, NOTHING_KNOWN } from './known.js';
import type { Flight, Known, SentChange } from './known.js';
import { presumed } from './presumed.js';
import { isSame } from './statement.js';
import type { Statement } from './statement.js';
import { releaseOwed, releaseUnsent, workDue } from './work.js';

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

describe('sameness', () => {
  it('looks into the content, and not at the order of its fields', () => {
    const of = (content: Statement['content']): Statement => ({ ...statement('active'), content });
    expect(isSame(of({ a: 1, b: { c: [1, 2], d: null } }), of({ b: { d: null, c: [1, 2] }, a: 1 }))).toBe(true);
    expect(isSame(of({ a: [1, 2] }), of({ a: [2, 1] }))).toBe(false);
    expect(isSame(of({ a: { b: 1, gone: undefined } }), of({ a: { b: 1 } }))).toBe(true);
    expect(isSame(of({ a: null }), of({}))).toBe(false);
    expect(isSame(of({ a: [] }), of({ a: {} }))).toBe(false);
    expect(isSame(statement('absent', 1, 'x'), null)).toBe(true);
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
    expect(releaseUnsent(most, null, placement)).toBe(true);
    expect(releaseUnsent(presumed(null, [placement, statement('absent')]), null, statement('absent'))).toBe(false);
    expect(releaseUnsent(most, statement('active'), placement)).toBe(false);
  });
});

describe('work', () => {
  it.each([
    ['a new position', statement('active'), null, 0, true],
    ['no difference', statement('active'), statement('active'), 0, false],
    ['a smaller balance', statement('active', 400), statement('active'), 0, true],
    ['other content', statement('active', 500, 'x'), statement('active'), 0, true],
    ['a difference that waits for an answer', statement('active', 400), statement('active'), 1, false],
    ['a removal', null, statement('active'), 0, true],
    ['the end of what is not there', statement('closed'), null, 0, false],
    ['nothing at all', null, null, 0, false],
  ])('%s', (_, desired, known, inFlight, due) => {
    for (const update of ['replace', 'balance', 'delta'] as const) {
      expect(workDue(desired, known, inFlight, update)).toBe(due);
    }
  });

  it.each([
    ['what stands unchanged is told again', statement('active'), statement('active'), 0, true],
    ['what was not answered is told again', statement('active'), null, 1, true],
    ['what may have arrived and must go is taken back', null, null, 1, true],
    ['the end of what is not there', statement('closed'), null, 0, false],
    ['nothing at all', null, null, 0, false],
  ])('of a snapshot: %s', (_, desired, known, inFlight, due) => {
    expect(workDue(desired, known, inFlight, 'snapshot')).toBe(due);
  });
});

describe('answers', () => {
  const base: Known = { statement: statement('active', 500), sequence: 1 };
  const flight = (told: Statement, sequence = 2, previous = base): Flight => ({ sequence, told, previous });

  it('make the told known, and an end nothing', () => {
    expect(afterAnswer(base, flight(statement('restrained')), 'accepted').statement?.state).toBe('restrained');
    expect(afterAnswer(base, flight(statement('closed')), 'accepted').statement).toBeNull();
    expect(afterAnswer(base, flight(statement('absent')), 'accepted').statement).toBeNull();
  });

  it('keep the previous known when refused, at once or late', () => {
    const change = flight(statement('active', 300));
    expect(afterAnswer(base, change, 'refused')).toEqual(base);
    expect(afterAnswer(afterDelivery(base, change), change, 'refused')).toEqual(base);
    const removal = flight(statement('absent'));
    expect(afterAnswer(afterAnswer(base, removal, 'accepted'), removal, 'refused')).toEqual(base);
  });

  it('come to the same in any order, with refusals that come late', () => {
    const scenarios = fc
      .array(fc.record({ told: statements, accepted: fc.boolean(), late: fc.boolean() }), {
        minLength: 1,
        maxLength: 5,
      })
      .chain((changes) => {
        // A late refusal is an acceptance first; the answers to different changes come in any order.
        const answers = changes.flatMap((change, index) =>
          !change.accepted && change.late ? [index, index] : [index],
        );
        return fc.record({
          changes: fc.constant(changes),
          order: fc.shuffledSubarray(answers, { minLength: answers.length, maxLength: answers.length }),
          delivers: fc.boolean(),
        });
      });
    fc.assert(
      fc.property(scenarios, holdings, ({ changes, order, delivers }, adopted) => {
        const start: Known = adopted === null ? NOTHING_KNOWN : { statement: adopted, sequence: 0 };
        const sent: SentChange[] = changes.map(({ told }, index) => ({ sequence: index + 1, told, fate: 'in-flight' }));
        const flightOf = (index: number): Flight => {
          const change = sent[index];
          if (change === undefined) throw new Error('No such change');
          return { sequence: change.sequence, told: change.told, previous: knownFrom(start, sent.slice(0, index)) };
        };
        const mark = (index: number, fate: SentChange['fate']): void => {
          const change = sent[index];
          if (change !== undefined) sent[index] = { ...change, fate };
        };
        let known = start;
        if (delivers) {
          for (const index of sent.keys()) {
            known = afterDelivery(known, flightOf(index));
            mark(index, 'delivered');
          }
        }
        order.forEach((index, step) => {
          const last = !order.slice(step + 1).includes(index);
          const answer = last && changes[index]?.accepted === false ? 'refused' : 'accepted';
          known = afterAnswer(known, flightOf(index), answer);
          mark(index, answer);
          expect(known).toEqual(knownFrom(start, sent));
        });
        const survivor = changes.findLastIndex((change) => change.accepted);
        expect(known.sequence).toBe(survivor + 1);
      }),
      { numRuns: 1000 },
    );
  });
});
