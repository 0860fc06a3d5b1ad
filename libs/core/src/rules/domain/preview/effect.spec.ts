import { describe, expect, it } from '@jest/globals';
import type { Decision, Outcome, PositionState, Reason } from '@concord/plugin-sdk';
import { decide } from '../strictness.js';
import { effectOf, reasonsOf } from './effect.js';
import type { Effect } from './effect.js';

const reason = (outcome: Outcome, rule = `TEST-${outcome}`): Reason => ({
  rule,
  outcome,
  reason: 'a test',
  citation: null,
  earliestOn: null,
});
const says = (...outcomes: Exclude<Outcome, 'allow'>[]): Decision => decide(outcomes.map((outcome) => reason(outcome)));
const ADVERSE: readonly Exclude<Outcome, 'allow'>[] = ['restrain', 'block', 'close', 'withdraw'];
const HELD: readonly PositionState[] = ['absent', 'closed', 'restrained', 'active'];
const LISTS: readonly (readonly Exclude<Outcome, 'allow'>[])[] = [
  [],
  ['block'],
  ['restrain'],
  ['close'],
  ['withdraw'],
  ['block', 'restrain'],
  ['block', 'close'],
  ['close', 'withdraw'],
  ['restrain', 'close'],
  ['block', 'restrain', 'close', 'withdraw'],
];

describe('what becomes of a debt that a partner does not hold', () => {
  it.each<[Effect, Decision, Decision]>([
    ['open', says('block'), says()],
    ['open', says('withdraw'), says()],
    ['open', says('block'), says('restrain')],
    ['open', says('restrain'), says()],
    ['restrain', says(), says('restrain')],
    ['block', says(), says('block')],
    ['block', says(), says('close')],
    ['block', says('restrain'), says('withdraw')],
    ['stay', says('block'), says('withdraw')],
    ['stay', says('close'), says('block', 'restrain')],
  ])('is %s', (effect, present, proposed) => {
    expect(effectOf('absent', present, proposed)).toBe(effect);
  });
});

describe('what becomes of a debt that a partner holds', () => {
  it.each<[Effect, PositionState, Decision, Decision]>([
    ['restrain', 'active', says(), says('restrain')],
    ['restrain', 'active', says('block'), says('block', 'restrain')],
    ['restrain', 'restrained', says(), says('restrain')],
    ['block', 'active', says(), says('block')],
    ['block', 'restrained', says(), says('block')],
    ['block', 'closed', says(), says('block')],
    ['block', 'closed', says(), says('close')],
    ['close', 'active', says(), says('close')],
    ['close', 'active', says('withdraw'), says('close')],
    ['close', 'restrained', says('block', 'restrain'), says('block', 'close')],
    ['withdraw', 'active', says('close'), says('close', 'withdraw')],
    ['withdraw', 'closed', says('close'), says('withdraw')],
    ['open', 'active', says('block'), says()],
    ['open', 'active', says('restrain'), says('block')],
    ['open', 'active', says('close'), says('restrain')],
    ['open', 'active', says('withdraw'), says('block')],
    ['stay', 'active', says('close'), says('restrain', 'close')],
    ['stay', 'closed', says('block'), says('close')],
  ])('is %s where it is %s there', (effect, held, present, proposed) => {
    expect(effectOf(held, present, proposed)).toBe(effect);
  });
});

it('stays by the same decision, whatever is held', () => {
  for (const held of HELD) {
    for (const list of LISTS) expect(effectOf(held, says(...list), says(...list))).toBe('stay');
  }
});

it('never opens by more objections, and by fewer at most ends otherwise', () => {
  for (const held of HELD) {
    for (const list of LISTS) {
      for (const more of ADVERSE) {
        const [few, many] = [says(...list), says(...list, more)];
        expect(effectOf(held, few, many)).not.toBe('open');
        expect(['open', 'close', 'stay']).toContain(effectOf(held, many, few));
      }
    }
  }
});

describe('why', () => {
  it('is what newly stands in the way', () => {
    expect(reasonsOf('close', says('block'), says('block', 'close'))).toEqual([reason('close')]);
  });

  it('is what no longer does, of a debt that opens', () => {
    expect(reasonsOf('open', says('block', 'restrain'), says('restrain'))).toEqual([reason('block')]);
  });

  it('is everything where nothing is new: the end that is left when a withdrawal falls away', () => {
    expect(reasonsOf('close', says('close', 'withdraw'), says('close'))).toEqual([reason('close')]);
  });

  it('is nothing of a debt that stays', () => {
    expect(reasonsOf('stay', says('block'), says('withdraw'))).toEqual([]);
  });
});
