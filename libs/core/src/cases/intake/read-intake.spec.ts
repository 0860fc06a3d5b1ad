import { describe, expect, test } from '@jest/globals';
import { CSV_COLUMNS, CSV_HEADER } from './csv-columns.js';
import type { IntakeItem } from './intake-fault.js';
import { readIntake } from './read-intake.js';
import type { IntakeFormat } from './read-intake.js';

async function read(text: string, format: IntakeFormat = 'csv', currency = 'USD'): Promise<IntakeItem[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }
  const items: IntakeItem[] = [];
  for await (const item of readIntake(bytes(), format, { currency })) items.push(item);
  return items;
}

/** One CSV row; cells are given by column name, and the rest are those of a plain debt. */
function csvRow(cells: Record<string, string> = {}): string {
  const plain: Record<string, string> = {
    source_reference: 'W-1',
    type: 'water',
    incurred_on: '2025-01-02',
    amount: '100.00',
    debtor_reference: 'P-1',
    debtor_kind: 'person',
    surname: 'Okafor',
  };
  return CSV_COLUMNS.map(({ name }) => cells[name] ?? plain[name] ?? '').join(',');
}

const csv = (...rows: string[]) => `${[CSV_HEADER, ...rows].join('\n')}\n`;
const faultsOf = (items: readonly IntakeItem[]) => items.flatMap(({ faults = [] }) => faults);
const columnsOf = (items: readonly IntakeItem[]) => faultsOf(items).map(({ column }) => column);

describe('a CSV file', () => {
  test('becomes the intake row', async () => {
    const [item] = await read(
      csv(
        csvRow({
          arose_from_contract: 'TRUE',
          original_creditor_name: '"City of Berkeley, Refuse"',
          original_creditor_classification: '04',
          delinquent_on: '2025-02-02',
          itemised_on: '2025-02-10',
          notice_sent_on: '2025-02-20',
          currency: 'USD',
          amount: '1234.56',
          interest: '7.80',
          fees: '0.00',
          paid: '200',
          last_payment_on: '2025-03-03',
          first_name: 'Ada',
          line1: '"12 Quill St\nUnit 3"',
          city: 'Berkeley',
          region: 'CA',
          postal_code: '94702',
          country: 'US',
          telephone: '+1 (510) 555-0123',
          ssn: '987-12-3456',
          date_of_birth: '1980-02-29',
          due_on: '2025-02-01',
          judgment_court: 'Justice Court',
          judgment_case_number: 'JC-1',
          judgment_entered_on: '2025-06-01',
          judgment_principal: '1234.56',
          judgment_costs: '75.00',
          judgment_yearly_percent: '8.25',
          judgment_enforceable_until: '2035-05-31',
        }),
      ),
    );
    expect(item).toEqual({
      line: 2,
      row: {
        sourceReference: 'W-1',
        type: 'water',
        aroseFromContract: true,
        originalCreditor: { name: 'City of Berkeley, Refuse', classification: '04' },
        incurredOn: '2025-01-02',
        delinquentOn: '2025-02-02',
        itemisedOn: '2025-02-10',
        currency: 'USD',
        entries: [
          { kind: 'assessment', amountMinor: 123456, on: '2025-01-02', reference: 'amount' },
          { kind: 'interest', amountMinor: 780, on: '2025-01-02', reference: 'interest' },
          { kind: 'payment', amountMinor: 20000, on: '2025-03-03', reference: 'paid' },
        ],
        debtor: {
          sourceReference: 'P-1',
          kind: 'person',
          surname: 'Okafor',
          firstName: 'Ada',
          middleName: null,
          generation: null,
          address: {
            line1: '12 Quill St Unit 3',
            line2: null,
            city: 'Berkeley',
            region: 'CA',
            postalCode: '94702',
            country: 'US',
          },
          telephone: '5105550123',
          ssn: '987123456',
          sin: null,
          dateOfBirth: '1980-02-29',
        },
        coDebtors: [],
        stops: [],
        proofs: [{ kind: 'notice-sent', on: '2025-02-20', reference: null }],
        dueOn: '2025-02-01',
        judgment: {
          court: 'Justice Court',
          caseNumber: 'JC-1',
          enteredOn: '2025-06-01',
          principalMinor: 123456,
          interestMinor: 0,
          feesMinor: 0,
          costsMinor: 7500,
          yearlyPercent: '8.25',
          enforceableUntil: '2035-05-31',
          against: null,
        },
      },
    });
  });

  test('leaves what is blank unknown, and takes the jurisdiction’s currency', async () => {
    const [item] = await read(csv(csvRow({ amount: '1500' })), 'csv', 'JPY');
    expect(item?.row).toMatchObject({
      currency: 'JPY',
      aroseFromContract: null,
      originalCreditor: null,
      delinquentOn: null,
      itemisedOn: null,
      proofs: [],
      dueOn: null,
      judgment: null,
      entries: [{ amountMinor: 1500 }],
      debtor: { address: null, telephone: null },
    });
  });

  test('is read alike with byte order mark, CR LF, blank lines and no last line end', async () => {
    const text = `\ufeff${csv(csvRow(), '', ',,,', csvRow({ source_reference: 'W-2' })).trimEnd()}`;
    const items = await read(text.replaceAll('\n', '\r\n'));
    expect(items.map(({ line, row }) => [line, row?.sourceReference])).toEqual([
      [2, 'W-1'],
      [5, 'W-2'],
    ]);
  });

  test('counts physical lines across quoted newlines', async () => {
    const two = csvRow({ line1: '"1 A St\r\n\r\nRear"', city: 'B', postal_code: '1', country: 'US' });
    const items = await read(
      csv(two, csvRow({ amount: 'x' }))
        .replaceAll('\n', '\r\n')
        .replaceAll('\r\r', '\r'),
    );
    expect(items.map(({ line, faults }) => [line, faults?.length])).toEqual([
      [2, undefined],
      [5, 1],
    ]);
  });

  test.each([
    ['an unknown column', CSV_HEADER.replace('fees', 'fee'), ['unknown column "fee"']],
    ['a missing column', CSV_HEADER.replace('amount,', ''), ['missing column amount']],
    ['a column twice', `${CSV_HEADER},city`, ['column city appears twice']],
    ['semicolons', CSV_HEADER.replaceAll(',', ';'), ['columns must be separated by commas']],
    [
      'no date to post on',
      'source_reference,type,amount,debtor_reference,debtor_kind,surname',
      ['missing column incurred_on or delinquent_on: one of them dates the assessment'],
    ],
    ['nothing in it', '', ['is empty: the first line must name the columns']],
    ['a broken quote in the header', '"a"b,c', [expect.stringContaining('quote out of place')]],
  ])('with %s is refused before its first row', async (_, header, reasons) => {
    const items = await read(`${header}\n${header === '' ? '' : csvRow()}\n`);
    expect(items).toHaveLength(1);
    expect(faultsOf(items).map(({ severity, reason }) => [severity, reason])).toEqual(
      reasons.map((reason) => ['file', reason]),
    );
  });
});

describe('a bad row of a CSV file', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['amount is no decimal', { amount: '"1,234.50"' }, ['amount']],
    ['amount has too many decimals', { amount: '1.234' }, ['amount']],
    ['amount is zero', { amount: '0.00' }, ['amount']],
    ['amount is negative', { amount: '-5.00' }, ['amount']],
    ['amount is blank', { amount: '' }, ['amount']],
    ['fees are negative', { fees: '-1' }, ['fees']],
    ['currency is none', { currency: 'DOLLAR' }, ['currency']],
    ['more was paid than owed', { paid: '100.01', last_payment_on: '2025-02-01' }, ['paid']],
    ['a payment has no date', { paid: '5' }, ['last_payment_on']],
    ['a payment date has no payment', { last_payment_on: '2025-02-01' }, ['paid']],
    ['a payment date does not exist', { paid: '5', last_payment_on: '2025-02-30' }, ['last_payment_on']],
    ['a date is in another order', { incurred_on: '02/01/2025' }, ['incurred_on']],
    ['no date posts the assessment', { incurred_on: '' }, ['incurred_on']],
    ['the only date does not exist', { incurred_on: '', delinquent_on: '2025-02-29' }, ['delinquent_on']],
    ['delinquency precedes the debt', { delinquent_on: '2025-01-01' }, ['delinquent_on']],
    ['itemisation precedes the debt', { itemised_on: '2025-01-01' }, ['itemised_on']],
    ['the itemisation date does not exist', { itemised_on: '2025-02-30' }, ['itemised_on']],
    ['the day of the notice is in another order', { notice_sent_on: '20/02/2025' }, ['notice_sent_on']],
    ['the contract flag is neither', { arose_from_contract: 'maybe' }, ['arose_from_contract']],
    [
      'the classification lost its zero',
      { original_creditor_name: 'City', original_creditor_classification: '4' },
      ['original_creditor_classification'],
    ],
    ['the creditor has no classification', { original_creditor_name: 'City' }, ['original_creditor_classification']],
    ['the address has no city', { line1: '1 A St', postal_code: '1', country: 'US' }, ['city']],
    ['a business has a date of birth', { debtor_kind: 'business', date_of_birth: '1980-01-01' }, ['date_of_birth']],
    ['it was due before it was incurred', { due_on: '2025-01-01' }, ['due_on']],
    ['it fell delinquent before it was due', { due_on: '2025-03-01', delinquent_on: '2025-02-02' }, ['due_on']],
    [
      'a judgment has no number and awards nothing that is an amount',
      { judgment_court: 'Justice Court', judgment_entered_on: '2025-06-01', judgment_principal: '1.005' },
      ['judgment_principal', 'judgment_case_number'],
    ],
    [
      'a judgment came before the debt',
      {
        judgment_court: 'Justice Court',
        judgment_case_number: 'JC-1',
        judgment_entered_on: '2025-01-01',
        judgment_principal: '5',
      },
      ['judgment_entered_on'],
    ],
    ['the type is no code', { type: 'Parking Fine' }, ['type']],
    ['a control character', { surname: 'O\u0007K' }, ['surname']],
    ['a character was lost', { surname: 'Jos\ufffd' }, ['surname']],
    [
      'several cells',
      { amount: 'x', currency: 'usd', telephone: '12', sin: '046454287' },
      ['currency', 'telephone', 'sin'],
    ],
  ])('%s', async (_, cells, columns) => {
    const items = await read(csv(csvRow(cells), csvRow({ source_reference: 'W-2' })));
    expect(columnsOf(items)).toEqual(columns);
    expect(faultsOf(items).every(({ severity, line }) => severity === 'row' && line === 2)).toBe(true);
    // A bad row harms only itself.
    expect(items.at(-1)?.row?.sourceReference).toBe('W-2');
  });

  test('says the value and the reason', async () => {
    expect(faultsOf(await read(csv(csvRow({ amount: '12.345' }))))).toEqual([
      { severity: 'row', line: 2, column: 'amount', value: '12.345', reason: 'has 3 decimals, but USD has 2' },
    ]);
  });

  test('with a missing cell or a stray quote is set aside as a whole', async () => {
    const items = await read(csv('W-0,water', csvRow({ surname: '5" pipe' }), csvRow({ surname: '"x"y' }), csvRow()));
    expect(items.map(({ line, faults }) => [line, faults?.[0]?.reason.slice(0, 11)])).toEqual([
      [2, 'has 2 cells'],
      [3, 'has a quote'],
      [4, 'has a quote'],
      [5, undefined],
    ]);
  });

  test('with an open quote ends the file, because where the next row begins is unknown', async () => {
    const items = await read(csv(csvRow(), csvRow({ surname: '"Okafor' }), csvRow()));
    expect(items.map(({ line, faults }) => [line, faults?.[0]?.severity])).toEqual([
      [2, undefined],
      [3, 'file'],
    ]);
  });
});

describe('what identifies a person is never told', () => {
  const secrets = { ssn: '98712345', sin: '123456789', date_of_birth: '1980-13-01' };

  test('in a fault of a CSV cell, even in the wrong column', async () => {
    const items = await read(csv(csvRow({ ...secrets, type: '987-12-3456' })));
    expect(columnsOf(items).sort()).toEqual(['date_of_birth', 'sin', 'ssn', 'type']);
    const told = JSON.stringify(faultsOf(items));
    for (const secret of [...Object.values(secrets), '987-12-3456']) expect(told).not.toContain(secret);
    expect(faultsOf(items).find(({ column }) => column === 'ssn')?.value).toBe('(8 characters)');
  });

  test.each([
    '{"debtor":{"ssn":"98712345","dateOfBirth":"1980-13-01"}}',
    '{"debtor":{"ssn":98712345,"dateOfBirth":"1980-13-01"}}',
    '{"ssn":"98712345","dateOfBirth":"1980-13-01"',
    '{"ssn":"98712345" x "dateOfBirth":"1980-13-01"}',
    '"98712345 1980-13-01"',
    '[98712345]',
  ])('in a fault of a JSON line: %s', async (line) => {
    const told = JSON.stringify(faultsOf(await read(line, 'jsonl')));
    expect(told).toContain('"line":1');
    expect(told).not.toContain('98712345');
    expect(told).not.toContain('1980-13-01');
  });
});

describe('a JSON Lines file', () => {
  const row = {
    sourceReference: 'F-1',
    type: 'parking-fine',
    entries: [{ kind: 'assessment', amountMinor: 5000, on: '2025-01-02', reference: 'a' }],
    debtor: { sourceReference: 'P-1', kind: 'person', surname: 'Okafor' },
  };

  test('carries co-debtors, stops and proofs, and leaves out what is unknown', async () => {
    const full = {
      ...row,
      coDebtors: [{ sourceReference: 'P-2', kind: 'business', surname: 'Okafor Haulage LLC' }],
      stops: [{ kind: 'insolvency', startsOn: '2025-05-05', details: { chapter: '13' } }],
      itemisedOn: '2025-02-03',
      proofs: [
        { kind: 'notice-sent', on: '2025-03-01', reference: 'L-1' },
        { kind: 'notice-returned', on: '2025-03-09' },
      ],
    };
    const [item] = await read(`${JSON.stringify(full)}\n`, 'jsonl');
    expect(item?.row).toMatchObject({
      currency: 'USD',
      delinquentOn: null,
      coDebtors: [{ sourceReference: 'P-2', firstName: null }],
      stops: [{ kind: 'insolvency', startsOn: '2025-05-05', endsOn: null, details: { chapter: '13' } }],
      itemisedOn: '2025-02-03',
      proofs: [
        { kind: 'notice-sent', on: '2025-03-01', reference: 'L-1' },
        { kind: 'notice-returned', on: '2025-03-09', reference: null },
      ],
    });
  });

  test.each<[string, object, string]>([
    ['a field that is none', { ammount: 5 }, 'ammount'],
    ['a fraction of a cent', { entries: [{ ...row.entries[0], amountMinor: 0.5 }] }, 'entries.0.amountMinor'],
    ['an amount as text', { entries: [{ ...row.entries[0], amountMinor: '5000' }] }, 'entries.0.amountMinor'],
    ['no assessment', { entries: [{ ...row.entries[0], kind: 'fee' }] }, 'entries'],
    ['one entry reference twice', { entries: [row.entries[0], row.entries[0]] }, 'entries.1.reference'],
    [
      'sums beyond exactness',
      { entries: [1, 2].map((n) => ({ ...row.entries[0], amountMinor: Number.MAX_SAFE_INTEGER, reference: `${n}` })) },
      'entries',
    ],
    ['the debtor as co-debtor', { coDebtors: [row.debtor] }, 'coDebtors.0.sourceReference'],
    ['an unknown stop', { stops: [{ kind: 'holiday', startsOn: '2025-01-01' }] }, 'stops.0.kind'],
    [
      'a stop that ends first',
      { stops: [{ kind: 'dispute', startsOn: '2025-01-02', endsOn: '2025-01-01' }] },
      'stops.0.endsOn',
    ],
    ['a proof of no kind', { proofs: [{ kind: 'letter', on: '2025-01-02' }] }, 'proofs.0.kind'],
    ['a proof without its day', { proofs: [{ kind: 'notice-sent' }] }, 'proofs.0.on'],
    [
      'a judgment against somebody else',
      { judgment: { court: 'C', caseNumber: '1', enteredOn: '2026-01-05', principalMinor: 5, against: ['P-X'] } },
      'judgment.against.0',
    ],
    [
      'a judgment on nothing',
      { judgment: { court: 'C', caseNumber: '1', enteredOn: '2026-01-05' } },
      'judgment.principalMinor',
    ],
    [
      'a judgment at a rate that is none',
      { judgment: { court: 'C', caseNumber: '1', enteredOn: '2026-01-05', principalMinor: 5, yearlyPercent: '5%' } },
      'judgment.yearlyPercent',
    ],
    ['an itemisation date that does not exist', { itemisedOn: '2025-02-29' }, 'itemisedOn'],
    ['a filler for a number', { debtor: { ...row.debtor, ssn: '999999999' } }, 'debtor.ssn'],
    ['no debtor', { debtor: undefined }, 'debtor'],
  ])('sets a row aside for %s', async (_, change, column) => {
    const good = JSON.stringify({ ...row, sourceReference: 'F-2' });
    const items = await read(`\n${JSON.stringify({ ...row, ...change })}\r\n\r\n${good}`, 'jsonl');
    expect(faultsOf(items).map(({ line, column: at }) => [line, at])).toEqual([[2, column]]);
    expect(items.at(-1)).toMatchObject({ line: 4, row: { sourceReference: 'F-2' } });
  });
});

test('a file of any length is read as it comes', async () => {
  let served = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${CSV_HEADER}\n`);
    while (served < 1_000) {
      served += 1;
      yield Buffer.from(`${csvRow()}\n`);
    }
  }
  for await (const { line } of readIntake(endless(), 'csv', { currency: 'USD' })) if (line === 100) break;
  expect(served).toBeLessThan(105);
});
