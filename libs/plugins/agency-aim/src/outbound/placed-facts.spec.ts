import { describe, expect, test } from '@jest/globals';
import { collected, inPieces, joined, oneByOne } from '@concord/plugin-sdk/testing';
import { ALLOWED, DATE, debtOf, exampleSettings, person, spouse } from '../samples/debts.js';
import { desire } from '../desire.js';
import { formatOf } from '../formats.js';
import { encodePlacements } from './placements.js';

const NONE = { phones: undefined, factTitles: {}, accountDates: {}, itemisation: false };

async function placed(changed: object, debt = debtOf()) {
  const settings = await exampleSettings({ ...NONE, ...changed });
  const [position] = desire(debt, { settings, date: DATE, decision: ALLOWED });
  const { key, state, reference, amountMinor, content } = position!;
  const aside: string[] = [];
  const change = { sequence: 1, key, state, reference, amountMinor, content, previous: null, entry: null };
  const bytes = await joined(
    encodePlacements(oneByOne([change]), {
      settings,
      date: DATE,
      fileName: 'CPLC.txt',
      fileSequence: 1,
      identifiers: { value: () => undefined },
      setAside: (_sequence, { rule, field }) => aside.push(`${rule}:${field}`),
    }),
  );
  const lines = bytes.toString('latin1').split('\n').slice(0, -1);
  return { content, lines, aside, of: (type: string) => lines.filter((line) => line.startsWith(type)) };
}

describe('telephone numbers of a placement', () => {
  test('go out in the positions of their record, one a debtor who has one', async () => {
    const debt = debtOf({ parties: [person(), spouse] });
    const source = 'WATER OFFICE, SPRINGFIELD DESK';
    const { of, lines } = await placed({ phones: { type: '1', source } }, debt);
    const [phone, ...more] = of('CUPP');
    expect(more).toEqual([]);
    const at = (first: number, last: number): string => phone!.slice(first - 1, last).trimEnd();
    expect([at(1, 4), at(5, 13), at(14, 22), at(23, 72)]).toEqual(['CUPP', '000000101', '000000021', '']);
    expect([at(73, 73), at(74, 74), at(75, 75), at(76, 105)]).toEqual(['1', '0', '0', '2175550123']);
    expect([at(106, 145), at(146, 175), at(176, 3000), phone!.length]).toEqual(['', source, '', 3000]);
    expect(lines.map((line) => line.slice(0, 4))).toEqual(['CACT', 'CDBT', 'CDBT', 'CUPP', 'CTRL']);
    expect(lines.at(-1)!.slice(84, 94)).toBe('0000000004');
  });

  test('go out only where the agency takes them', async () => {
    expect((await placed({})).of('CUPP')).toEqual([]);
  });

  test('that do not fit leave the whole account out', async () => {
    const debt = debtOf({ parties: [person({ telephone: '1'.repeat(31) })] });
    const { debtor } = await exampleSettings();
    const { telephone: _left, ...meaning } = debtor.meaning;
    const { lines, aside } = await placed({ phones: { type: '1' }, debtor: { ...debtor, meaning } }, debt);
    expect(lines).toHaveLength(1);
    expect(aside).toEqual(['length:number']);
  });
});

describe('facts of a debt', () => {
  const titles = { debtType: 'TYPE', originalCreditor: 'CREDITOR', incurredOn: 'SINCE', delinquentOn: 'DUE' };
  const sold = debtOf();
  const debt = {
    ...sold,
    debt: { ...sold.debt, originalCreditor: { name: 'Springfield Water', classification: '04' } },
  };

  test('go along under the agreed titles', async () => {
    const { of } = await placed({ factTitles: titles }, debt);
    expect(of('CMIS').map((line) => [line.slice(43, 73).trimEnd(), line.slice(73, 173).trimEnd()])).toEqual([
      ['TYPE', 'water'],
      ['CREDITOR', 'Springfield Water'],
      ['SINCE', '20250115'],
      ['DUE', '20250301'],
    ]);
  });

  test('that the office does not know are not told', async () => {
    const unknown = { ...sold, debt: { ...sold.debt, incurredOn: null, delinquentOn: null } };
    const { of } = await placed({ factTitles: titles, accountDates: { userdate2: 'incurredOn' } }, unknown);
    expect(of('CMIS')).toHaveLength(1);
    expect(of('CACT')[0]!.slice(151)).toBe(' '.repeat(2849));
  });

  test('stand in the date fields that were given a meaning', async () => {
    const { of } = await placed({ accountDates: { lastChargeDate: 'incurredOn', userdate3: 'delinquentOn' } }, debt);
    const [account] = of('CACT');
    const at = (first: number, last: number): string => account!.slice(first - 1, last).trimEnd();
    expect([at(152, 159), at(160, 183), at(184, 191)]).toEqual(['20250115', '', '20250301']);
    expect(of('CMIS')).toEqual([]);
  });

  test('are no part of a placement that tells none', async () => {
    expect((await placed({})).content).not.toHaveProperty('facts');
    expect((await placed({ factTitles: { debtType: 'TYPE' } })).content['facts']).toEqual({ debtType: 'water' });
  });
});

test('assets of a placement are read where a file has them', async () => {
  const settings = await exampleSettings();
  const asset = `CAST${'000000101'}${'000000021'}${'5'.padEnd(9)}${'2'.padEnd(9)}${'Barn'.padEnd(50)}`;
  const bytes = Buffer.from(`${asset.padEnd(290)}000000100.50`.padEnd(3000) + '\n', 'latin1');
  const [read] = await collected(
    formatOf('placements', settings).decode(inPieces(bytes, 999), { file: 'CPLC.txt', date: DATE }),
  );
  expect(read).toMatchObject({ type: 'asset', record: { assetId: '5', name: 'Barn', value: 10_050 } });
});
