import { describe, expect, test } from '@jest/globals';
import { InboundRun } from '@concord/core/exchanges/in/inbound-run';
import { readLineage } from '@concord/core/exchanges/lineage';
import type { Lineage } from '@concord/core/exchanges/lineage';
import { AgencySuite } from '../support/agency-suite.js';
import { API_OFFICE, ApiSuite, NOBODY } from '../support/api-suite.js';
import { BureauSuite } from '../support/bureau-suite.js';
import { HARBOR, paymentRecord } from '../support/test-agencies.js';
import { TODAY } from '../support/test-office.js';

const kindsOf = ({ tells }: Lineage) => tells.map(({ kind }) => kind);

describe('A record of a file to a bureau', () => {
  const suite = new BureauSuite();
  const lineage = (exchange: string, sequence = 1) => readLineage(suite.database.gateway, exchange, sequence);

  test('names the changes of the case that it tells, each with its correlation id, and only those', async () => {
    const debt = await suite.referred();
    await suite.bureau.judge();
    const first = await suite.bureau.send('first');
    await suite.bureau.answer(first);
    const before = await lineage(first);
    expect(before).toMatchObject({ toldBefore: null, caseId: debt.caseId, record: { status: 'accepted' } });
    expect(kindsOf(before)).toEqual(['concord.debt.registered.v1', 'concord.referral.made.v1']);

    await suite.pay(debt, 1_000);
    await suite.stop(debt, 'dispute');
    await suite.bureau.judge();
    const second = await suite.bureau.send('second');
    const after = await lineage(second);
    expect(after.toldBefore).toBe(before.record!.caseVersion);
    expect(kindsOf(after)).toEqual(['concord.ledger.posted.v1', 'concord.stop.placed.v1']);
    const changes = await suite.database.asOwner<{ correlation_id: string }>(
      'select correlation_id from cases.change where case_id = $1 order by version',
      [debt.caseId],
    );
    expect([...before.tells, ...after.tells].map(({ correlationId }) => correlationId)).toEqual(
      changes.map(({ correlation_id }) => correlation_id),
    );
    expect(new Set(changes.map(({ correlation_id }) => correlation_id)).size).toBe(changes.length);
    expect(after.file).toMatchObject({ exchange: second, state: 'delivered', date: TODAY });
    expect(after.answer).toBeNull();
  });

  test('names the file that answers, and the place where it is refused', async () => {
    const debts = [await suite.referred(), await suite.referred(), await suite.referred()];
    await suite.bureau.judge();
    const sent = await suite.bureau.send('first');
    const records = await suite.bureau.records(sent);
    await suite.bureau.answer(
      sent,
      records.slice(0, 2).map(({ reference }) => ({ account: reference, code: 'R1' })),
    );
    const refused = [await lineage(sent, 1), await lineage(sent, 2)];
    // Accepted by not being named: the file answers, and no place of it speaks of the record.
    const accepted = await lineage(sent, 3);
    expect(accepted.answer).toMatchObject({ exchange: refused[0]!.answer!.exchange, statements: [] });
    expect([...refused, accepted].map(({ caseId }) => caseId).sort()).toEqual(debts.map(({ caseId }) => caseId).sort());

    for (const [index, told] of refused.entries()) {
      const sequence = index + 1;
      expect(told.record).toMatchObject({ status: 'refused', reference: records[index]!.reference });
      expect(told.answer).toMatchObject({ kind: 'rejects', statements: [{ kind: 'refused', sequence }] });
      const back = await lineage(told.answer!.exchange, sequence);
      expect(back.record).toEqual(told.record);
      expect(back.tells).toEqual(told.tells);
      expect(back.caseId).toBe(told.caseId);
    }
  });

  test('that was not sent has no answer and nothing came of it', async () => {
    await suite.bureau.setMode('shadow');
    await suite.referred();
    await suite.bureau.judge();
    const shown = await lineage(await suite.bureau.send('shown'));
    expect(shown).toMatchObject({ file: { state: 'shown' }, answer: null, became: [] });
    expect(kindsOf(shown)).toHaveLength(2);
  });
});

describe('A record of a file to an agency', () => {
  const suite = new AgencySuite();
  const lineage = (exchange: string, sequence = 1) => readLineage(suite.database.gateway, exchange, sequence);

  /** Collects what lies at the agency, under a correlation id of its own, as each collecting job has. */
  async function collect(correlationId: string): Promise<void> {
    const { agencies } = suite;
    const run = new InboundRun(agencies.parts(HARBOR));
    await run.run(await agencies.connector(), { businessDate: TODAY, correlationId });
    await agencies.publish();
  }

  /** The id of the file of a kind that says something. */
  async function fileOf(kind: string): Promise<string> {
    const [found] = await suite.database.asOwner<{ id: string }>(
      'select id from exchange.exchange where kind = $1 order by records desc, started_at desc limit 1',
      [kind],
    );
    return found!.id;
  }

  test('leads to the changes that the partner made of it, and from these back to the first request', async () => {
    const debt = await suite.referred();
    await suite.agencies.cutoff('monday');
    const placements = await fileOf('placements');
    await suite.agencies.acknowledges([debt]);
    const collecting = suite.agencies.collect.bind(suite.agencies);
    suite.agencies.collect = () => collect('collected-payments');
    await suite.agencies.says('agency-payments', [paymentRecord(debt, 'A1', 5_000)]);
    suite.agencies.collect = collecting;

    const placed = await lineage(placements);
    expect(placed.answer).toMatchObject({ kind: 'acknowledgements', statements: [{ kind: 'accepted' }] });
    expect(placed.became).toEqual([
      expect.objectContaining({
        kind: 'concord.ledger.posted.v1',
        actor: `partner:${HARBOR}`,
        correlationId: 'collected-payments',
        statements: [expect.objectContaining({ exchange: await fileOf('agency-payments'), sequence: 1, kind: 'paid' })],
      }),
    ]);

    const paid = await lineage(await fileOf('agency-payments'));
    expect(paid.record).toEqual(placed.record);
    expect(paid.answer).toMatchObject({ kind: 'agency-payments', correlationId: 'collected-payments' });
    expect(kindsOf(paid)).toContain('concord.referral.made.v1');
    expect(paid.became).toEqual(placed.became);
  });

  test('that tells a ledger entry tells of that change alone', async () => {
    const [debt] = await suite.placed();
    await suite.stop(debt!, 'vulnerability');
    await suite.pay(debt!, 700);
    await suite.pay(debt!, 800);
    await suite.agencies.cutoff('tuesday');
    const payments = await fileOf('payments');
    const told = [await lineage(payments, 1), await lineage(payments, 2)];
    expect(told.map(kindsOf)).toEqual([['concord.ledger.posted.v1'], ['concord.ledger.posted.v1']]);
    expect(told[0]!.tells[0]!.version).toBeLessThan(told[1]!.tells[0]!.version);
  });
});

describe('The API', () => {
  const api = new ApiSuite();

  test('says what it does not know', async () => {
    for (const id of [NOBODY, 'none']) {
      const { body } = await api.get(`/api/v1/exchanges/${id}/records/1/lineage`).expect(404);
      expect(body).toMatchObject({ code: 'exchange-unknown' });
    }
    await api.get(`/api/v1/exchanges/${NOBODY}/records/one/lineage`).expect(400);
    const [exchange] = await api.database.asOwner<{ id: string }>(
      `insert into exchange.exchange (id, connector_id, direction, kind, business_date, settings_version, mode, state,
         correlation_id, started_at)
       select gen_random_uuid(), id, 'out', 'tradelines', current_date, 1, 'on', 'choosing', 'test', now()
       from exchange.connector where jurisdiction_id = $1 limit 1 returning id`,
      [API_OFFICE],
    );
    const { body } = await api.get(`/api/v1/exchanges/${exchange!.id}/records/7/lineage`).expect(404);
    expect(body).toMatchObject({ code: 'record-unknown' });
  });
});
