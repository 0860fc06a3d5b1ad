import { describe, expect, test } from '@jest/globals';
import type { StrategyPreview } from '@concord/core/strategies/domain/preview-tally';
import { previewText, strategyTable } from './strategies.js';

const tally = { debts: 12, amountMinor: 123_456, examples: [{ debtId: 'd', number: 17, balanceMinor: 10 }] };
const PREVIEW: StrategyPreview = {
  strategyId: 'again',
  version: 'abcdef0123456789',
  act: 'place',
  round: 2,
  debts: 15,
  referred: tally,
  to: [{ connectorId: 'harbor', debts: 12, amountMinor: 123_456 }],
  heldBack: { stop: 3, arrangement: 0 },
  leftOut: [{ reason: 'pause', ...tally, debts: 3 }],
  recalled: { debts: 0, amountMinor: 0, examples: [] },
  kept: [{ reason: 'too-early', ...tally, debts: 7 }],
};

describe('a preview', () => {
  test('says of each strategy what it would do and why not more', () => {
    const office = { jurisdictionId: 'us-tx-example', on: '2026-03-16', currency: 'USD' };
    const text = previewText({ ...office, strategies: [PREVIEW] });
    expect(text).toContain('us-tx-example on 2026-03-16');
    expect(text).toContain('again (abcdef012345): place, referral 2, 15 debts of its types; 3 of those referred');
    expect(text).toMatch(/referred .* 12 .* \$1,234\.56 .* 17/);
    expect(text).toMatch(/to harbor .* 12/);
    expect(text).toMatch(/left out: pause .* 3/);
    expect(text).toMatch(/not recalled: too-early .* 7/);
    expect(previewText({ ...office, strategies: [] })).toBe('us-tx-example has no strategies in force.');
  });
});

test('a list says what a person has to do about a held change', () => {
  const version = {
    version: 'v1',
    content: { id: 'again', act: 'place', connectors: [], debtTypes: [], minAgeDays: 1, minBalanceMinor: 1 } as const,
    effect: PREVIEW,
    recordedAt: new Date(0),
    decidedBy: null,
    decidedAt: null,
    reason: null,
  };
  const text = strategyTable('us-tx-example', [
    {
      id: 'again',
      state: 'held',
      configured: { version: 'v1', content: version.content },
      inForce: null,
      held: version,
      referrals: [{ connectorId: 'harbor', inForce: 4 }],
    },
  ]);
  expect(text).toContain('would refer 12 debts and recall 0');
  expect(text).toContain('`strategies preview --jurisdiction us-tx-example --held`');
  expect(text).toContain('`strategies apply again --jurisdiction us-tx-example --held v1 --reason TEXT`');
  expect(text).toContain('harbor 4');
  expect(strategyTable('us-tx-example', [])).toBe('none');
});
