import { expect, test } from '@jest/globals';
import type { ShownDebt } from '../operations/debts.js';
import { debtText } from './debt.js';

const DEBT: ShownDebt = {
  ...{ debtId: 'an-id', jurisdictionId: 'us-tx-example', sourceReference: 'AR-24-000007', currency: 'USD' },
  type: { code: 'small-claim', title: 'Small claim', family: 'claim' },
  ...{ aroseFromContract: null, incurredOn: '2024-01-02', dueOn: null, delinquentOn: '2024-02-02' },
  ...{ itemisedOn: null, lastPaymentOn: null, dateChanges: [], judgments: [] },
  missing: [{ fact: 'itemisedOn', rules: ['US-REGF-03'] }],
};

test('a debt is told with what is not known and what rules miss', () => {
  const text = debtText(DEBT);
  for (const words of [
    'AR-24-000007',
    'Small claim',
    '2024-02-02',
    'not known',
    'Missing: itemisedOn, read by US-REGF-03',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('Judgment');
});

test('judgments are told with their sum, and corrections with who made them', () => {
  const terms = { principalMinor: 50_000, interestMinor: 0, feesMinor: 0, costsMinor: 7_500, yearlyPercent: null };
  const text = debtText({
    ...DEBT,
    judgments: [
      {
        ...{ id: 'j', court: 'Superior Court', caseNumber: 'SC-1', enteredOn: '2024-09-01', ...terms },
        ...{ enforceableUntil: null, state: 'satisfied', endedOn: '2025-01-01', against: [], history: [] },
      },
    ],
    dateChanges: [
      {
        ...{ date: 'due', before: null, after: '2024-02-01', reason: 'as billed', source: 'archive' },
        ...{ actor: 'officer.kim', recordedAt: new Date(0) },
      },
    ],
  });
  for (const words of ['SC-1', '$575.00', 'satisfied 2025-01-01', 'as billed', 'officer.kim (archive)'])
    expect(text).toContain(words);
});
