import { describe, expect, test } from '@jest/globals';
import type { Change, EncodeContext } from '@concord/plugin-sdk';
import { ALLOWED, DATE, debtOf, PAID } from './samples/debts.js';
import { tradelineIn, contentOf, type Tradeline } from './content.js';
import { desire } from './desire.js';
import { recordOf } from './record.js';
import { settingsSchema, type Metro2Settings } from './settings.js';

const settings = settingsSchema.parse({
  identificationNumber: 'CITYCOLL01',
  reporter: { name: 'City Collections Office', address: '100 Main Street' },
  fileNamePrefix: 'CITYCOLL',
});

const context: EncodeContext<Metro2Settings> = {
  settings,
  date: DATE,
  fileName: 'FILE',
  fileSequence: 1,
  identifiers: { value: (identifier) => (identifier === 'ssn-1' ? '212345678' : undefined) },
  setAside: () => undefined,
};

const LINE = tradelineIn(desire(debtOf(), { settings, date: DATE, decision: ALLOWED })[0]!.content);

function record(
  line: Partial<Tradeline>,
  previous: Partial<Tradeline> | null = null,
  state: Change['state'] = 'active',
  amountMinor = 0,
) {
  return recordOf(
    {
      sequence: 1,
      key: '',
      reference: 'x',
      state,
      amountMinor,
      content: contentOf({ ...LINE, ...line }),
      previous: previous === null ? null : contentOf({ ...LINE, ...previous }),
      entry: null,
    },
    context,
  );
}

describe('marks that stick at the bureaus', () => {
  test.each<[string, Partial<Tradeline>, Partial<Tradeline> | null, string | null, string | null]>([
    ['nothing before, nothing now', {}, null, null, null],
    ['nothing before, a dispute now', { complianceCondition: 'XB' }, {}, 'XB', null],
    ['a dispute that goes on', { complianceCondition: 'XB' }, { complianceCondition: 'XB' }, 'XB', null],
    ['a dispute that is over', {}, { complianceCondition: 'XB' }, 'XR', null],
    ['a bankruptcy that is discharged', { consumerInformation: 'H' }, { consumerInformation: 'D' }, null, 'H'],
    ['a bankruptcy that is dismissed', {}, { consumerInformation: 'D' }, null, 'Q'],
    ['paid after a dispute', { ending: 'paid' }, { complianceCondition: 'XB' }, 'XR', null],
    [
      'deleted after a dispute',
      { ending: 'deleted' },
      { complianceCondition: 'XB' },
      undefined as never,
      undefined as never,
    ],
  ])('%s', (_name, line, previous, condition, indicator) => {
    const written = record(line, previous);
    expect([written['complianceConditionCode'], written['consumerInformationIndicator']]).toEqual([
      condition,
      indicator,
    ]);
  });
});

test('a bankruptcy of one consumer is told, and taken off, in the segment of that consumer only', () => {
  const spouse = { ...LINE.primary, party: 'spouse', ecoa: '2', address: null };
  const bankrupt = { associated: [{ ...spouse, ownInformation: 'A' }] };
  const over = { associated: [spouse] };
  const indicators = (written: ReturnType<typeof record>) => [
    written['consumerInformationIndicator'],
    (written['segments'] as Record<string, unknown>[])[0]!['consumerInformationIndicator'],
  ];
  expect(indicators(record(bankrupt))).toEqual([null, 'A']);
  expect(indicators(record(over, bankrupt))).toEqual([null, 'Q']);
  expect(indicators(record(over, over))).toEqual([null, null]);
});

describe('endings', () => {
  test('a paid account has no balance, and the day of its payment', () => {
    const written = record({ ending: 'paid', lastPayment: PAID.lastPayment });
    expect(written).toMatchObject({
      accountStatus: '62',
      currentBalance: 0,
      amountPastDue: 0,
      actualPaymentAmount: 500,
      dateAccountInformation: '2026-11-10',
      dateLastPayment: '2026-11-10',
    });
  });

  test('what was told is what is deleted, whatever is known today', () => {
    const gone = {
      ending: 'deleted' as const,
      dateOpened: null,
      primary: { ...LINE.primary, surname: 'Changed', address: null },
    };
    expect(record(gone, {})).toMatchObject({
      accountStatus: 'DA',
      surname: LINE.primary.surname,
      city: 'Springfield',
      dateOpened: '2026-06-01',
      dateAccountInformation: DATE,
      currentBalance: 0,
    });
    expect(record({}, null, 'absent')).toMatchObject({ accountStatus: 'DA', surname: LINE.primary.surname });
  });

  test('a release does not wait for the day of a referral that is over', () => {
    expect(record({ ending: 'paid', dateOpened: null }, {})['dateOpened']).toBe('2026-06-01');
    expect(record({ ending: 'paid', dateOpened: null })['dateOpened']).toBe(LINE.dateFirstDelinquency);
  });
});

test('cents are cut off, and identifiers come from the context', () => {
  expect(record({ assessedMinor: 99_999 }, null, 'active', 199)).toMatchObject({
    currentBalance: 1,
    highestCredit: 999,
    socialSecurityNumber: '212345678',
    dateBirth: undefined,
  });
});
