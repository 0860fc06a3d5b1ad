import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AgencyBooks, AgencyCommand } from '../launch.ts';
import { agencyDo } from '../launch.ts';
import { AgencyUnderTest, spared, USER } from './agency-under-test.ts';
import { payment, payments, recall, recalls } from './sample-files.ts';

const it = new AgencyUnderTest();
before(() => it.start());
after(() => it.end());

const DAY = '2026-11-03';

/** Collects, and gives the payment's identifier. */
async function collected(fileNumber: string, amountMinor: number): Promise<string> {
  const result = await it.do({ do: 'collect', date: DAY, fileNumber, amountMinor });
  assert.ok(result.done);
  return result.identifier ?? '';
}

async function refusalOf(command: AgencyCommand): Promise<string> {
  const result = await it.do(command);
  return result.done ? 'done' : result.code;
}

describe('money', () => {
  test('is collected, remitted once, bounces, and its reversal is remitted once', async () => {
    const number = spared();
    await it.place([number, '100.00']);
    const [first, second] = [await collected(number, 4_000), await collected(number, 500)];
    assert.equal(await refusalOf({ do: 'collect', date: DAY, fileNumber: number, amountMinor: 5_501 }), 'TOO_MUCH');
    let { balanceMinor, collectedMinor, remittedMinor } = it.account(number);
    assert.deepEqual([balanceMinor, collectedMinor, remittedMinor], [5_500, 4_500, 0]);

    const remitted = await it.do({ do: 'remit', date: DAY });
    const { name, records, trailer } = await it.given('APAY');
    assert.deepEqual(remitted, { done: true, files: [name] });
    const amount = '000000040.00';
    assert.equal(
      records[0],
      `APAY${number}${`ACCT${number}`.padEnd(30)}${amount}20261103PA ${first.padEnd(30)}${''.padEnd(30)}${amount}${'000000000.00'.repeat(7)}`,
    );
    assert.equal(trailer, 'ATRL0000000002000000045.0020261103'.padEnd(222));
    assert.equal(it.account(number).remittedMinor, 4_500);
    assert.equal(await refusalOf({ do: 'remit', date: DAY }), 'NOTHING');

    await it.do({ do: 'reverse', date: '2026-11-05', identifier: first });
    assert.equal(await refusalOf({ do: 'reverse', date: '2026-11-05', identifier: first }), 'NO_PAYMENT');
    ({ balanceMinor, collectedMinor, remittedMinor } = it.account(number));
    assert.deepEqual([balanceMinor, collectedMinor, remittedMinor], [9_500, 500, 4_500]);
    await it.do({ do: 'remit', date: '2026-11-05' });
    const reversal = await it.given('APAY');
    assert.deepEqual(
      reversal.records.map((text) => text.slice(43, 96).trimEnd()),
      [`${amount}20261105PAR${first}`],
    );
    assert.equal(it.account(number).remittedMinor, 500);
    const payment = it.books().payments.find(({ identifier }) => identifier === first);
    assert.deepEqual([payment?.remittedIn, payment?.reversalRemittedIn], [name, reversal.name]);
    assert.equal(it.books().payments.find(({ identifier }) => identifier === second)?.reversed, false);
  });

  test('that bounces before it is remitted is not told at all', async () => {
    const number = spared();
    await it.place([number, '100.00']);
    await it.do({ do: 'reverse', date: DAY, identifier: await collected(number, 100) });
    assert.equal(it.account(number).balanceMinor, 10_000);
    assert.equal(await refusalOf({ do: 'remit', date: DAY }), 'NOTHING');
  });

  test('collected before a recall is remitted after it', async () => {
    const number = spared();
    await it.place([number, '100.00']);
    await collected(number, 100);
    await it.deliver('CREC9.txt', recalls([recall('CFIN', number)]));
    await it.do({ do: 'remit', date: DAY });
    assert.equal((await it.given('APAY')).records.length, 1);
    assert.equal(it.account(number).remittedMinor, 100);
  });

  test('is told again: the same bytes, a correction, a contradiction', async () => {
    const number = spared();
    await it.place([number, '100.00']);
    const first = await collected(number, 1_000);
    await it.do({ do: 'remit', date: DAY });
    const original = await it.given('APAY');

    const resent = await it.do({ do: 'resend' });
    const again = await it.given('APAY');
    assert.notEqual(again.name, original.name);
    assert.deepEqual([again.records, again.trailer], [original.records, original.trailer]);
    assert.deepEqual(resent, { done: true, files: [again.name] });

    const wrong = await it.do({ do: 'contradict', date: DAY });
    assert.equal(wrong.done && wrong.identifier, first);
    const contradicted = await it.given('APAY');
    assert.equal(contradicted.records[0]?.slice(43, 55), '000000011.00');
    assert.equal(contradicted.records[0]?.slice(66, 96), original.records[0]?.slice(66, 96));
    assert.equal(contradicted.trailer.slice(14, 26), '000000011.00');
    assert.equal(it.account(number).remittedMinor, 1_000, 'the books know better');

    const corrected = await it.do({ do: 'correct', date: '2026-11-04' });
    const whole = await it.given('APAY');
    assert.deepEqual(whole.records.slice(0, -1), original.records);
    assert.equal(whole.records.length, 2);
    const added = corrected.done ? corrected.identifier : undefined;
    assert.equal(whole.records[1]?.slice(66, 96).trim(), added);
    const payment = it.books().payments.find(({ identifier }) => identifier === added);
    assert.equal(payment?.remittedIn, whole.name);
    assert.equal(await refusalOf({ do: 'remit', date: DAY }), 'NOTHING');

    await it.do({ do: 'resend', file: original.name });
    assert.deepEqual((await it.given('APAY')).records, original.records);
  });
});

describe('statuses and contacts', () => {
  test('a dispute, an insolvency and a death are told and stop the work', async () => {
    for (const [command, code] of [
      ['dispute', 'DIS'],
      ['insolvent', 'BKY'],
      ['deceased', 'DEC'],
    ] as const) {
      const number = spared();
      await it.place([number, '1.00']);
      await it.do({ do: command, date: DAY, fileNumber: number });
      assert.equal((await it.given('ASTS')).records[0]?.slice(4, 25), `9${number.slice(1)}${number}${code}`);
      assert.deepEqual([it.account(number).state, it.account(number).stopped], ['open', code]);
    }
  });

  test('a return closes the account', async () => {
    const number = spared();
    await it.place([number, '1.00']);
    await it.do({ do: 'return', date: DAY, fileNumber: number });
    assert.equal((await it.given('ASTS')).records[0]?.slice(22, 25), 'RET');
    assert.equal(it.account(number).state, 'returned');
    assert.equal(await refusalOf({ do: 'dispute', date: DAY, fileNumber: number }), 'NOT_HELD');
  });

  test('an objection needs a pending recall', async () => {
    const number = spared();
    await it.place([number, '1.00']);
    assert.equal(await refusalOf({ do: 'object', date: DAY, fileNumber: number }), 'NOT_OPEN');
    await it.deliver('CPEN1.txt', recalls([recall('CPEN', number, '20261130')]));
    await it.do({ do: 'object', date: DAY, fileNumber: number });
    const { records, trailer } = await it.given('AOBJ');
    assert.equal(records[0], `AOBJ${number}${`ACCT${number}`.padEnd(30)}PAY20261103`.padEnd(102));
    assert.equal(trailer, 'ATRL000000000120261103'.padEnd(102));
  });

  test('new addresses and telephone numbers', async () => {
    const number = spared();
    await it.place([number, '1.00']);
    const address = { street1: '1 ELM STREET', city: 'BERKELEY', state: 'CA', zip: '94704' };
    await it.do({ do: 'move', date: DAY, fileNumber: number, address });
    const [moved] = (await it.given('AUAD')).records;
    assert.equal(moved?.length, 628);
    assert.deepEqual(
      [moved?.slice(22, 150), moved?.slice(278, 321), moved?.slice(620)].map((text) => text?.trim()),
      ['1 ELM STREET', `${'BERKELEY'.padEnd(30)}CA 94704`, '20261103'],
    );
    await it.do({ do: 'phone', date: DAY, fileNumber: number, number: '5105550123' });
    const [found] = (await it.given('AUPH')).records;
    assert.equal(found?.slice(22, 91), `3${'5105550123'.padEnd(30)}${''.padEnd(30)}20261103`);
    assert.equal(found?.length, 628);
  });
});

describe('what the agency learned is told in its own records', () => {
  test('assets', async () => {
    const number = spared();
    await it.place([number, '1.00']);
    const asset = { id: 'A-1', typeId: '1', name: 'BOAT', valueMinor: 123_456 };
    await it.do({ do: 'asset', date: DAY, fileNumber: number, asset });
    const { records, trailer } = await it.given('AAST');
    assert.deepEqual([records.length, records[0]?.length, trailer.length], [1, 3000, 3000]);
    const own = (records[0] ?? '').slice(13).trimEnd();
    assert.equal(own, `${number}A-1      1        ${'BOAT'.padEnd(50)}${''.padEnd(200)}000001234.56`);
    assert.equal(it.account(number).stopped, null);
    assert.equal(await refusalOf({ do: 'asset', date: DAY, fileNumber: spared(), asset }), 'NOT_HELD');
  });

  test('a bankruptcy, after which it stops by itself, and that it is taken back', async () => {
    const number = spared();
    await it.place([number, '1.00']);
    const bankruptcy = { chapter: '13', caseNumber: '26-10442', court: 'PEORIA', filedOn: '2026-11-01' };
    await it.do({ do: 'bankruptcy', date: DAY, fileNumber: number, bankruptcy });
    const [told] = (await it.given('ABKR')).records;
    assert.equal(told?.length, 400);
    assert.equal(told?.slice(22, 110), `A13 ${'26-10442'.padEnd(20)}${'PEORIA'.padEnd(40)}20261101${''.padEnd(16)}`);
    assert.equal(it.account(number).stopped, 'BKY');
    const dismissed = { ...bankruptcy, dismissedOn: '2026-11-02', takenBack: true };
    await it.do({ do: 'bankruptcy', date: DAY, fileNumber: number, bankruptcy: dismissed });
    const [back] = (await it.given('ABKR')).records;
    assert.deepEqual([back?.slice(22, 23), back?.slice(102, 110)], ['D', '20261102']);
    assert.equal(it.account(number).stopped, 'BKY');
  });
});

describe('accounts held since before', () => {
  test('are adopted, reconciled, and a negative balance has its sign', async () => {
    const [old, overpaid] = [spared(), spared()];
    const account = (fileNumber: string) => `ACCT${fileNumber}`;
    await agencyDo(it.state, USER, {
      do: 'adopt',
      accounts: [
        { fileNumber: old, account: account(old), placedMinor: 9_000, balanceMinor: 7_000, placedOn: '2026-03-01' },
        {
          fileNumber: overpaid,
          account: account(overpaid),
          placedMinor: 500,
          balanceMinor: 500,
          placedOn: '2026-03-01',
        },
      ],
    });
    await it.deliver('CPAYN.txt', payments([payment(overpaid, '7.50', 'PU', 'N')]));
    await it.do({ do: 'reconcile', date: '2026-11-08' });
    const { records, trailer } = await it.given('AREC');
    const held = Object.values(it.books().accounts).filter(({ state }) => /^(open|recall-pending)$/.test(state));
    assert.equal(records.length, held.length);
    const line = records.find((text) => text.slice(4, 13) === old);
    assert.equal(line?.slice(0, 75), `AREC${old}${account(old).padEnd(30)}000000090.0020260301000000070.00`);
    assert.equal(records.find((text) => text.slice(4, 13) === overpaid)?.slice(63, 75), '-00000002.50');
    const sum = held.reduce((total, { balanceMinor }) => total + balanceMinor, 0);
    assert.equal(Number(trailer.slice(14, 26)), sum / 100);
    assert.equal(trailer.slice(26, 34), '20261108');
    const again = { fileNumber: old, account: 'X', placedMinor: 1, balanceMinor: 1, placedOn: '2026-03-01' };
    assert.equal(await refusalOf({ do: 'adopt', accounts: [again] }), 'HELD');
  });
});

describe('a random day', () => {
  test('keeps the books in balance, tells everything, and is the same for the same seed', async () => {
    const days = async (agency: AgencyUnderTest): Promise<unknown> => {
      const accounts = Array.from({ length: 60 }, (_, index) => ({
        fileNumber: String(500_001 + index).padStart(9, '0'),
        account: `OLD${index}`,
        placedMinor: 20_000,
        balanceMinor: 20_000,
        placedOn: '2026-01-02',
      }));
      await agency.do({ do: 'adopt', accounts });
      const did: unknown[] = [];
      for (let day = 10; day < 25; day++) {
        const result = await agency.do({ do: 'day', date: `2026-11-${day}`, seed: 7 });
        did.push(
          result.done
            ? result.actions?.map(({ did, fileNumber, amountMinor }) => [did, fileNumber, amountMinor])
            : result,
        );
      }
      assertBalanced(agency.books());
      return did;
    };
    const [one, other] = [new AgencyUnderTest(), new AgencyUnderTest()];
    await Promise.all([one.start(), other.start()]);
    const [first, second] = await Promise.all([days(one), days(other)]);
    assert.deepEqual(first, second);
    const kinds = new Set((first as [string][][]).flat().map(([did]) => did));
    for (const did of ['collect', 'reverse', 'remit', 'dispute', 'phone']) assert.ok(kinds.has(did), did);
    await Promise.all([one.end(), other.end()]);
  });
});

/** Every cent of every account is accounted for, and nothing is left to be remitted. */
function assertBalanced({ accounts, payments: collections }: AgencyBooks): void {
  for (const [fileNumber, account] of Object.entries(accounts)) {
    const own = collections.filter((payment) => payment.fileNumber === fileNumber && !payment.reversed);
    const kept = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    assert.equal(account.placedMinor - kept, account.balanceMinor, fileNumber);
    assert.equal(account.collectedMinor, kept, fileNumber);
    assert.equal(account.remittedMinor, kept, fileNumber);
    assert.ok(account.balanceMinor >= 0);
  }
}

describe('the command folder', () => {
  test('refuses what it does not understand', async () => {
    for (const wrong of [
      { do: 'dance' },
      { do: 'collect', date: '2026-13-01', fileNumber: '000000001', amountMinor: 1 },
      { do: 'collect', date: DAY, fileNumber: '1', amountMinor: 1 },
      { do: 'collect', date: DAY, fileNumber: '000000001', amountMinor: -1 },
      { do: 'adopt', accounts: [{}] },
      { do: 'move', date: DAY, fileNumber: '000000001', address: { street1: 'X', city: 'Y', state: 'LONG', zip: '1' } },
      { do: 'phone', date: DAY, fileNumber: '000000001', number: '1'.repeat(31) },
      { do: 'asset', date: DAY, fileNumber: '000000001', asset: { id: 'TOO LONG FOR IT', name: 'X' } },
      { do: 'bankruptcy', date: DAY, fileNumber: '000000001', bankruptcy: { chapter: '13' } },
      {},
    ]) {
      assert.equal(await refusalOf(wrong as unknown as AgencyCommand), 'MALFORMED', JSON.stringify(wrong));
    }
    assert.equal(await refusalOf({ do: 'collect', date: DAY, fileNumber: '000000001', amountMinor: 1 }), 'NOT_HELD');
  });
});
