import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { setFaults } from '../launch.ts';
import { BureauUnderTest, hit, spared, USER } from './bureau-under-test.ts';
import { account, coDebtor, creditor, file } from './sample-file.ts';

const it = new BureauUnderTest();
before(() => it.start());
after(() => it.end());
afterEach(() => setFaults(it.state, {}));

describe('files', () => {
  test('a valid file is answered, kept and taken into the books', async () => {
    const [first, second, unlucky] = [spared(), spared(), hit()];
    const withCoDebtor = account(second, {}, coDebtor() + creditor());
    const bytes = file([account(first), withCoDebtor, account(unlucky)], {
      '39-47': 1,
      '363-371': 1,
      '381-389': 1,
    });
    await it.deliver('CITY.20261102.001', bytes);
    const { header, details, trailer } = await it.answerTo('CITY.20261102.001');
    assert.equal(header.slice(0, 97), `H20261102${'CITY.20261102.001'.padEnd(60)}000000003000000002000000001A`);
    assert.equal(details.length, 1);
    assert.equal(
      details[0]?.slice(0, 76),
      `D000000004${unlucky.padEnd(30)}${'Consumer Account Number'.padEnd(30)}MADEUP`,
    );
    assert.equal(trailer.trimEnd(), 'T000000001');

    const { tradelines, history } = it.books();
    assert.equal(tradelines[first]?.status, '93');
    assert.equal(tradelines[first]?.currentBalance, 512);
    assert.equal(tradelines[first]?.originalCreditor, 'CITY OF RALEIGH');
    assert.equal(tradelines[first]?.dateFirstDelinquency, '2025-11-30');
    assert.equal(tradelines[second]?.associatedConsumers, 1);
    assert.equal(tradelines[unlucky], undefined);
    assert.equal(history[unlucky], undefined);
    const { content, ...told } = history[first]?.[0] ?? {};
    assert.equal(typeof content, 'string');
    assert.deepEqual(told, {
      fileName: 'CITY.20261102.001',
      date: '2026-11-02',
      status: '93',
      complianceConditionCode: '',
      consumerInformationIndicator: '',
      specialComment: '',
      currentBalance: 512,
      dateAccountInformation: '2026-10-31',
    });
    const [arrival] = it.arrivals('CITY.20261102.001');
    assert.equal(arrival?.result, 'processed');
    assert.equal(arrival.sha256, createHash('sha256').update(bytes).digest('hex'));
    assert.deepEqual(readFileSync(join(it.state, 'received', USER, arrival.copy)), bytes);
  });

  test('the same name and bytes again are answered again and change nothing', async () => {
    const number = spared();
    const bytes = file([account(number)]);
    await it.deliver('AGAIN', bytes);
    const first = await it.collect('AGAIN.rej');
    const before = it.books();
    await it.connected(async (client) => {
      await client.delete('/inbox/AGAIN');
    });
    await it.deliver('AGAIN', bytes);
    assert.equal(await it.collect('AGAIN.rej'), first);
    assert.deepEqual(it.books(), before);
    assert.deepEqual(
      it.arrivals('AGAIN').map(({ result }) => result),
      ['processed', 'duplicate'],
    );
  });

  test('a file written under its final name is complete when it is closed', async () => {
    await it.connected((client) => client.put(file([account(spared())]), '/inbox/DIRECT'));
    assert.equal((await it.answerTo('DIRECT')).header[96], 'A');
  });

  test('paid, marked, corrected and deleted accounts', async () => {
    const [paid, disputed, deleted] = [spared(), spared(), spared()];
    await it.deliver('LIFE1', file([account(paid), account(disputed, { '153-154': 'XB' }), account(deleted)]));
    await it.answerTo('LIFE1');
    const closed = { '124-125': '62', '155-163': 0, '164-172': 0 };
    await it.deliver('LIFE2', file([account(paid, closed), account(disputed), account(deleted, { '124-125': 'DA' })]));
    const { header } = await it.answerTo('LIFE2');
    assert.equal(header.slice(69, 97), '000000003000000003000000000A');
    const { tradelines, history } = it.books();
    assert.equal(tradelines[paid]?.paid, true);
    assert.equal(tradelines[disputed]?.complianceConditionCode, 'XB', 'the code sticks');
    assert.equal(tradelines[deleted], undefined);
    assert.deepEqual(
      history[deleted]?.map(({ status, fileName }) => [status, fileName]),
      [
        ['93', 'LIFE1'],
        ['DA', 'LIFE2'],
      ],
    );
    await it.deliver('LIFE3', file([account(disputed, { '153-154': 'XR' })]));
    await it.answerTo('LIFE3');
    assert.equal(it.books().tradelines[disputed]?.complianceConditionCode, '');
  });

  const whole: readonly (readonly [title: string, bytes: Buffer, reason: RegExp])[] = [
    ['a total of base records that is wrong', file([account('1')], { '12-20': 2 }), /^TOTAL 12-20 SAYS 2 FOUND 1/],
    ['a block count that is wrong', file([account('1')], { '57-65': 1 }), /^TOTAL 57-65 SAYS 1 FOUND 3/],
    ['a status total that is wrong', file([account('1')], { '219-227': 0 }), /^TOTAL 219-227 SAYS 0 FOUND 1/],
    ['an SSN total that is wrong', file([account('1')], { '327-335': 5 }), /^TOTAL 327-335 SAYS 5 FOUND 1/],
    ['a K1 total that is wrong', file([account('1')], { '282-290': 0 }), /^TOTAL 282-290/],
    ['a total that is blank', file([account('1')], { '264-272': ' '.repeat(9) }), /^TOTAL 264-272 IS NOT A NUMBER/],
    ['a record descriptor word that lies', file([account('1', { '1-4': '0426' })]), /^LINE 2: RDW 0426 BUT 460 BYTES/],
    [
      'segments in the wrong order',
      file([account('1', {}, creditor() + coDebtor())]),
      /^LINE 2: SEGMENT J1 OUT OF ORDER/,
    ],
    ['a segment that nobody knows', file([account('1', {}, 'Q1'.padEnd(34))]), /^LINE 2: NO SEGMENT AT BYTE 427/],
    ['a segment twice', file([account('1', {}, creditor() + creditor())]), /^LINE 2: SEGMENT K1 OUT OF ORDER/],
    ['no trailer', file([account('1')]).subarray(0, 427 + 461), /^NO TRAILER/],
    ['a file cut in a record', file([account('1')]).subarray(0, 700), /^LINE 2: RDW 0460 BUT 273 BYTES/],
    ['no header', file([account('1')]).subarray(427), /^LINE 1: NO HEADER/],
    ['an empty file', Buffer.alloc(0), /^FILE IS EMPTY/],
    ['hostile bytes', Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 37) % 256)), /^LINE 1: /],
  ];
  for (const [index, [title, bytes, reason]] of whole.entries()) {
    test(`refuses a whole file with ${title}`, async () => {
      const name = `WHOLE${index}`;
      const before = it.books();
      await it.deliver(name, bytes);
      const { header, details } = await it.answerTo(name);
      assert.equal(header[96], 'R');
      assert.equal(header.slice(78, 87), '000000000');
      assert.match(header.slice(97), reason);
      assert.equal(details.length, 0);
      assert.deepEqual(it.books(), before);
      assert.equal(it.arrivals(name)[0]?.result, 'refused');
    });
  }

  const faulty: readonly (readonly [field: string, code: string, line: (number: string) => string, totals?: object])[] =
    [
      ['Surname', 'REQ001', (number) => account(number, { '232-256': '' })],
      ['Date First Delinquency', 'DATE02', (number) => account(number, { '190-197': 0 })],
      ['K1 Original Creditor Name', 'K10001', (number) => account(number, {}, '')],
      ['Account Status', 'CODE01', (number) => account(number, { '124-125': '99' })],
      ['Social Security Number', 'IDENT1', (number) => account(number, { '298-306': 0 })],
      ['State', 'CODE01', (number) => account(number, { '414-415': 'ZZ' })],
      ['Date Opened', 'DATE01', (number) => account(number, { '76-83': '02302026' })],
      ['Date Opened', 'DATE03', (number) => account(number, { '76-83': '11032026' })],
      ['City', 'CHAR02', (number) => account(number, { '394-413': 'Raleigh' })],
      ['Current Balance', 'NUM001', (number) => account(number, { '155-163': '   512.50' })],
      ['Payment Rating', 'CONS01', (number) => account(number, { '126': 'G' })],
      ['Payment History Profile', 'CODE01', (number) => account(number, { '127-150': '' })],
      ['Surname', 'CHAR01', (number) => account(number, { '232-256': 'MU\u00d1OZ' })],
      ['Current Balance', 'CONS05', (number) => account(number, { '124-125': '62', '164-172': 0 })],
      ['K1 Creditor Classification', 'CODE01', (number) => account(number, {}, creditor('CITY', '44'))],
    ];
  test('refuses faulty records one by one, and takes their neighbours', async () => {
    const good = spared();
    const numbers = faulty.map(() => spared());
    const lines = faulty.map(([, , line], index) => line(numbers[index] ?? ''));
    await it.deliver('FAULTY', file([...lines, account(good)]));
    const { header, details } = await it.answerTo('FAULTY');
    assert.equal(header[96], 'A', header.slice(97));
    const told = details.map((line) => [
      line.slice(1, 10),
      line.slice(10, 40).trim(),
      line.slice(40, 70).trim(),
      line.slice(70, 76),
    ]);
    const due = faulty.map(([field, code], index) => [String(index + 2).padStart(9, '0'), numbers[index], field, code]);
    assert.deepEqual(told, due);
    assert.equal(it.books().tradelines[good]?.status, '93');
    for (const number of numbers) assert.equal(it.books().tradelines[number], undefined);
  });

  test('takes a deletion without the data that a placement needs', async () => {
    const number = spared();
    await it.deliver(
      'BARE',
      file([account(number, { '124-125': 'DA', '232-256': '', '298-306': 0, '414-415': '' }, '')]),
    );
    assert.equal((await it.answerTo('BARE')).header.slice(78, 97), '000000001000000000A');
  });

  test('refuses an account that is in the file twice', async () => {
    const number = spared();
    await it.deliver('TWICE', file([account(number), account(number, { '155-163': 1 })]));
    assert.equal((await it.answerTo('TWICE')).details[0]?.slice(70, 76), 'KEY004');
    assert.equal(it.books().tradelines[number]?.currentBalance, 512);
  });

  test('the made-up edit can be moved, and spares content that was taken before', async () => {
    const number = hit();
    setFaults(it.state, { refuseEvery: 0 });
    await it.deliver('WHIM1', file([account(number)]));
    assert.equal((await it.answerTo('WHIM1')).details.length, 0);
    setFaults(it.state, { refuseEvery: 1 });
    await it.deliver('WHIM2', file([account(number), account(spared())]));
    assert.equal((await it.answerTo('WHIM2')).details.length, 1);
    setFaults(it.state, {});
    await it.deliver('WHIM3', file([account(number, { '155-163': 5 })]));
    assert.equal((await it.answerTo('WHIM3')).details.length, 1);
  });
});
