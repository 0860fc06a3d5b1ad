import { describe, expect, test } from '@jest/globals';
import { intakeRow } from '../../cases/domain/intake-row.js';
import { chargeDue, withoutFrozen } from './charges.js';
import { merge } from './host-state.js';

const FROZEN = [{ from: '2026-03-02', to: '2026-05-01' }];

describe('a charge of the host', () => {
  test('is posted where nothing freezes it', () => {
    expect(chargeDue('interestMinor', 1250, 0, '2026-03-01', FROZEN)).toEqual({ postedMinor: 1250, withheldMinor: 0 });
    expect(chargeDue('feesMinor', 1250, 0, '2026-05-02', FROZEN)).toEqual({ postedMinor: 1250, withheldMinor: 0 });
  });

  test('of interest and fees is withheld on every day of a freeze, the principal is not', () => {
    for (const on of ['2026-03-02', '2026-05-01']) {
      expect(chargeDue('interestMinor', 1250, 100, on, FROZEN)).toEqual({ postedMinor: 0, withheldMinor: 1350 });
      expect(chargeDue('amountMinor', 1250, 0, on, FROZEN)).toEqual({ postedMinor: 1250, withheldMinor: 0 });
    }
    expect(chargeDue('feesMinor', 5, 0, '2030-01-01', [{ from: '2026-03-02', to: null }])).toEqual({
      ...{ postedMinor: 0, withheldMinor: 5 },
    });
  });

  test('that is lowered takes from what is withheld before it credits', () => {
    expect(chargeDue('interestMinor', -1250, 1250, '2026-06-01', FROZEN)).toEqual({ postedMinor: 0, withheldMinor: 0 });
    expect(chargeDue('interestMinor', -1300, 1250, '2026-03-05', FROZEN)).toEqual({
      ...{ postedMinor: -50, withheldMinor: 0 },
    });
    expect(chargeDue('interestMinor', -50, 1250, '2026-06-01', [])).toEqual({ postedMinor: 0, withheldMinor: 1200 });
  });
});

test('interest and fees with which a debt comes first are left out of its row where they are frozen on the day of the file', () => {
  const on = '2025-05-01';
  const row = intakeRow.parse({
    ...{ sourceReference: 'A', type: 'utility', incurredOn: on, delinquentOn: null, currency: 'USD' },
    entries: [
      { kind: 'assessment', amountMinor: 10_000, on, reference: 'assessment' },
      { kind: 'interest', amountMinor: 300, on, reference: 'interest' },
      { kind: 'fee', amountMinor: 1_250, on, reference: 'fee' },
    ],
    debtor: { sourceReference: 'C-A', kind: 'business', surname: 'Sample' },
  });
  const earlier = merge({}, { amountMinor: 10_000, interestMinor: 300 }, { date: '2026-03-01', sequence: 1, line: 2 });
  const { state } = merge(earlier.state, { feesMinor: 1_250 }, { date: '2026-03-02', sequence: 1, line: 2 });
  const kinds = (frozen: typeof FROZEN) => withoutFrozen(row, state, frozen).entries.map(({ kind }) => kind);
  expect(kinds([])).toEqual(['assessment', 'interest', 'fee']);
  expect(kinds(FROZEN)).toEqual(['assessment', 'interest']);
  expect(kinds([{ from: '2026-01-01', to: '2026-12-31' }])).toEqual(['assessment']);
});
