import { describe, expect, test } from '@jest/globals';
import { collected, inPieces } from '@concord/plugin-sdk/testing';
import { exampleSettings } from '../samples/debts.js';
import { decodeAgencyPayments } from './agency-payments.js';

const GROSS = await exampleSettings({ commission: { remits: 'gross' } });
const COLLECTED = await exampleSettings();
const REMITTED = await exampleSettings({
  commission: { remits: 'net', commissionBucket: 8, amountIs: 'remitted' },
});

const money = (cents: number): string => {
  const digits = String(cents).padStart(11, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** One record, written here from the published positions. */
function payment(type: string, identifier: string, cents: number, rest = '', file = '000000021'): string {
  const head = `APAY${file}${'INV-1'.padEnd(30)}${money(cents)}20261120${type.padEnd(3)}${identifier.padEnd(30)}`;
  return head + ''.padEnd(30) + rest.padEnd(96);
}

const trailer = (count: number, cents: number): string =>
  `ATRL${String(count).padStart(10, '0')}${money(cents)}20261121`.padEnd(222);

async function read(settings: typeof GROSS, lines: readonly string[], most?: number) {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  return collected(decodeAgencyPayments(inPieces(bytes, 100), { settings, fileName: 'APAY.txt' }, most));
}

async function outline(settings: typeof GROSS, ...lines: string[]) {
  return (await read(settings, lines)).map((item) =>
    'fault' in item ? `${item.fault.severity}:${item.fault.rule}:${item.fault.field}` : item.kind,
  );
}

describe('a payment', () => {
  test.each([
    ['passed on whole', GROSS, '', { amountMinor: 10_000, commissionMinor: 0 }],
    [
      'stated as collected',
      COLLECTED,
      `${''.padEnd(12)}${money(2_500)}`,
      { amountMinor: 10_000, commissionMinor: 2_500 },
    ],
    [
      'stated as remitted',
      REMITTED,
      `${''.padEnd(84)}${money(2_500)}`,
      { amountMinor: 12_500, commissionMinor: 2_500 },
    ],
  ])('%s', async (_name, settings, rest, wanted) => {
    const [paid] = await read(settings, [payment('PA', 'P-1', 10_000, rest), trailer(1, 10_000)]);
    expect(paid).toMatchObject({ kind: 'paid', paidOn: '2026-11-20', currency: 'USD', ...wanted });
  });

  test.each([
    ['a blank identifier', GROSS, payment('PA', '', 100), 'record:required:paymentIdentifier'],
    ['an unknown type', GROSS, payment('NSF', 'P-1', 100), 'record:code-list:type'],
    ['no commission where one is kept', COLLECTED, payment('PA', 'P-1', 100), 'record:required:bucket2'],
    [
      'more commission than money',
      COLLECTED,
      payment('PA', 'P-1', 100, `${''.padEnd(12)}${money(101)}`),
      'record:commission:bucket2',
    ],
    [
      'a negative commission',
      COLLECTED,
      payment('PA', 'P-1', 100, `${''.padEnd(12)}-00000000.01`),
      'record:number:bucket2',
    ],
    [
      'a negative amount',
      GROSS,
      payment('PA', 'P-1', 100).replace('000000001.00', '-00000001.00'),
      'record:number:paymentAmount',
    ],
  ])('with %s is set aside', async (_name, settings, line, wanted) => {
    const good = payment('PA', 'P-2', 200, `${money(0)}${money(0)}`);
    const total = wanted.endsWith('paymentAmount') ? 200 : 300;
    expect(await outline(settings, line, good, trailer(2, total))).toEqual([wanted, 'paid']);
  });

  test('keeps the fields that follow the public ones out of it', async () => {
    const line = `${payment('PA', 'P-1', 100)}0000042.17 MORE`;
    expect(await outline(GROSS, line, payment('PA', 'P-2', 100).trimEnd(), trailer(2, 200))).toEqual(['paid', 'paid']);
  });

  test('and its reversal name the same payment', async () => {
    const [paid, reversed] = await read(GROSS, [
      payment('PA', 'P-1', 100),
      payment('PAR', 'P-1', 100),
      trailer(2, 200),
    ]);
    expect(reversed).toMatchObject({ kind: 'payment-reversed', reversedOn: '2026-11-20' });
    expect((reversed as { reverses: string }).reverses).toBe((paid as { naturalKey: string }).naturalKey);
  });

  test.each([
    [
      'a reversal of another amount',
      [payment('PA', 'P-1', 100), payment('PAR', 'P-1', 90), trailer(2, 190)],
      ['paid', 'record:unmatched:paymentAmount'],
    ],
    [
      'a payment after a reversal of another amount',
      [payment('PAR', 'P-1', 90), payment('PA', 'P-1', 100), trailer(2, 190)],
      ['payment-reversed', 'record:unmatched:paymentAmount'],
    ],
    [
      'the same identifier on another account',
      [payment('PA', 'P-1', 100), payment('PAR', 'P-1', 90, '', '000000022'), trailer(2, 190)],
      ['paid', 'payment-reversed'],
    ],
    [
      'the same payment twice',
      [payment('PA', 'P-1', 100), payment('PA', 'P-1', 150), trailer(2, 250)],
      ['paid', 'record:repeated:paymentIdentifier'],
    ],
    ['a wrong total', [payment('PA', 'P-1', 100), trailer(1, 101)], ['paid', 'file:total:total']],
    ['a wrong count', [payment('PA', 'P-1', 100), trailer(2, 100)], ['paid', 'file:total:recordCount']],
    ['no trailer', [payment('PA', 'P-1', 100)], ['paid', 'file:truncated:null']],
    ['records after the trailer', [trailer(0, 0), payment('PA', 'P-1', 100)], ['file:after-trailer:null']],
  ])('%s', async (_name, lines, wanted) => {
    expect(await outline(GROSS, ...lines)).toEqual(wanted);
  });

  test('a file with more than can be held against each other is refused', async () => {
    const lines = [payment('PA', 'P-1', 100), payment('PA', 'P-2', 100), payment('PA', 'P-3', 100)];
    const items = await read(GROSS, lines, 2);
    expect(items[items.length - 1]).toMatchObject({ fault: { severity: 'file', rule: 'too-many' } });
    expect(items).toHaveLength(3);
  });

  test('without a mapped trailer is read all the same', async () => {
    const bare = await exampleSettings({ commission: { remits: 'gross' }, trailers: undefined });
    expect(await outline(bare, payment('PA', 'P-1', 100))).toEqual(['paid']);
    expect(await outline(bare, payment('PA', 'P-1', 100), trailer(1, 100))).toEqual([
      'paid',
      'record:record-type:null',
    ]);
  });
});
