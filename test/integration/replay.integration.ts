import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { AgencySuite } from '../support/agency-suite.js';
import type { PlacedDebt } from '../support/agency-suite.js';
import { IncomingDesk } from '../support/incoming-desk.js';
import { fileNumber, HARBOR, paymentRecord, statusRecord } from '../support/test-agencies.js';

const suite = new AgencySuite();
const NAME = 'APAY1.txt';
const reason = 'the settings were put right';
let desk: IncomingDesk;
let debt: PlacedDebt;

beforeEach(async () => {
  const { agencies, database } = suite;
  desk = new IncomingDesk(database, agencies.registry, agencies.parts(HARBOR));
  [debt] = (await suite.placed()) as [PlacedDebt];
});

const good = (id: string, cents = 1_000) => paymentRecord(debt, id, cents);
/** More commission than payment: a fault as long as the settings say that the agency keeps it. */
const bad = (id: string) => paymentRecord(debt, id, 700, { commission: 800 });

async function says(...records: ReturnType<typeof good>[]): Promise<string> {
  await suite.agencies.says('agency-payments', records, HARBOR, undefined, NAME);
  return desk.file(NAME);
}

/** The agency passes on all that it collects: what it keeps is not looked at any more. */
const remitsGross = () => desk.changeSettings(HARBOR, ['settings', 'commission'], { remits: 'gross' });

async function interrupted(work: () => Promise<unknown>): Promise<void> {
  suite.agencies.onCheckpoint = async (point) => {
    if (point === 'mid-apply') throw new Error('interrupted');
  };
  await expect(work()).rejects.toThrow('interrupted');
  suite.agencies.onCheckpoint = () => Promise.resolve();
}

async function balance(): Promise<number> {
  await suite.agencies.publish();
  return suite.agencies.balance(debt.id);
}

describe('a file that was applied, read again', () => {
  test('applies nothing twice', async () => {
    const exchangeId = await says(good('P-1'), good('P-2'));
    const nothing = { statements: 2, applied: 0, already: 2, unmatched: 0, quarantined: 0 };
    expect(await desk.order('exchange-replay', { exchangeId, reason, preview: true })).toEqual({
      ...nothing,
      wouldApply: 0,
    });
    for (let time = 0; time < 2; time += 1) {
      expect(await desk.order('exchange-replay', { exchangeId, reason })).toEqual(nothing);
    }
    expect(await balance()).toBe(50_500);
    expect((await desk.files()).find(({ id }) => id === exchangeId)).toMatchObject({
      state: 'applied',
      statuses: ['applied', 'applied'],
    });
  });

  test('of acknowledgements says nothing about what was placed since', async () => {
    const { agencies } = suite;
    const acknowledged = (await desk.files()).find(({ name }) => name.startsWith('AACK'))!.id;
    await agencies.says('statuses', [statusRecord(debt, 'RTN')]);
    await agencies.judge();
    suite.office.clock.set('2026-03-17T15:00:00Z');
    await agencies.refer(debt.id);
    await agencies.cutoff('again', HARBOR, '2026-03-17');
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'active' });
    expect(await desk.order('exchange-replay', { exchangeId: acknowledged, reason })).toMatchObject({
      applied: 0,
      already: 1,
    });
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'active' });
  });

  test('applies the records that can be read by now, once, and says before how many', async () => {
    const exchangeId = await says(bad('P-1'), good('P-2'), bad('P-3'), bad('P-1'));
    expect(await balance()).toBe(51_500);
    expect(await desk.order('exchange-replay', { exchangeId, reason, preview: true })).toMatchObject({
      wouldApply: 0,
      quarantined: 3,
    });
    await remitsGross();
    suite.office.clock.set('2026-03-19T15:00:00Z');
    const preview = { statements: 4, applied: 0, already: 1, wouldApply: 2, quarantined: 1 };
    expect(await desk.order('exchange-replay', { exchangeId, reason, preview: true })).toMatchObject(preview);
    expect(await balance()).toBe(51_500);
    expect(await desk.quarantine()).toHaveLength(3);

    const command = randomUUID();
    await interrupted(() => desk.order('exchange-replay', { exchangeId, reason }, command));
    const done = { statements: 4, applied: 2, already: 1, quarantined: 1 };
    expect(await desk.order('exchange-replay', { exchangeId, reason }, command)).toMatchObject(done);
    expect(await desk.order('exchange-replay', { exchangeId, reason }, command)).toMatchObject(done);
    expect(await balance()).toBe(51_500 - 1_400);
    expect(await desk.order('exchange-replay', { exchangeId, reason })).toMatchObject({ applied: 0, already: 3 });
    expect(await balance()).toBe(51_500 - 1_400);
    expect((await desk.files()).find(({ id }) => id === exchangeId)?.statuses).toEqual([
      'mended',
      'applied',
      'mended',
      'quarantined',
      'applied',
      'applied',
    ]);
    expect(await desk.quarantine({ status: 'mended' })).toMatchObject([
      { sequence: 1, decision: { actor: 'clerk', reason, sequence: 5 } },
      { sequence: 3, decision: { actor: 'clerk', reason, sequence: 6 } },
    ]);
    expect(await desk.alerts()).toMatchObject([{ cause: 'records-quarantined', details: { count: 1 } }]);
    await suite.agencies.judge();
    expect(await suite.agencies.placement(debt.id)).toMatchObject({ knownMinor: 50_100, desiredMinor: 50_100 });
  });

  test('leaves alone what a person mended or dismissed', async () => {
    const exchangeId = await says(bad('P-1'), bad('P-2'));
    const finding = {
      kind: 'paid',
      naturalKey: 'told by telephone',
      reference: fileNumber(debt),
      amountMinor: 700,
      currency: 'USD',
      paidOn: '2026-03-13',
      commissionMinor: 0,
    };
    await desk.order('quarantine-mend', { exchangeId, sequence: 1, finding, reason });
    await desk.order('quarantine-dismiss', { exchangeId, sequence: 2, reason });
    await remitsGross();
    expect(await desk.order('exchange-replay', { exchangeId, reason })).toMatchObject({ applied: 0, already: 2 });
    expect(await balance()).toBe(51_800);
  });

  test('in another way than before is not applied at all', async () => {
    const exchangeId = await says(good('P-1'), bad('P-2'));
    await remitsGross();
    // As when a plugin gives its statements other keys: then none of them could be recognised.
    await suite.database.asOwner(
      `update exchange.inbound_record set finding = jsonb_set(finding, '{naturalKey}', '"earlier form of P-1"')
       where exchange_id = $1 and sequence = 1`,
      [exchangeId],
    );
    for (const preview of [true, false]) {
      await expect(desk.order('exchange-replay', { exchangeId, reason, preview })).rejects.toMatchObject({
        code: 'replay-ambiguous',
      });
    }
    expect(await balance()).toBe(51_500);
  });

  test('is refused while it is being applied, and for files of ours', async () => {
    const [sent] = await suite.database.asOwner<{ id: string }>(
      `select id from exchange.exchange where direction = 'out' limit 1`,
    );
    await expect(desk.order('exchange-replay', { exchangeId: sent!.id, reason })).rejects.toMatchObject({
      code: 'exchange-outgoing',
    });
    await interrupted(() => says(good('P-1')));
    const exchangeId = await desk.file(NAME);
    await expect(desk.order('exchange-replay', { exchangeId, reason })).rejects.toMatchObject({
      code: 'exchange-unfinished',
    });
    await suite.agencies.collect();
  });
});

describe('a file that was refused, read again', () => {
  const TOTAL = ['settings', 'trailers', 'agencyPayments', 'record', 'fields', '2'];
  let exchangeId: string;

  beforeEach(async () => {
    const bytes = await suite.agencies.fileOf('agency-payments', [good('P-1'), good('P-2', 300)]);
    suite.agencies.leave(NAME, Buffer.from(bytes.toString('latin1').replace('000000013.00', '000000012.99'), 'latin1'));
    await suite.agencies.collect();
    exchangeId = await desk.file(NAME, 'refused');
  });

  /** The agency's total is of something else than we took it for. */
  const totalIsNotChecked = () =>
    desk.changeSettings(HARBOR, TOTAL, {
      name: 'Total',
      start: 15,
      length: 12,
      type: 'money',
      decimals: 2,
      point: true,
    });

  test('is refused again while nothing was put right', async () => {
    for (const preview of [true, false]) {
      await expect(desk.order('exchange-replay', { exchangeId, reason, preview })).rejects.toMatchObject({
        code: 'file-refused',
        message: expect.stringContaining(NAME),
      });
    }
    expect(await desk.file(NAME, 'refused')).toBe(exchangeId);
    expect(await desk.alerts()).toMatchObject([{ cause: 'file-refused', about: exchangeId }]);
    expect(await balance()).toBe(52_500);
  });

  test('is applied once when its totals are right by now, whatever dies in the middle', async () => {
    await totalIsNotChecked();
    const body = { exchangeId, reason };
    expect(await desk.order('exchange-replay', { ...body, preview: true })).toEqual({
      statements: 2,
      applied: 0,
      wouldApply: 2,
      already: 0,
      unmatched: 0,
      quarantined: 0,
    });
    expect(await balance()).toBe(52_500);
    expect(await desk.file(NAME, 'refused')).toBe(exchangeId);

    const command = randomUUID();
    await interrupted(() => desk.order('exchange-replay', body, command));
    const done = { statements: 2, applied: 2, already: 0 };
    expect(await desk.order('exchange-replay', body, command)).toMatchObject(done);
    expect(await desk.order('exchange-replay', body, command)).toMatchObject(done);
    expect(await desk.order('exchange-replay', body)).toMatchObject({ applied: 0, already: 2 });
    expect(await balance()).toBe(51_200);
    expect(await desk.alerts()).toEqual([]);
    const [kept] = await suite.database.asOwner<{ decision: object; finished: boolean }>(
      'select decision, finished_at is not null as finished from exchange.exchange where id = $1',
      [exchangeId],
    );
    expect(kept).toMatchObject({
      finished: true,
      decision: { decision: 'replay', before: { decision: 'replay', actor: 'clerk' } },
    });
  });

  test('and left by a process that died is gone on with by the next look', async () => {
    await totalIsNotChecked();
    await interrupted(() => desk.order('exchange-replay', { exchangeId, reason }));
    await suite.agencies.collect();
    expect(await balance()).toBe(51_200);
    expect(await desk.file(NAME, 'applied')).toBe(exchangeId);
  });

  test('gives way to the corrected file that came meanwhile, payment by payment', async () => {
    await suite.agencies.says('agency-payments', [good('P-1'), good('P-2', 300), good('P-3', 50)]);
    await totalIsNotChecked();
    expect(await desk.order('exchange-replay', { exchangeId, reason })).toMatchObject({ applied: 0, already: 2 });
    expect(await balance()).toBe(51_150);
  });
});

describe('an acknowledgement that could not be read in time', () => {
  test('says nothing about what was placed after it came', async () => {
    const { agencies } = suite;
    const other = await suite.referred();
    await agencies.cutoff('other');
    const bytes = await agencies.fileOf('acknowledgements', [
      {
        recordType: 'AACK',
        fileNumber: fileNumber(other),
        account: other.sourceReference,
        originalBalance: other.balanceMinor,
        receivedDate: '2026-03-16',
        currentBalance: other.balanceMinor,
      },
    ]);
    const count = 'ATRL0000000001';
    agencies.leave('AACK9.txt', Buffer.from(bytes.toString('latin1').replace(count, 'ATRL0000000002'), 'latin1'));
    await agencies.collect();
    const exchangeId = await desk.file('AACK9.txt', 'refused');
    // The agency refuses it, the office places it anew, and only then somebody reads the old file.
    await agencies.says('statuses', [statusRecord(other, 'REJ')]);
    await suite.withdraw(other);
    await agencies.judge();
    suite.office.clock.set('2026-03-17T15:00:00Z');
    await agencies.refer(other.id);
    await suite.database.asOwner('update exchange.position set parked_hash = null');
    await agencies.cutoff('anew', HARBOR, '2026-03-17');
    const before = await agencies.placement(other.id);
    expect(before).toMatchObject({ known: 'absent', presumed: 'active' });
    await desk.changeSettings(HARBOR, ['settings', 'trailers', 'acknowledgements', 'record', 'fields', '1'], {
      name: 'Record Count',
      start: 5,
      length: 10,
      type: 'number',
    });
    expect(await desk.order('exchange-replay', { exchangeId, reason })).toMatchObject({ applied: 0, unmatched: 1 });
    expect(await agencies.placement(other.id)).toEqual(before);
    // The true answer is still taken.
    suite.office.clock.set('2026-03-17T16:00:00Z');
    await agencies.acknowledges([other]);
    expect(await agencies.placement(other.id)).toMatchObject({ known: 'active' });
  });
});
