import { describe, expect, it } from '@jest/globals';
import { ACTS } from '@concord/plugin-sdk';
import { explain } from './explain.js';
import { hasPrecondition, namedPlaces } from './preconditions.js';
import { placeableDebt, REPORTABLE_ON, reportableDebt } from './testing/reportable-debt.js';

const TODAY = REPORTABLE_ON;

describe('acts before which no rule asks for anything', () => {
  it('are these: a rule that comes or goes changes the list, and what an office is told', () => {
    const open = namedPlaces().map(({ name, jurisdiction }) => [
      name,
      ACTS.filter((act) => !hasPrecondition(jurisdiction, act, TODAY)).join(', '),
    ]);
    expect(Object.fromEntries(open)).toEqual({
      CA: 'report, place, suspend, hold, file-claim, enforce-judgment, garnish, lien, disconnect, direct-debit, contact',
      'ca-nl': 'report, place, disconnect, direct-debit, contact',
      GB: 'report, place, suspend, hold, disconnect, contact',
      US: 'hold, lien, disconnect, contact',
      'US-CA': 'hold, lien, disconnect, contact',
      'US-FL': 'hold, lien, disconnect, contact',
      'US-IL': 'hold, lien, disconnect, contact',
      'us-il-chicago': 'lien, disconnect, contact',
      'US-NC': 'hold, lien, disconnect, contact',
    });
  });

  it('are all acts in a country that the register does not know', () => {
    const jurisdiction = { id: 'ie-example', country: 'IE', currency: 'EUR' };
    expect(ACTS.filter((act) => hasPrecondition(jurisdiction, act, TODAY))).toEqual([]);
  });

  it('are explained as such, and no others', () => {
    const SENTENCE = 'Concord knows no rule of this place on what must come before that.';
    expect(explain(placeableDebt(), 'lien', TODAY).says).toContain(SENTENCE);
    expect(explain(reportableDebt(), 'report', TODAY).says).not.toContain(SENTENCE);
  });
});
