import { describe, expect, test } from '@jest/globals';
import type { ExchangeView } from '@concord/core/exchanges/exchange-reads';
import { exchangeTable, exchangeText, nextStep } from './exchanges.js';

function view(changes: Partial<ExchangeView> = {}): ExchangeView {
  return {
    ...{ id: 'e-1', connector: 'bureau', direction: 'out', kind: 'tradelines', date: '2026-03-16', state: 'delivered' },
    ...{ file: 'BUREAU.001', records: 2, bytes: 900, hash: 'aa', failure: null, delivery: 'delivered', held: null },
    ...{ heldAt: null, decision: null, resends: null, corrects: null },
    ...changes,
  };
}

describe('what is to be done about a file', () => {
  test.each([
    [{ state: 'held' }, /exchange preview.*exchange release.*cancel/],
    [{ state: 'undecided', direction: 'in' as const }, /exchange decide/],
    [{ state: 'refused', direction: 'in' as const }, /ask the partner for a corrected file/],
    [{ delivery: 'presumed-collected' }, /whether it arrived/],
  ])('%j', (changes, words) => {
    expect(nextStep(view(changes))).toMatch(words);
    expect(exchangeTable([view(changes)])).toMatch(words);
  });

  test.each([{}, { state: 'answered', delivery: 'presumed-collected' }, { state: 'applying' }, { state: 'cancelled' }])(
    'nothing where it goes on by itself or has ended: %j',
    (changes) => expect(nextStep(view(changes))).toBeNull(),
  );
});

test('one file tells why it was held and what was decided, before its records', () => {
  const held = { limits: [{ limit: 'records', is: 2000, allowed: 200, usual: 40 }] };
  const decision = { actor: 'clerk', reason: 'a new strategy', was: 'held' };
  const text = exchangeText({
    ...view({ held, heldAt: '2026-03-16T15:00:00Z' as unknown as Date, decision }),
    recordList: [{ sequence: 1, status: 'delivered' }],
  });
  expect(text).toContain('Held since 2026-03-16T15:00:00.000Z: limits [{"limit":"records","is":2000');
  expect(text).toContain('Decided: actor clerk; reason a new strategy; was held');
  expect(text.indexOf('Decided')).toBeLessThan(text.indexOf('sequence'));
});

test("a partner's file name can't move the cursor of whoever lists files", () => {
  const shown = exchangeTable([view({ file: 'a\u001b[2Jb\r\nc' })]);
  expect(shown).not.toContain('\u001b');
  expect(shown).toContain('a\\u{1b}[2Jb\\u{d}\\u{a}c');
});
