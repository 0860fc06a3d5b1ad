import { expect, test } from '@jest/globals';
import { hostSystems } from './host-system-settings.js';

const FILE = {
  name: 'counter',
  kind: 'payments',
  dated: { name: '^counter-(?<date>\\d{8})' },
  layout: {
    ...{ form: 'delimited', name: 'counter', characterSet: 'utf-8', separator: 'comma', lineEnd: 'lf' },
    maxRecordLength: 200,
    records: [
      {
        name: 'payment',
        recognise: 'otherwise',
        fields: [
          { name: 'Receipt', column: 1, type: 'text' },
          { name: 'Account', column: 2, type: 'text' },
        ],
      },
    ],
  },
  meaning: { paymentReference: 'receipt', debtReference: 'account' },
};

const faults = (...files: unknown[]): string[] =>
  hostSystems.safeParse([{ id: 'water', files }]).error?.issues.map(({ message }) => message) ?? [];

test('the files of a host system are read with what they mean', () => {
  const [system] = hostSystems.parse([{ id: 'water', files: [FILE] }]);
  expect(system?.files[0]).toMatchObject({
    ...{ picture: 'changes', closesShare: 0.02 },
    meaning: { paymentReference: { field: 'receipt' } },
  });
});

test.each([
  [{ meaning: { ...FILE.meaning, amountMinor: 'amount' } }, 'the record has no field amount'],
  [{ meaning: { ...FILE.meaning, surname: 'account' } }, 'is no field of payments'],
  [{ meaning: { debtReference: 'account' } }, 'must say what the paymentReference is'],
  [{ meaning: { ...FILE.meaning, action: 'account' } }, 'must have codes that say what each value means'],
  [{ meaning: { ...FILE.meaning, action: { value: 'gone' } } }, 'must be one of payment, withdrawn'],
  [{ picture: 'full' }, 'payments come as changes'],
  [{ record: 'refund' }, 'the layout has no record refund'],
  [{ dated: { name: '^counter-' } }, 'must be a regular expression with a group named date'],
  [{ dated: { header: { date: 'fileDate' } } }, 'the header has no field fileDate'],
  [{ closesShare: 2 }, 'must not be above 1'],
])('%j is refused', (change, message) => {
  expect(faults({ ...FILE, ...change }).join('; ')).toContain(message);
});

test('a system has its files by name', () => {
  expect(faults(FILE, FILE)).toEqual(['have the same name twice']);
});
