import { describe, expect, it } from '@jest/globals';
import { ADVERSITY } from '@concord/plugin-sdk';
import type { Decision, DesiredPosition, Outcome, PositionState } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { decide } from '../../rules/domain/strictness.js';
import { isMoreAdverse } from './adversity.js';
import { bound } from './bound.js';
import { stands } from './statement.js';
import type { Statement } from './statement.js';

const ALL = ['active', 'restrained', 'closed'] as const;

function decision(...outcomes: Exclude<Outcome, 'allow'>[]): Decision {
  return decide(
    outcomes.map((outcome, index) => ({ rule: `R${index}`, outcome, reason: '', citation: null, earliestOn: null })),
  );
}

function desire(state: DesiredPosition['state'], amountMinor = 500, mark = 'new'): DesiredPosition {
  return { key: '', state, reference: 'A1', amountMinor, content: { mark } };
}

function held(state: PositionState, amountMinor = 500, mark = 'old'): Statement {
  return { state, reference: 'A1', amountMinor, content: { mark } };
}

const told = (statement: Statement): string =>
  `${statement.state} ${statement.amountMinor} ${JSON.stringify(statement.content['mark'])}`;

describe('bounding what a plugin desires', () => {
  it.each([
    ['opens what is allowed', desire('active'), decision(), null, 'active 500 "new"'],
    ['opens nothing while blocked', desire('active'), decision('block'), null, 'absent 0 undefined'],
    [
      'opens nothing marked while blocked',
      desire('restrained'),
      decision('block', 'restrain'),
      null,
      'absent 0 undefined',
    ],
    ['opens a disputed debt with its mark', desire('restrained'), decision('restrain'), null, 'restrained 500 "new"'],
    ['never opens a closed one', desire('closed'), decision(), null, 'absent 0 undefined'],
    ['lets the end be told of what stands', desire('closed', 0), decision('close'), held('active'), 'closed 0 "new"'],
    ['removes what the plugin leaves out', null, decision(), held('active'), 'absent 0 "old"'],
    ['lets grow what is allowed', desire('active', 900), decision(), held('active'), 'active 900 "new"'],
    [
      'sends no larger amount while blocked',
      desire('active', 900),
      decision('block'),
      held('active'),
      'active 500 "new"',
    ],
    [
      'tells zero where the partner itself collected too much',
      desire('closed', 0),
      decision('close'),
      held('active', -50),
      'closed 0 "new"',
    ],
    [
      'sends a smaller amount while blocked',
      desire('active', 300),
      decision('block'),
      held('active'),
      'active 300 "new"',
    ],
    [
      'keeps a held mark while blocked',
      desire('active', 300),
      decision('block'),
      held('restrained'),
      'restrained 300 "old"',
    ],
    [
      'marks without growing',
      desire('restrained', 900),
      decision('block', 'restrain'),
      held('active'),
      'restrained 500 "new"',
    ],
    [
      'caps a plugin that ignores a dispute',
      desire('active'),
      decision('restrain'),
      held('active'),
      'restrained 500 "new"',
    ],
    [
      'caps a plugin that ignores a withdrawal',
      desire('active'),
      decision('withdraw'),
      held('active'),
      'closed 500 "new"',
    ],
    ['caps a mark that ignores an ending', desire('restrained'), decision('close'), held('active'), 'closed 500 "new"'],
    [
      'treats an absent statement as nothing held',
      desire('active'),
      decision('block'),
      held('absent', 0),
      'absent 0 "old"',
    ],
  ])('%s', (_, desired, given, presumed, expected) => {
    expect(told(bound(desired, given, presumed, null, ALL))).toBe(expected);
  });

  it('falls to closed where the partner can’t mark, and to absent where it can’t be told an end', () => {
    expect(bound(desire('active'), decision('restrain'), held('active'), null, ['active', 'closed']).state).toBe(
      'closed',
    );
    expect(bound(desire('active'), decision('restrain'), null, null, ['active', 'closed']).state).toBe('absent');
    expect(bound(desire('active'), decision('close'), held('active'), null, ['active']).state).toBe('absent');
  });

  it('says in a removal what the partner was last told, under its reference', () => {
    const last = { ...held('active', 400, 'last'), reference: 'A0' };
    expect(bound(null, decision(), held('active'), last, ALL)).toEqual({
      state: 'absent',
      amountMinor: 0,
      content: { mark: 'last' },
      reference: 'A0',
    });
  });
});

const outcomes = fc.array(
  fc.constantFrom('restrain' as const, 'block' as const, 'close' as const, 'withdraw' as const),
  {
    maxLength: 4,
  },
);
const amounts = fc.integer({ min: 0, max: 4 });
const desires = fc.option(fc.tuple(fc.constantFrom(...ALL), amounts).map(([state, amount]) => desire(state, amount)));
const holdings = fc.option(fc.tuple(fc.constantFrom(...ALL), amounts).map(([state, amount]) => held(state, amount)));
const expressible = fc.subarray([...ALL], { minLength: 1 });

describe('properties of bounding', () => {
  it('is never made more adverse by further objections', () => {
    fc.assert(
      fc.property(desires, outcomes, outcomes, holdings, expressible, (desired, some, more, presumed, states) => {
        const before = bound(desired, decision(...some), presumed, null, states);
        const after = bound(desired, decision(...some, ...more), presumed, null, states);
        expect(isMoreAdverse(after, before)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays within every reason, whatever the plugin returns', () => {
    fc.assert(
      fc.property(desires, outcomes, holdings, expressible, (desired, some, presumed, states) => {
        const result = bound(desired, decision(...some), presumed, null, states);
        const ends = some.includes('close') || some.includes('withdraw');
        if (ends) expect(ADVERSITY[result.state]).toBeLessThanOrEqual(ADVERSITY.closed);
        if (some.includes('restrain')) expect(result.state).not.toBe('active');
        if (some.includes('block')) {
          expect(isMoreAdverse(result, presumed)).toBe(false);
          if (presumed !== null) expect(result.amountMinor).toBeLessThanOrEqual(presumed.amountMinor);
        }
        if (presumed === null && (ends || some.includes('block'))) expect(result.state).toBe('absent');
        if (presumed === null) expect(result.state).not.toBe('closed');
      }),
      { numRuns: 2000 },
    );
  });

  it('never exceeds what the plugin desires, and says it unchanged where nothing objects', () => {
    fc.assert(
      fc.property(desires, outcomes, holdings, (desired, some, presumed) => {
        expect(isMoreAdverse(bound(desired, decision(...some), presumed, null, ALL), desired)).toBe(false);
        const free = bound(desired, decision(), presumed, null, ALL);
        if (desired === null || (desired.state === 'closed' && presumed === null)) expect(stands(free)).toBe(false);
        else
          expect(free).toMatchObject({
            state: desired.state,
            amountMinor: desired.amountMinor,
            content: desired.content,
          });
      }),
    );
  });

  it('expresses only what the partner can', () => {
    fc.assert(
      fc.property(
        desires,
        fc.constantFrom([], ['restrain'] as const, ['close'] as const),
        holdings,
        expressible,
        (desired, some, presumed, states) => {
          const result = bound(desired, decision(...some), presumed, null, states);
          if (stands(result)) expect(states).toContain(result.state);
        },
      ),
    );
  });

  it('is stable: bounding against its own result never goes beyond it', () => {
    fc.assert(
      fc.property(desires, outcomes, holdings, (desired, some, presumed) => {
        const once = bound(desired, decision(...some), presumed, null, ALL);
        const twice = bound(desired, decision(...some), once, null, ALL);
        expect(isMoreAdverse(twice, once)).toBe(false);
      }),
    );
  });
});
