import { describe, expect, it } from '@jest/globals';
import { whoMustAct } from './must-act.js';

const late = { mode: 'on', inFlight: 0, lastStatus: 'accepted', done: false };

describe('who must act for a release', () => {
  it.each([
    ['nobody', { done: true, mode: 'off' }],
    ['administrator', { mode: 'shadow', inFlight: 1 }],
    ['partner', { inFlight: 1, lastStatus: 'delivered' }],
    ['officer', { lastStatus: 'refused' }],
    ['next-file', {}],
    ['next-file', { mode: 'paused', lastStatus: null }],
  ] as const)('is %s', (who, changes) => {
    expect(whoMustAct({ ...late, ...changes })).toBe(who);
  });
});
