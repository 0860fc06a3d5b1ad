import { describe, expect, it } from '@jest/globals';
import { NO_WRITE_OFF_POLICY } from '../reports/domain/write-off-policy.js';
import { writeOffPolicy, writeOffSettings } from './write-off-settings.js';

const limitation = {
  ...{ debtTypes: ['care'], years: 6, runsFrom: 'delinquent', restartsOnPayment: true },
  citation: 'Example Act s.1',
};

describe('grounds for write-offs in a jurisdiction', () => {
  it('are none where nothing is said', () => {
    expect(writeOffPolicy({})).toEqual(NO_WRITE_OFF_POLICY);
    expect(writeOffPolicy({ writeOff: writeOffSettings.parse({}) })).toEqual(NO_WRITE_OFF_POLICY);
  });

  it('are those that are said', () => {
    const writeOff = writeOffSettings.parse({
      olderThanYears: 7,
      limitation: [limitation],
      deceasedWithoutEstate: true,
    });
    expect(writeOffPolicy({ writeOff })).toEqual({
      ...NO_WRITE_OFF_POLICY,
      ...{ olderThanYears: 7, limitation: [limitation], deceasedWithoutEstate: true },
    });
  });

  it.each([
    ['no years', { olderThanYears: 0 }],
    ['a cost of nothing', { costOfCollectionMinor: 0 }],
    ['half a letter', { returnedNotices: 0.5 }],
    ['a limitation without its provision', { limitation: [{ ...limitation, citation: ' ' }] }],
    [
      'a limitation that does not say what a payment does',
      { limitation: [{ ...limitation, restartsOnPayment: undefined }] },
    ],
    ['two limitations of one type', { limitation: [limitation, limitation] }],
    ['an unknown ground', { tooTiresome: true }],
  ])('refuse %s', (_, value) => {
    expect(writeOffSettings.safeParse(value).success).toBe(false);
  });
});
