import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { setFaults } from '../launch.ts';
import { AgencyUnderTest, hash, hit, next, spared } from './agency-under-test.ts';
import { payment, payments, placement, placements, recall, recalls } from './sample-files.ts';

const it = new AgencyUnderTest();
before(() => it.start());
after(() => it.end());
afterEach(() => setFaults(it.state, { quiet: true }));

const rules = (): string[] => it.books().violations.map(({ rule, fileNumber }) => `${rule} ${fileNumber}`);

describe('placements', () => {
  test('are acknowledged, and some refused by a status instead', async () => {
    const [first, second, unlucky] = [spared(), spared(), hit()];
    const records = [...placement(first, '120.50'), ...placement(unlucky, '7.00'), ...placement(second, '3.00')];
    const arrival = await it.deliver('CPLC1.txt', placements(records));
    assert.deepEqual([arrival.result, arrival.records, arrival.accepted, arrival.refused], ['processed', 6, 2, 1]);

    const { name, records: acknowledged, trailer } = await it.given('AACK');
    assert.match(name, /^AACK20261102\d{6}\.txt$/);
    assert.equal(
      acknowledged[0],
      `AACK${first}${`ACCT${first}`.padEnd(30)}000000120.5020261102000000120.50`.padEnd(126),
    );
    assert.equal(acknowledged[1]?.slice(4, 13), second);
    assert.equal(trailer, 'ATRL0000000002000000123.5020261102'.padEnd(126));
    const refusal = await it.given('ASTS');
    assert.equal(
      refusal.records[0],
      `ASTS9${unlucky.slice(1)}${unlucky}REF${'PLACEMENT REFUSED'.padEnd(75)}20261102`.padEnd(111),
    );
    assert.equal(refusal.trailer, 'ATRL000000000120261102'.padEnd(111));

    const { state, placedMinor, balanceMinor, debtorNumbers } = it.account(first);
    assert.deepEqual(
      [state, placedMinor, balanceMinor, debtorNumbers],
      ['open', 12_050, 12_050, [`9${first.slice(1)}`]],
    );
    assert.equal(it.account(unlucky).state, 'refused');
    assert.deepEqual(it.outbox(), []);
    assert.deepEqual(it.books().violations, []);
  });

  test('a wrong total changes nothing, is answered by nothing, and is told in the arrivals', async () => {
    const number = spared();
    const wrong = placements(placement(number, '5.00'), { '95-106': '000000005.01' });
    const arrival = await it.deliver('CPLCW.txt', wrong);
    assert.equal(arrival.result, 'refused');
    assert.match(arrival.reason ?? '', /TOTAL SAYS 5.01 FOUND 5.00/);
    assert.equal(it.books().accounts[number], undefined);
    assert.deepEqual(it.outbox(), []);
    await it.place([number, '5.00']);
  });

  test('the same name and bytes again change nothing', async () => {
    const number = spared();
    const bytes = placements(placement(number, '5.00'));
    await it.deliver('CPLCD.txt', bytes);
    await it.given('AACK');
    await it.connected((client) => client.delete('/inbox/CPLCD.txt'));
    const before = it.books();
    assert.equal((await it.deliver('CPLCD.txt', bytes)).result, 'duplicate');
    assert.deepEqual(it.books(), before);
    assert.deepEqual(it.outbox(), []);
  });

  test('an account that is held already is a violation, and one that was recalled may come again', async () => {
    const number = spared();
    await it.place([number, '5.00']);
    await it.deliver('CPLCX.txt', placements(placement(number, '6.00')));
    assert.ok(rules().includes(`doublePlacement ${number}`));
    assert.equal(it.account(number).placedMinor, 500);
    await it.do({ do: 'collect', date: '2026-11-03', fileNumber: number, amountMinor: 200 });
    await it.deliver('CRECX.txt', recalls([recall('CFIN', number)]));
    assert.equal(it.account(number).state, 'recalled');
    // The office does not know of the 2.00, which are not remitted: the agency already has them.
    await it.deliver('CPLCY.txt', placements(placement(number, '5.00')));
    const { state, placedMinor, balanceMinor, collectedMinor, remittedMinor } = it.account(number);
    assert.deepEqual([state, placedMinor, balanceMinor, collectedMinor, remittedMinor], ['open', 500, 300, 200, 0]);
    assert.equal((await it.given('AACK')).records[0]?.slice(43, 75), '000000005.0020261102000000003.00');
    await it.do({ do: 'remit', date: '2026-11-03' });
    assert.equal(it.account(number).remittedMinor, 200);
    await it.given('APAY');
    assert.equal(rules().length, 1);
  });

  test('on a first day some pay, dispute or moved, always the same', async () => {
    const inFull = next((n) => hash(`pays ${n}`) % 9 === 0 && Math.floor(hash(`pays ${n}`) / 9) % 3 === 0);
    const inPart = next((n) => hash(`pays ${n}`) % 9 === 0 && Math.floor(hash(`pays ${n}`) / 9) % 3 !== 0);
    const disputing = next((n) => hash(`disputes ${n}`) % 60 === 0 && hash(`pays ${n}`) % 9 !== 0);
    const moved = next((n) => hash(`moves ${n}`) % 90 === 0 && Math.floor(hash(`moves ${n}`) / 90) % 2 === 0);
    const found = next((n) => hash(`moves ${n}`) % 90 === 0 && Math.floor(hash(`moves ${n}`) / 90) % 2 === 1);
    setFaults(it.state, { refuseEvery: 0 });
    const all = [inFull, inPart, disputing, moved, found];
    await it.deliver('CPLCF.txt', placements(all.flatMap((n) => placement(n, '100.00'))));
    const [acknowledged, paid, status] = [await it.given('AACK'), await it.given('APAY'), await it.given('ASTS')];
    assert.equal(acknowledged.records.length, 5);
    const byNumber = new Map(paid.records.map((text) => [text.slice(4, 13), text]));
    assert.equal(byNumber.get(inFull)?.slice(43, 66).trim(), '000000100.0020261102PA');
    const part = Number(byNumber.get(inPart)?.slice(43, 55));
    assert.ok(part >= 20 && part < 80, String(part));
    assert.equal(it.account(inFull).balanceMinor, 0);
    assert.equal(it.account(inPart).remittedMinor, Math.round(part * 100));
    assert.deepEqual(
      status.records.map((text) => text.slice(13, 25)),
      [`${disputing}DIS`],
    );
    assert.equal((await it.given('AUAD')).records[0]?.slice(13, 22), moved);
    assert.equal((await it.given('AUPH')).records[0]?.slice(13, 23), `${found}3`);
    assert.deepEqual(it.outbox(), []);
  });

  test('the divisor of the refusals can be moved', async () => {
    const [unlucky, lucky] = [hit(), spared()];
    setFaults(it.state, { quiet: true, refuseEvery: 0 });
    await it.place([unlucky, '1.00']);
    setFaults(it.state, { quiet: true, refuseEvery: 1 });
    await it.deliver('CPLCR.txt', placements(placement(lucky, '1.00')));
    assert.equal((await it.given('ASTS')).records[0]?.slice(22, 25), 'REF');
    assert.deepEqual(it.outbox(), []);
  });
});

describe('payments and adjustments of the office', () => {
  test('lower and raise the balance, each identifier once', async () => {
    const number = spared();
    await it.place([number, '10.00']);
    await it.deliver(
      'CPAY1.txt',
      payments([
        payment(number, '4.00', 'PU', 'A'),
        payment(number, '1.00', 'PUR', 'B'),
        payment(number, '0.50', 'CR', 'C'),
        payment(number, '2.00', 'DC', 'D'),
      ]),
    );
    assert.equal(it.account(number).balanceMinor, 1000 - 400 + 100 - 50 + 200);
    assert.deepEqual(
      rules().filter((rule) => rule.endsWith(number)),
      [],
    );
    await it.deliver('CPAY2.txt', payments([payment(number, '4.00', 'PU', 'A')]));
    assert.deepEqual(
      rules().filter((rule) => rule.endsWith(number)),
      [`doubleEntry ${number}`],
    );
    assert.equal(it.account(number).balanceMinor, 850);
  });

  test('for an account that is not held are noted', async () => {
    const number = spared();
    await it.deliver('CPAY3.txt', payments([payment(number, '4.00', 'PU', 'A')]));
    const note = it.books().notes.at(-1);
    assert.deepEqual([note?.what, note?.fileNumber, note?.reference], ['payment-not-held', number, 'A']);
  });

  test("the agency's own payment told back, and another account under the number, are violations", async () => {
    const number = spared();
    await it.place([number, '10.00']);
    const result = await it.do({ do: 'collect', date: '2026-11-03', fileNumber: number, amountMinor: 100 });
    const identifier = (result.done && result.identifier) || '';
    await it.deliver('CPAY4.txt', payments([payment(number, '1.00', 'PU', identifier)]));
    const other = payment(number, '1.00', 'PU', 'Z').replace(`ACCT${number}`, 'ACCT-OTHER   ');
    await it.deliver('CPAY5.txt', payments([other]));
    assert.deepEqual(rules().slice(-2), [`echoedPayment ${number}`, `accountMismatch ${number}`]);
    assert.equal(it.account(number).balanceMinor, 900);
  });
});

describe('recalls', () => {
  test('pending first, then final; nothing is collected any more', async () => {
    const number = spared();
    await it.place([number, '10.00']);
    await it.deliver('CREC1.txt', recalls([recall('CPEN', number, '20261130')]));
    assert.deepEqual(it.account(number).recall, { reason: 'WDR', objectUntil: '2026-11-30' });
    assert.equal(it.account(number).state, 'recall-pending');
    const collecting = { do: 'collect', date: '2026-11-03', fileNumber: number, amountMinor: 1 } as const;
    assert.equal((await it.do(collecting)).done, false);
    await it.deliver('CREC2.txt', recalls([recall('CFIN', number)]));
    assert.equal(it.account(number).state, 'recalled');
    const refused = await it.do(collecting);
    assert.deepEqual(refused, { done: false, code: 'NOT_HELD', reason: `${number} is recalled` });
    assert.equal(it.account(number).balanceMinor, 1000);
  });

  test('of an account that is not held is noted and no violation', async () => {
    const number = spared();
    const before = it.books().violations.length;
    await it.deliver('CREC3.txt', recalls([recall('CFIN', number), recall('CPEN', number)]));
    assert.equal(it.books().notes.filter(({ fileNumber }) => fileNumber === number).length, 2);
    assert.equal(it.books().violations.length, before);
  });
});
