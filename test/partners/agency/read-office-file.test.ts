import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readOfficeFile } from './read-office-file.ts';
import { miscellaneous, payment, payments, placement, placements, recall, recalls } from './sample-files.ts';

const [one, two] = ['000000101', '000000102'];

describe('reading', () => {
  test('a placement with its debtors, titles and columns', async () => {
    const records = [
      ...placement(one, '100.10', { '56-67': '        5.05' }),
      miscellaneous(one, 'ITEMISATION DATE', '20260101'),
      ...placement(two, '0.99'),
    ];
    const { file } = await readOfficeFile(placements(records));
    assert.deepEqual(file, {
      kind: 'placements',
      records: 5,
      createdOn: '2026-11-02',
      placed: [
        {
          fileNumber: one,
          account: `ACCT${one}`,
          amountMinor: 10_515,
          debtorNumbers: ['900000101'],
          miscellaneous: { 'ITEMISATION DATE': '20260101' },
        },
        { fileNumber: two, account: `ACCT${two}`, amountMinor: 99, debtorNumbers: ['900000102'], miscellaneous: {} },
      ],
    });
  });

  test('every money column counts', async () => {
    const columns = Object.fromEntries(
      Array.from({ length: 9 }, (_, column) => [`${44 + column * 12}-${55 + column * 12}`, '000000001.01']),
    );
    const { file } = await readOfficeFile(placements(placement(one, '1.01', columns), { '95-106': '000000009.09' }));
    assert.equal(file?.kind === 'placements' ? file.placed[0]?.amountMinor : undefined, 909);
  });

  test('payments, recalls, and files without records', async () => {
    const paid = await readOfficeFile(payments([payment(one, '12.00', 'PU', 'ID1')]));
    assert.deepEqual(paid.file, {
      kind: 'payments',
      records: 1,
      createdOn: '2026-11-02',
      notices: [
        {
          fileNumber: one,
          account: `ACCT${one}`,
          amountMinor: 1_200,
          on: '2026-11-01',
          batchType: 'PU',
          identifier: 'ID1',
        },
      ],
    });
    const recalled = await readOfficeFile(recalls([recall('CPEN', one, '20261130'), recall('CFIN', two)]));
    assert.deepEqual(
      recalled.file?.kind === 'recalls' && recalled.file.recalls.map(({ kind, objectUntil }) => [kind, objectUntil]),
      [
        ['CPEN', '2026-11-30'],
        ['CFIN', null],
      ],
    );
    for (const [bytes, kind] of [
      [placements([]), 'placements'],
      [payments([]), 'payments'],
      [recalls([]), 'recalls'],
    ] as const) {
      assert.equal((await readOfficeFile(bytes)).file?.kind, kind);
    }
  });

  test('carriage returns do not matter', async () => {
    const bytes = Buffer.from(placements(placement(one, '1.00')).toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
    assert.equal((await readOfficeFile(bytes)).file?.records, 2);
  });

  const account = placement(one, '5.00');
  const whole: readonly (readonly [title: string, bytes: Buffer, reason: RegExp])[] = [
    ['a count that is wrong', placements(account, { '85-94': 3 }), /COUNT SAYS 3 FOUND 2/],
    ['a total that is wrong', placements(account, { '95-106': '000000005.01' }), /TOTAL SAYS 5.01 FOUND 5.00/],
    [
      'a total of payments that is wrong',
      payments([payment(one, '1.00', 'PU', 'A')], { '15-26': '000000001.01' }),
      /TOTAL SAYS 1.01 FOUND 1.00/,
    ],
    ['a count of recalls that is wrong', recalls([recall('CFIN', one)], { '5-14': 0 }), /COUNT SAYS 0 FOUND 1/],
    ['no trailer', placements(account).subarray(0, 6002), /^NO TRAILER/],
    ['a file cut in a record', placements(account).subarray(0, 4000), /LINE 2: CDBT HAS 999 POSITIONS/],
    ['an empty file', Buffer.alloc(0), /^NO TRAILER/],
    ['two files in one', Buffer.concat([placements(account), placements(account)]), /LINE 4: MORE AFTER THE TRAILER/],
    ['records of two kinds', placements([...account, recall('CFIN', one)]), /LINE 3: CFIN IN A FILE OF placements/],
    ['a record that nobody knows', placements([...account, 'CZZZ'.padEnd(3000)]), /LINE 3: NO SUCH RECORD "CZZZ"/],
    ['an account without a debtor', placements(account.slice(0, 1)), /CACT 000000101 WITHOUT A DEBTOR/],
    ['a debtor of no account', placements(account.slice(1)), /LINE 1: CDBT 14-22 HAS NO CACT BEFORE IT/],
    [
      'money without its point',
      placements(placement(one, '5.00', { '44-55': '000000000500' })),
      /44-55 IS NOT AN AMOUNT/,
    ],
    ['a file number of zeros', placements(placement('000000000', '5.00')), /5-13 IS NOT A NUMBER OF NINE DIGITS/],
    ['a batch type that was not agreed', payments([payment(one, '1.00', 'XX', 'A')]), /160-162 "XX" IS NO AGREED/],
    ['a payment without an identifier', payments([payment(one, '1.00', 'PU', '')]), /163-192 IS BLANK/],
    ['a date that does not exist', recalls([recall('CPEN', one, '20260230')]), /47-54 IS NO DATE/],
    ['hostile bytes', Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 37) % 256)), /LINE 1: /],
  ];
  for (const [title, bytes, reason] of whole) {
    test(`refuses ${title}`, async () => {
      const { refused } = await readOfficeFile(bytes);
      assert.match(refused ?? 'not refused', reason);
    });
  }
});
