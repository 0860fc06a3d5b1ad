import { describe, expect, test } from '@jest/globals';
import type { PartyPair } from '@concord/core/parties/matching/find-matches';
import type { PartySummary } from '@concord/core/parties/matching/party-summary';
import { duplicatesTable } from './parties.js';

const party = (changes: Partial<PartySummary>): PartySummary => ({
  id: 'id-1',
  number: 1,
  jurisdictionId: 'us-tx-example',
  sourceReference: 'P-1',
  kind: 'person',
  surname: 'Sample',
  firstName: 'Robin',
  middleName: null,
  generation: null,
  address: null,
  telephone: null,
  mergedInto: null,
  debts: 1,
  ...changes,
});
const pair: PartyPair = {
  level: 'likely',
  score: 8_050,
  reasons: [
    { code: 'same-date-of-birth', points: 3_500 },
    { code: 'same-name', points: 4_500 },
  ],
  parties: [
    party({}),
    party({ id: 'id-2', number: 2, sourceReference: 'P-2', surname: 'Sample\u001b[2J Inc', firstName: null, debts: 2 }),
  ],
};

describe('pairs that may be one', () => {
  test('are shown with how sure, why and who', () => {
    const shown = duplicatesTable([pair]);
    for (const text of ['likely', '80 %', '1 Sample, Robin (P-1; 1 debt)', 'P-2; 2 debts', 'same-name', 'id-1 id-2']) {
      expect(shown).toContain(text);
    }
    expect(shown).not.toContain('\u001b');
  });

  test('may be none', () => {
    expect(duplicatesTable([])).toBe('No two parties look like one.');
  });
});
