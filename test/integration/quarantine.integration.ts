import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readQuarantined } from '@concord/core/exchanges/quarantine-reads';
import { AgencySuite } from '../support/agency-suite.js';
import type { PlacedDebt } from '../support/agency-suite.js';
import { IncomingDesk } from '../support/incoming-desk.js';
import { fileNumber, HARBOR, paymentRecord } from '../support/test-agencies.js';

const suite = new AgencySuite();
const reason = 'the agency told us by telephone';
let desk: IncomingDesk;
let debt: PlacedDebt;

beforeEach(async () => {
  const { agencies, database } = suite;
  desk = new IncomingDesk(database, agencies.registry, agencies.parts(HARBOR));
  [debt] = (await suite.placed()) as [PlacedDebt];
});

/** A file of one payment that is right and one with more commission than was paid. Returns its exchange. */
async function badPayment(name = 'APAY1.txt'): Promise<string> {
  const { agencies } = suite;
  const records = [paymentRecord(debt, 'P-1', 1_000), paymentRecord(debt, 'P-2', 700, { commission: 800 })];
  await agencies.says('agency-payments', records, HARBOR, undefined, name);
  return desk.file(name);
}

const paid = (key: string, changes: object = {}) => ({
  kind: 'paid',
  naturalKey: key,
  reference: fileNumber(debt),
  amountMinor: 700,
  currency: 'USD',
  paidOn: '2026-03-13',
  commissionMinor: 80,
  ...changes,
});

describe('a record that could not be applied', () => {
  test('harms only itself, is shown with its place and its fault, and people are told', async () => {
    const exchange = await badPayment();
    expect(await suite.agencies.balance(debt.id)).toBe(51_500);
    expect(await desk.files()).toContainEqual(
      expect.objectContaining({ name: 'APAY1.txt', state: 'applied', statuses: ['applied', 'quarantined'] }),
    );
    const [record, ...others] = await desk.quarantine({ connector: HARBOR, date: '2026-03-16' });
    expect(others).toEqual([]);
    expect(record).toMatchObject({
      exchange,
      sequence: 2,
      connector: HARBOR,
      file: 'APAY1.txt',
      kind: 'agency-payments',
      record: 2,
      field: 'bucket2',
      position: expect.stringMatching(/^\d+-\d+$/),
      value: '800',
      rule: 'commission',
      message: expect.stringContaining('more than'),
    });
    expect(await desk.quarantine({ connector: 'another' })).toEqual([]);
    expect(await desk.alerts()).toMatchObject([
      {
        cause: 'records-quarantined',
        about: exchange,
        details: { count: 1, first: { record: 2, rule: 'commission' } },
      },
    ]);
  });

  test('is applied once as a person says that it should have read, booked on the day of the mending', async () => {
    const exchange = await badPayment();
    suite.office.clock.set('2026-03-19T15:00:00Z');
    const body = { exchangeId: exchange, sequence: 2, finding: paid(`APAY:PA:${fileNumber(debt)}:P-2`), reason };
    const command = randomUUID();
    expect(await desk.order('quarantine-mend', body, command)).toEqual({ status: 'mended', sequence: 3 });
    // Begun anew by another process, because this one died before the command was noted as done.
    expect(await desk.order('quarantine-mend', body, command)).toEqual({ status: 'mended', sequence: 3 });
    await expect(desk.order('quarantine-mend', body)).rejects.toMatchObject({ code: 'record-not-quarantined' });
    await expect(desk.order('quarantine-dismiss', { exchangeId: exchange, sequence: 2, reason })).rejects.toMatchObject(
      {
        code: 'record-not-quarantined',
      },
    );
    await suite.agencies.publish();
    expect(await suite.agencies.balance(debt.id)).toBe(50_800);
    expect(
      await suite.database.asOwner<object>(
        `select amount_minor::integer as amount, booked_on::text as booked from cases.ledger_entry
         where kind = 'payment' order by amount`,
      ),
    ).toEqual([
      { amount: 700, booked: '2026-03-19' },
      { amount: 1_000, booked: '2026-03-16' },
    ]);
    await suite.agencies.judge();
    expect(await suite.agencies.placement(debt.id)).toMatchObject({ knownMinor: 50_800, desiredMinor: 50_800 });
    expect(await readQuarantined(suite.database.gateway, exchange, 2)).toMatchObject({
      status: 'mended',
      decision: { actor: 'clerk', reason, at: '2026-03-19T15:00:00.000Z', sequence: 3 },
    });
    expect(await desk.quarantine()).toEqual([]);
    expect(await desk.alerts()).toEqual([]);
    // The agency corrects it itself: what was mended under its key is not applied a second time.
    const corrected = paymentRecord(debt, 'P-2', 700, { commission: 80, on: '2026-03-13' });
    await suite.agencies.says('agency-payments', [corrected]);
    expect((await desk.files()).at(-1)).toMatchObject({ statuses: ['duplicate'] });
    expect(await suite.agencies.balance(debt.id)).toBe(50_800);
  });

  test('is dismissed once, with a reason', async () => {
    const exchange = await badPayment();
    const body = { exchangeId: exchange, sequence: 2, reason };
    const command = randomUUID();
    await expect(desk.order('quarantine-dismiss', { ...body, reason: ' ' })).rejects.toMatchObject({
      code: 'command-invalid',
    });
    expect(await desk.order('quarantine-dismiss', body, command)).toEqual({ status: 'dismissed' });
    expect(await desk.order('quarantine-dismiss', body, command)).toEqual({ status: 'dismissed' });
    await expect(desk.order('quarantine-dismiss', body)).rejects.toMatchObject({ code: 'record-not-quarantined' });
    await expect(desk.order('quarantine-mend', { ...body, finding: paid('APAY:PA:P-2') })).rejects.toMatchObject({
      code: 'record-not-quarantined',
    });
    expect(await desk.quarantine({ status: 'dismissed' })).toMatchObject([{ sequence: 2, decision: { reason } }]);
    expect(await desk.alerts()).toEqual([]);
    expect(await suite.agencies.balance(debt.id)).toBe(51_500);
  });

  test('is neither mended nor dismissed where it is not', async () => {
    const exchange = await badPayment();
    const body = { exchangeId: exchange, sequence: 1, reason };
    await expect(desk.order('quarantine-dismiss', body)).rejects.toMatchObject({ code: 'record-not-quarantined' });
    await expect(desk.order('quarantine-dismiss', { ...body, sequence: 9 })).rejects.toMatchObject({
      code: 'record-unknown',
    });
    await expect(desk.order('quarantine-dismiss', { ...body, exchangeId: randomUUID() })).rejects.toMatchObject({
      code: 'exchange-unknown',
    });
  });

  test.each([
    ['naturalKey', (key: object) => ({ ...key, naturalKey: '' }), 'finding.naturalKey'],
    ['a date that is none', (key: object) => ({ ...key, paidOn: '2026-02-30' }), 'finding.paidOn'],
    ['a kind that is none', (key: object) => ({ ...key, kind: 'payed' }), 'finding.kind'],
    ['a field that is none', (key: object) => ({ ...key, comission: 5 }), 'finding.comission'],
  ])('is not mended with a finding that is wrong in %s', async (_, spoil, path) => {
    const exchange = await badPayment();
    const finding = spoil(paid('APAY:PA:P-2'));
    await expect(
      desk.order('quarantine-mend', { exchangeId: exchange, sequence: 2, finding, reason }),
    ).rejects.toMatchObject({ code: 'finding-invalid', message: expect.stringContaining(path) });
    expect(await desk.quarantine()).toHaveLength(1);
  });

  test('is not mended under a key that had its effect, nor as an answer to nothing: then all is as it was', async () => {
    const exchange = await badPayment();
    const key = `APAY:PA:${fileNumber(debt)}:P-1`;
    const body = { exchangeId: exchange, sequence: 2, reason };
    for (const finding of [paid(key), paid(key, { amountMinor: 1_000, commissionMinor: 0, paidOn: '2026-03-16' })]) {
      await expect(desk.order('quarantine-mend', { ...body, finding })).rejects.toMatchObject({ code: 'key-applied' });
    }
    const answer = { kind: 'accepted', naturalKey: 'A-1', reference: '999999999', answerTo: null };
    await expect(desk.order('quarantine-mend', { ...body, finding: answer })).rejects.toMatchObject({
      code: 'finding-unmatched',
    });
    await suite.agencies.publish();
    expect(await suite.agencies.balance(debt.id)).toBe(51_500);
    expect(await desk.files()).toContainEqual(
      expect.objectContaining({ id: exchange, statuses: ['applied', 'quarantined'] }),
    );
  });

  test('is not mended while its file is still being applied', async () => {
    suite.agencies.onCheckpoint = async (point) => {
      if (point === 'mid-apply') throw new Error('interrupted');
    };
    await expect(badPayment()).rejects.toThrow('interrupted');
    suite.agencies.onCheckpoint = () => Promise.resolve();
    const exchange = await desk.file('APAY1.txt');
    const body = { exchangeId: exchange, sequence: 2, finding: paid('APAY:PA:P-2'), reason };
    await expect(desk.order('quarantine-mend', body)).rejects.toMatchObject({ code: 'exchange-unfinished' });
    await suite.agencies.collect();
    expect(await desk.order('quarantine-mend', body)).toMatchObject({ status: 'mended' });
    await suite.agencies.publish();
    expect(await suite.agencies.balance(debt.id)).toBe(50_800);
  });

  test('stands in the alert until the last one of its file is dealt with', async () => {
    const bad = (id: string) => paymentRecord(debt, id, 700, { commission: 800 });
    await suite.agencies.says('agency-payments', [bad('P-1'), bad('P-2')], HARBOR, undefined, 'APAY1.txt');
    const exchangeId = await desk.file('APAY1.txt');
    await desk.order('quarantine-dismiss', { exchangeId, sequence: 1, reason });
    expect(await desk.alerts()).toMatchObject([{ cause: 'records-quarantined', details: { count: 1 } }]);
    await desk.order('quarantine-dismiss', { exchangeId, sequence: 2, reason });
    expect(await desk.alerts()).toEqual([]);
  });
});

describe('a payment that contradicts an earlier one', () => {
  const proposals = 'select state, closed_by, closed_reason from cases.proposal order by state';

  test('waits with what was said, for the case side too, and is applied under a key of its own', async () => {
    const { agencies } = suite;
    await agencies.says('agency-payments', [paymentRecord(debt, 'P-1', 1_000)]);
    await agencies.says('agency-payments', [paymentRecord(debt, 'P-1', 9_000)], HARBOR, undefined, 'APAY9.txt');
    const exchangeId = await desk.file('APAY9.txt');
    expect(await desk.quarantine()).toMatchObject([
      { exchange: exchangeId, sequence: 1, rule: 'contradicts', record: null, finding: { amountMinor: 9_000 } },
    ]);
    expect(await agencies.proposals()).toMatchObject([{ kind: 'contradiction', state: 'open' }]);
    await agencies.says('agency-payments', [paymentRecord(debt, 'P-1', 9_500)], HARBOR, undefined, 'APAY10.txt');
    const finding = paid('APAY:PA:P-1 corrected', { amountMinor: 8_000, commissionMinor: 0 });
    await desk.order('quarantine-mend', { exchangeId, sequence: 1, finding, reason });
    await agencies.publish();
    expect(await agencies.balance(debt.id)).toBe(52_500 - 9_000);
    // What was put before a person on the case side is decided with it, and no other contradiction is.
    expect(await suite.database.asOwner(proposals)).toEqual([
      { state: 'closed', closed_by: 'clerk', closed_reason: `mended: ${reason}` },
      { state: 'open', closed_by: null, closed_reason: null },
    ]);
    expect(await desk.alerts()).toMatchObject([{ about: await desk.file('APAY10.txt') }]);
  });
});
