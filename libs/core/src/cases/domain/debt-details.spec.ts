import { describe, expect, it } from '@jest/globals';
import { debtDatesFault } from './debt-dates.js';
import type { DebtDates } from './debt-dates.js';
import { DEBT_TYPES, debtTypesOf, missingFacts } from './debt-types.js';
import { afterTurn, judgmentFault } from './judgment.js';
import type { JudgmentTerms } from './judgment.js';

const TODAY = '2026-03-16';
const NOTHING: DebtDates = { incurred: null, due: null, delinquent: null, itemised: null };

describe('the dates of a debt', () => {
  it.each<[string, Partial<DebtDates>, string | null]>([
    ['none is known', {}, null],
    ['all are in order', { incurred: '2025-01-01', due: '2025-02-01', delinquent: '2025-02-02' }, null],
    ['all are one day', { incurred: '2025-01-01', due: '2025-01-01', delinquent: '2025-01-01' }, null],
    ['it is itemised from before it was due', { due: '2025-02-01', itemised: '2025-01-05' }, null],
    ['it is due later than today', { incurred: '2026-03-01', due: '2026-04-01' }, null],
    ['it was incurred tomorrow', { incurred: '2026-03-17' }, 'date-in-future'],
    ['it fell delinquent tomorrow', { delinquent: '2026-03-17' }, 'date-in-future'],
    ['it is itemised from tomorrow', { itemised: '2026-03-17' }, 'date-in-future'],
    ['it was due before it was incurred', { incurred: '2025-01-02', due: '2025-01-01' }, 'dates-out-of-order'],
    ['it fell delinquent before it was due', { due: '2025-02-01', delinquent: '2025-01-31' }, 'dates-out-of-order'],
    [
      'it fell delinquent before it was incurred',
      { incurred: '2025-02-01', delinquent: '2025-01-31' },
      'dates-out-of-order',
    ],
    [
      'it is itemised from before it was incurred',
      { incurred: '2025-02-01', itemised: '2025-01-31' },
      'dates-out-of-order',
    ],
  ])('when %s', (_, dates, code) => {
    expect(debtDatesFault({ ...NOTHING, ...dates }, TODAY)?.code ?? null).toBe(code);
  });
});

describe('a judgment', () => {
  const terms = (changes: Partial<JudgmentTerms> = {}): JudgmentTerms => ({
    ...{ court: 'Superior Court', caseNumber: 'SC-1', enteredOn: '2025-06-01', principalMinor: 50_000 },
    ...{ interestMinor: 0, feesMinor: 0, costsMinor: 7_500, yearlyPercent: '10', enforceableUntil: null },
    ...changes,
  });

  it.each<[string, Partial<JudgmentTerms>, string | null]>([
    ['is one', {}, null],
    ['of costs alone is one', { principalMinor: 0 }, null],
    ['of nothing is none', { principalMinor: 0, costsMinor: 0 }, 'judgment-empty'],
    ['of more than can be added is none', { principalMinor: Number.MAX_SAFE_INTEGER }, 'judgment-too-large'],
    ['from before the debt is none', { enteredOn: '2024-12-31' }, 'judgment-dates'],
    ['that ended before it began is none', { enforceableUntil: '2025-05-31' }, 'judgment-dates'],
    ['of tomorrow is none', { enteredOn: '2026-03-17' }, 'date-in-future'],
  ])('%s', (_, changes, code) => {
    expect(judgmentFault(terms(changes), '2025-01-01', TODAY)?.code ?? null).toBe(code);
  });

  it('may be renewed, satisfied or vacated while it is in force, and vacated after it was satisfied', () => {
    expect([
      afterTurn('in-force', 'renewed'),
      afterTurn('in-force', 'satisfied'),
      afterTurn('in-force', 'vacated'),
    ]).toEqual(['in-force', 'satisfied', 'vacated']);
    expect([
      afterTurn('satisfied', 'renewed'),
      afterTurn('satisfied', 'satisfied'),
      afterTurn('satisfied', 'vacated'),
    ]).toEqual([null, null, 'vacated']);
    for (const turn of ['renewed', 'satisfied', 'vacated'] as const) expect(afterTurn('vacated', turn)).toBeNull();
  });
});

describe('the types of debts', () => {
  const known = { dueOn: null, delinquentOn: null, itemisedOn: null, aroseFromContract: null };

  it('have codes of their own, and an office may rename them or add to them', () => {
    expect(new Set(DEBT_TYPES.map(({ code }) => code)).size).toBe(DEBT_TYPES.length);
    const own = [
      { code: 'permit', title: 'Street permit', family: 'licence' as const },
      { code: 'tree-felling', title: 'Tree felling', family: 'charge' as const },
    ];
    const types = debtTypesOf(own);
    expect(types).toHaveLength(DEBT_TYPES.length + 1);
    expect(types.filter(({ code }) => code === 'permit')).toEqual([own[0]]);
    expect(types.map(({ code }) => code)).toEqual(types.map(({ code }) => code).sort());
  });

  it('say which facts rules miss, by country and by what is owed', () => {
    const facts = (...of: Parameters<typeof missingFacts>) => missingFacts(...of).map(({ fact }) => fact);
    expect(facts('US', 'charge', known)).toEqual(['delinquentOn', 'aroseFromContract', 'itemisedOn', 'dueOn']);
    expect(facts('CA', 'fine', known)).toEqual(['dueOn']);
    expect(facts('CA', 'loan', known)).toEqual([]);
    expect(facts('GB', null, known)).toEqual(['dueOn']);
    expect(facts('US', 'charge', { ...known, dueOn: '2025-01-01', aroseFromContract: false })).toEqual([
      'delinquentOn',
      'itemisedOn',
    ]);
    expect(missingFacts('US', 'medical', known)[0]).toEqual({
      fact: 'delinquentOn',
      rules: ['US-FCRA-04', 'US-FCRA-07', 'US-NCAP-03'],
    });
  });
});
