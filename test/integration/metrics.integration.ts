import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { raiseAlert } from '@concord/core/alerts/alerts';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { CASES_OUTBOX, FINDINGS_OUTBOX } from '@concord/core/events/outboxes';
import { Metrics } from '@concord/core/metrics/metrics';
import type { MeasuredHalf } from '@concord/core/metrics/metrics';
import { openLog } from '@concord/core/platform/log';
import { API_OFFICE, ApiSuite, OFFICER } from '../support/api-suite.js';
import { BureauSuite } from '../support/bureau-suite.js';
import { BUREAU, OFFICE, TODAY } from '../support/test-office.js';

const SILENT = openLog('silent', { write: () => undefined });

/** The lines of one metric, by their labels as they are written. */
function linesOf(text: string, name: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(name.length, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('What is counted', () => {
  const suite = new BureauSuite();

  function metrics(half: 'gateway' | 'connectors', transport = new InProcessTransport()): Metrics {
    const { database, clock } = suite.office;
    const halves: Record<typeof half, MeasuredHalf> = {
      gateway: { half: 'gateway', database: database.gateway, outbox: CASES_OUTBOX },
      connectors: { half: 'connectors', database: database.connectors, outbox: FINDINGS_OUTBOX },
    };
    return new Metrics({ halves: [halves[half]], transport, clock, log: SILENT });
  }

  /** A file of ours that stays in a state, and one of the partner's with a record that waits for a person. */
  async function exchange(direction: 'out' | 'in', state: string): Promise<string> {
    const id = randomUUID();
    await suite.database.asOwner(
      `insert into exchange.exchange (id, connector_id, direction, kind, cutoff_key, business_date, settings_version, mode,
         state, correlation_id, content_hash, started_at)
       values ($1::uuid, $2, $3, 'test', $1::uuid::text, $4, 1, 'on', $5, 'test', $1::uuid::text, $6)`,
      [id, BUREAU, direction, TODAY, state, '2026-03-16T14:59:00Z'],
    );
    return id;
  }

  test.each(['gateway', 'connectors'] as const)('is the same at a process that holds the %s', async (half) => {
    await suite.standing();
    await suite.referred();
    await exchange('out', 'archived');
    await exchange('out', 'held');
    const incoming = await exchange('in', 'applied');
    await suite.database.asOwner(
      `insert into exchange.inbound_record (exchange_id, sequence, kind, finding, status) values ($1, 1, 'fault', '{}', 'quarantined')`,
      [incoming],
    );
    await suite.database.asOwner(
      `insert into exchange.release_duty (position_id, connector_id, rule, owed_on, due_on)
       select id, connector_id, 'PAID', '2026-03-01', '2026-03-13' from exchange.position`,
    );
    const alert = { jurisdictionId: OFFICE, connectorId: BUREAU, cause: 'exchange-held' as const, about: 'x' };
    await raiseAlert(suite.database.connectors, { ...alert, message: 'x' }, suite.office.clock.now());

    const text = await metrics(half).text();
    const connector = `connector="${BUREAU}"`;
    expect(linesOf(text, 'concord_metrics_failed')).toEqual({});
    expect(linesOf(text, 'concord_exchanges_total')).toEqual({
      [`{${connector},direction="out",state="answered"}`]: 1,
      [`{${connector},direction="out",state="archived"}`]: 1,
      [`{${connector},direction="out",state="held"}`]: 1,
      [`{${connector},direction="in",state="applied"}`]: 2,
    });
    expect(linesOf(text, 'concord_records_today')).toMatchObject({
      [`{${connector},direction="out",status="accepted"}`]: 1,
      [`{${connector},direction="in",status="quarantined"}`]: 1,
    });
    expect(linesOf(text, 'concord_oldest_undelivered_seconds')).toEqual({ [`{${connector}}`]: 60 });
    expect(linesOf(text, 'concord_held_exchanges')).toEqual({ [`{${connector}}`]: 1 });
    expect(linesOf(text, 'concord_quarantined_records')).toEqual({ [`{${connector}}`]: 1 });
    expect(linesOf(text, 'concord_releases_overdue')).toEqual({ [`{${connector}}`]: 1 });
    const alerts = linesOf(text, 'concord_alerts_standing');
    expect(alerts['{cause="exchange-held"}']).toBe(1);
    expect(alerts['{cause="partner-down"}']).toBe(0);
    expect(linesOf(text, `concord_outbox_depth`)).toEqual(
      half === 'gateway' ? { '{outbox="case-events"}': 2 } : { '{outbox="findings"}': 0 },
    );
    expect(linesOf(text, 'concord_consumer_lag')).toEqual({
      [`{stream="${half === 'gateway' ? 'case-events' : 'findings'}"}`]: 0,
    });
    expect(linesOf(text, 'concord_pool_connections')[`{pool="${half}",state="waiting"}`]).toBe(0);
    expect(text).toContain('process_resident_memory_bytes');
  });

  test('is kept for a moment, however many ask', async () => {
    const measured = metrics('connectors');
    const count = async () => linesOf(await measured.text(), 'concord_held_exchanges')[`{connector="${BUREAU}"}`];
    await exchange('out', 'held');
    expect(await count()).toBe(1);
    await exchange('out', 'held');
    expect(await count()).toBe(1);
    expect(linesOf(await metrics('connectors').text(), 'concord_held_exchanges')[`{connector="${BUREAU}"}`]).toBe(2);
  });

  test('is left out and named where it can not be counted in time, and everything else is there', async () => {
    const hangs = new InProcessTransport();
    hangs.backlog = () => new Promise(() => undefined);
    const text = await metrics('connectors', hangs).text();
    expect(linesOf(text, 'concord_metrics_failed')).toEqual({ '{metric="concord_consumer_lag"}': 1 });
    expect(linesOf(text, 'concord_consumer_lag')).toEqual({});
    expect(linesOf(text, 'concord_outbox_depth')).toEqual({ '{outbox="findings"}': 0 });
  });

  test('takes no longer while somebody holds the tables, and takes one connection', async () => {
    const runner = suite.database.connectors.createQueryRunner();
    await suite.database.asOwner('begin');
    await suite.database.asOwner('lock table exchange.exchange in access exclusive mode');
    try {
      const measured = metrics('connectors');
      const began = performance.now();
      const asking = measured.text();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const [active] = await suite.database.asOwner<{ n: string }>(
        `select count(*) as n from pg_stat_activity where application_name = 'concord_connectors' and state <> 'idle'
           and datname = current_database()`,
      );
      expect(Number(active!.n)).toBeLessThanOrEqual(1);
      const failed = linesOf(await asking, 'concord_metrics_failed');
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(failed['{metric="concord_exchanges_total"}']).toBe(1);
    } finally {
      await suite.database.asOwner('rollback');
      await runner.release();
    }
  });
});

describe('The API', () => {
  const api = new ApiSuite();

  test('shows metrics as text for Prometheus, without anything personal', async () => {
    const { text, headers } = await api.get('/metrics').expect(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(linesOf(text, 'concord_outbox_depth')).toHaveProperty(['{outbox="case-events"}']);
    expect(linesOf(text, 'concord_outbox_depth')).toHaveProperty(['{outbox="findings"}']);
    expect(text).not.toContain(api.debtId);
  });

  test('lists alerts, and refuses a cause that there is none of', async () => {
    const alert = { jurisdictionId: API_OFFICE, connectorId: null, cause: 'release-overdue' as const, about: 'x' };
    await raiseAlert(api.database.connectors, { ...alert, message: 'Something is late.' }, new Date());
    const { body } = await api.get('/api/v1/alerts?standing=true&cause=release-overdue').expect(200);
    expect(body).toEqual([
      expect.objectContaining({ cause: 'release-overdue', jurisdiction: API_OFFICE, partner: 'x', cleared: null }),
    ]);
    expect((await api.get('/api/v1/alerts?connector=nobody').expect(200)).body).toEqual([]);
    await api.get('/api/v1/alerts?cause=bad-weather').expect(400);
  });

  test("names a caller's correlation id in its answer and in what was changed, and a new one where there is none", async () => {
    const given = `letter-${randomUUID()}`;
    const { headers } = await api
      .agent()
      .post('/api/v1/payments')
      .set('x-correlation-id', given)
      .set('x-concord-actor', OFFICER)
      .send(api.payment())
      .expect(201);
    expect(headers['x-correlation-id']).toBe(given);
    expect(
      await api.database.asOwner('select 1 from cases.change where correlation_id = $1', [given]),
    ).not.toHaveLength(0);

    const answered = await api.post('/api/v1/payments', api.payment()).expect(201);
    const own = answered.headers['x-correlation-id'];
    expect(own).toMatch(/^[0-9a-f-]{36}$/);
    expect(await api.database.asOwner('select 1 from cases.change where correlation_id = $1', [own])).not.toHaveLength(
      0,
    );

    const refused = await api.get('/api/v1/exchanges/none').set('x-correlation-id', 'two\twords!').expect(404);
    expect(refused.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
