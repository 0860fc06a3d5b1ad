import { expect, test } from '@jest/globals';
import type { Reason } from '@concord/plugin-sdk';
import type { EffectTally } from '@concord/core/rules/domain/preview/effect-tally';
import type { RulesPreview } from '@concord/core/rules/rules-previews';
import { rulesPreviewText } from './rules-preview.js';

const REASON: Reason = {
  rule: 'US-REGF-01',
  outcome: 'block',
  reason: 'It may be reported from 2026-04-05.',
  citation: '12 CFR 1006.30(a)(1)',
  earliestOn: '2026-04-05',
};
const BLOCKED: EffectTally = {
  effect: 'block',
  debts: 12,
  amountMinor: 123_456,
  rules: [{ rule: 'US-REGF-01', debts: 12 }],
  examples: [{ debtId: 'd', number: '1000017', balanceMinor: 10, reasons: [REASON] }],
};
const STAYS: EffectTally = { effect: 'stay', debts: 30, amountMinor: 1, rules: [], examples: [] };
const PREVIEW: RulesPreview = {
  jurisdictionId: 'us-tx-example',
  on: '2026-04-01',
  currency: 'USD',
  comparedWith: 'configured',
  totals: { open: 0, restrain: 0, block: 12, close: 0, withdraw: 0, stay: 30 },
  connectors: [
    { connectorId: 'bureau', title: 'A bureau', act: 'report', mode: 'on', debts: 42, effects: [BLOCKED, STAYS] },
    { connectorId: 'agency', title: 'An agency', act: 'place', mode: 'paused', debts: 0, effects: [] },
  ],
};

test('a preview counts by connector what becomes of debts, and says why with examples', () => {
  const text = rulesPreviewText(PREVIEW);
  expect(text).toContain('us-tx-example on 2026-04-01, beside the configured numbers');
  expect(text).toMatch(/bureau .* report .* 0 .* 0 .* 12 .* 0 .* 0 .* 30/);
  expect(text).toMatch(/agency \(paused\) .* place/);
  expect(text).toMatch(/all .* 12 .* 30/);
  expect(text).toContain('bureau, block: 12 debts of $1,234.56; newly in the way: US-REGF-01 12');
  expect(text).toMatch(/1000017 .* US-REGF-01 \(block\): It may be reported from 2026-04-05\./);
  expect(text).not.toContain('bureau, stay');
});

test('a preview of what was judged last says so, and of what opens what no longer stands in the way', () => {
  const [bureau] = PREVIEW.connectors;
  const opens = { ...bureau!, effects: [{ ...BLOCKED, effect: 'open' as const, examples: [] }] };
  const text = rulesPreviewText({ ...PREVIEW, comparedWith: 'last-judged', connectors: [opens] });
  expect(text).toContain('beside what was judged last');
  expect(text).toContain('bureau, open: 12 debts of $1,234.56; no longer in the way: US-REGF-01 12');
  expect(text).not.toContain('Such as');
  expect(rulesPreviewText({ ...PREVIEW, connectors: [] })).toBe('us-tx-example has no connectors that are in use.');
});
