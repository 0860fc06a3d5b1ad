import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setAccount, setFaults } from '../launch.ts';
import { AgencyUnderTest, PASSWORD, spared, until } from './agency-under-test.ts';
import { payment, payments, placement, placements, recall, recalls } from './sample-files.ts';

const it = new AgencyUnderTest();
before(() => it.start());
after(() => it.end());
afterEach(() => setFaults(it.state, { quiet: true }));

describe('faults', () => {
  test('a silent agency reads nothing and gives out nothing, then does all of it in order', async () => {
    const held = spared();
    await it.place([held, '9.00']);
    setFaults(it.state, { quiet: true, silent: true });
    const number = spared();
    await it.send('CPLCS.txt', placements(placement(number, '5.00')));
    await it.send('CPAYS.txt', payments([payment(number, '2.00', 'PU', 'A')]));
    await it.send('CRECS.txt', recalls([recall('CFIN', number)]));
    await it.do({ do: 'collect', date: '2026-11-03', fileNumber: held, amountMinor: 100 });
    await it.do({ do: 'remit', date: '2026-11-03' });
    await sleep(200);
    assert.equal(it.books().accounts[number], undefined);
    assert.deepEqual(it.outbox(), []);
    await it.restart();
    await sleep(200);
    assert.deepEqual(it.outbox(), [], 'nor after a restart');
    setFaults(it.state, { quiet: true });
    await until('the last file', () => it.arrivals('CRECS.txt')[0]);
    assert.deepEqual([it.account(number).state, it.account(number).balanceMinor], ['recalled', 300]);
    assert.deepEqual(it.books().notes, []);
    assert.equal((await it.given('AACK')).records[0]?.slice(4, 13), number);
    await it.given('APAY');
  });

  test('files that lie, break off or come twice', async () => {
    const number = spared();
    await it.place([number, '50.00']);
    const remitted = async (faults: { readonly [fault: string]: boolean }): Promise<void> => {
      setFaults(it.state, { quiet: true, ...faults });
      await it.do({ do: 'collect', date: '2026-11-03', fileNumber: number, amountMinor: 100 });
      await it.do({ do: 'remit', date: '2026-11-03' });
    };
    await remitted({ wrongTotal: true });
    assert.equal((await it.given('APAY')).trailer.slice(14, 26), '000000001.01');
    await remitted({ truncate: true });
    await assert.rejects(it.given('APAY'), /does not end with a line feed/);
    await remitted({ duplicateAnswer: true });
    const twin = await it.given('APAY');
    const one = await it.given('APAY');
    assert.match(twin.name, /-copy\.txt$/);
    assert.deepEqual([twin.records, twin.trailer], [one.records, one.trailer]);
    setFaults(it.state, { quiet: true });
    await it.do({ do: 'resend' });
    assert.equal((await it.given('APAY')).trailer.slice(14, 26), '000000001.00');
  });

  test('the front door has the faults of all partners', async () => {
    setFaults(it.state, { quiet: true, dropAfterRename: true, collectAtOnce: true });
    const number = spared();
    await assert.rejects(it.send('CPLCG.txt', placements(placement(number, '5.00'))));
    await it.given('AACK');
    await it.connected(async (client) => assert.equal(await client.exists('/inbox/CPLCG.txt'), false));
    setFaults(it.state, { refuseLogin: true });
    await assert.rejects(it.connected(async () => {}));
  });
});

describe('offices', () => {
  test('have each their own books and outbox', async () => {
    setAccount(it.state, 'us-nm-las-cruces', PASSWORD);
    const names = await it.connected((client) => client.list('/'), 'us-nm-las-cruces');
    assert.deepEqual(names.map(({ name }) => name).sort(), ['inbox', 'outbox']);
    const number = spared();
    await it.place([number, '5.00']);
    await it.connected(async (client) => assert.deepEqual(await client.list('/outbox'), []), 'us-nm-las-cruces');
  });
});
