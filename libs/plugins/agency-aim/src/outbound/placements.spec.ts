import { describe, expect, test } from '@jest/globals';
import type { Change, FileFault } from '@concord/plugin-sdk';
import { joined, oneByOne } from '@concord/plugin-sdk/testing';
import { ALLOWED, DATE, debtOf, exampleSettings, person, spouse, type Altered } from '../samples/debts.js';
import { desire } from '../desire.js';
import { encodePlacements } from './placements.js';

const settings = await exampleSettings();

function placed(sequence: number, altered: Altered = {}, changed: Partial<Change> = {}): Change {
  const debt = debtOf({ number: String(20 + sequence).padStart(12, '0'), ...altered });
  const [position] = desire(debt, { settings, date: DATE, decision: ALLOWED });
  const { key, state, reference, amountMinor, content } = position!;
  return { sequence, key, state, reference, amountMinor, content, previous: null, entry: null, ...changed };
}

async function encode(...changes: readonly Change[]) {
  const faults: [number, FileFault][] = [];
  const bytes = await joined(
    encodePlacements(oneByOne(changes), {
      settings,
      date: DATE,
      fileName: 'CPLC.txt',
      fileSequence: 1,
      identifiers: { value: (identifier) => ({ 'ssn-1': '212345678', 'ssn-2': '12-34' })[identifier] },
      setAside: (sequence, fault) => faults.push([sequence, fault]),
    }),
  );
  const lines = bytes.toString('latin1').split('\n').slice(0, -1);
  return { lines, types: lines.map((line) => line.slice(0, 4)), faults };
}

describe('a placement', () => {
  test('is its account, its debtors and their phones, its itemisation and facts, and a trailer that counts them all', async () => {
    const { types, lines } = await encode(
      placed(1, { parties: [person(), person({ id: 'p', number: '000000000109' })] }),
    );
    const pairs = Array.from({ length: 8 }, () => 'CMIS');
    expect(types).toEqual(['CACT', 'CDBT', 'CDBT', 'CUPP', 'CUPP', ...pairs, 'CTRL']);
    const trailer = lines[lines.length - 1]!;
    expect([trailer.slice(84, 94), trailer.slice(94, 106), trailer.slice(106, 114)]).toEqual([
      '0000000013',
      '000001244.56',
      '20261121',
    ]);
  });

  test.each<[string, Altered, string, string | null]>([
    ['an account number that is too long', { account: 'A'.repeat(31) }, 'length', 'account'],
    ['no account number', { account: '' }, 'required', 'account'],
    ['a file number of ten digits', { number: '1234567890' }, 'length', 'fileNumber'],
    ["a co-debtor's number that can not be one", { parties: [person(), spouse] }, 'digits', 'ssn'],
    [
      'a street that does not fit',
      { parties: [person({ address: { ...person().address!, line1: 'x'.repeat(129) } })] },
      'length',
      'street1',
    ],
    ['a name in letters that the file has not', { parties: [person({ surname: '佐藤' })] }, 'characters', 'name'],
  ])('with %s leaves nothing behind, and harms no other', async (_name, altered, rule, field) => {
    const { lines, faults } = await encode(placed(1), placed(2, altered), placed(3));
    expect(lines).toEqual((await encode(placed(1), placed(3))).lines);
    expect(faults.map(([sequence, fault]) => [sequence, fault.rule, fault.field])).toEqual([[2, rule, field]]);
    expect(JSON.stringify(faults)).not.toContain('12-34');
  });

  test('tells the balance of the day, not what was owed when it was wanted', async () => {
    const { lines } = await encode(placed(1, {}, { amountMinor: 100_000 }));
    expect([lines[0]!.slice(43, 55), lines[0]!.slice(55, 67)]).toEqual(['000000990.00', '000000010.00']);
  });

  test('that the total of the file can not carry waits for the next one', async () => {
    const large = { ledger: { assessedMinor: 60_000_000_000, interestMinor: 0, balanceMinor: 60_000_000_000 } };
    const { types, faults } = await encode(
      placed(1, { ...large, account: '' }),
      placed(2, large),
      placed(3, large),
      placed(4),
    );
    expect(types.filter((type) => type === 'CACT')).toHaveLength(2);
    expect(faults.map(([sequence, { rule }]) => [sequence, rule])).toEqual([
      [1, 'required'],
      [3, 'total'],
    ]);
  });
});
