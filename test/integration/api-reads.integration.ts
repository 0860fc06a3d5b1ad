import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { API_BUREAU, API_OFFICE, ApiSuite, NOBODY } from '../support/api-suite.js';

const api = new ApiSuite();

describe('what is not there', () => {
  test.each(['/api/v1/debts/', '/api/v1/exchanges/'])('%s of an unknown id is 404', async (path) => {
    const { body } = await api.get(`${path}${NOBODY}`).expect(404);
    expect(body).toMatchObject({
      statusCode: 404,
      code: expect.stringMatching(/-unknown$/),
      message: expect.any(String),
    });
  });

  test('is 404 for the ledger of an unknown debt, too', async () => {
    await api.get(`/api/v1/debts/${NOBODY}/ledger`).expect(404);
  });

  test.each([
    '/api/v1/debts/1',
    '/api/v1/debts/1/ledger',
    '/api/v1/payments?debt=1',
    '/api/v1/stops',
    '/api/v1/positions',
  ])('%s is no request that can be understood', async (path) => {
    await api.get(path).expect(400);
  });

  test.each([
    '/api/v1/exchanges?date=2026-02-31',
    '/api/v1/debts?after=1e400',
    '/api/v1/debts?after=99999999999999999999',
  ])('%s is refused before it reaches the database', async (path) => {
    await api.get(path).expect(400);
  });
});

describe('what partners hold', () => {
  test('is listed for a debt by id and by number, and exchanges by connector and date', async () => {
    const { body: debt } = await api.get(`/api/v1/debts/${api.debtId}`);
    for (const subject of [api.debtId, String(debt.number)]) {
      expect((await api.get(`/api/v1/positions?subject=${subject}`).expect(200)).body).toEqual({
        positions: [],
        blocks: [],
      });
    }
    const id = randomUUID();
    await api.database.asOwner(
      `insert into exchange.exchange (id, connector_id, direction, kind, business_date, settings_version, mode, state, correlation_id, started_at)
       values ($1, $2, 'out', 'tradelines', '2026-03-16', 1, 'on', 'empty', 'c', now())`,
      [id, API_BUREAU],
    );
    expect((await api.get(`/api/v1/exchanges?connector=${API_BUREAU}&date=2026-03-16`).expect(200)).body).toMatchObject(
      [{ id, connector: API_BUREAU }],
    );
    expect((await api.get('/api/v1/exchanges?connector=nobody').expect(200)).body).toEqual([]);
    expect((await api.get(`/api/v1/exchanges/${id}`).expect(200)).body).toMatchObject({
      id,
      state: 'empty',
      recordList: [],
    });
  });

  test('is kept for the jurisdictions of the configuration', async () => {
    const { body } = await api.get('/api/v1/jurisdictions').expect(200);
    expect(body).toContainEqual(
      expect.objectContaining({ id: API_OFFICE, currency: 'USD', timeZone: 'America/Los_Angeles' }),
    );
  });
});

describe('who asks', () => {
  test('is whoever the header names, and the API itself where it names nobody or nonsense', async () => {
    const actors: string[] = [];
    for (const actor of ['clerk@city.example', '', 'line\tbreak<script>']) {
      const key = randomUUID();
      await api
        .agent()
        .post('/api/v1/payments')
        .set('x-concord-actor', actor)
        .send(api.payment({ idempotencyKey: key }))
        .expect(201);
      const { body } = await api.get(`/api/v1/payments?debt=${api.debtId}`);
      actors.push((body as { actor: string }[]).at(-1)!.actor);
    }
    expect(actors).toEqual(['clerk@city.example', 'api', 'api']);
  });

  test('ties the change and its event to the correlation id of the request', async () => {
    const id = randomUUID();
    await api.agent().post('/api/v1/stops').set('x-correlation-id', id).send(api.stop()).expect(201);
    const found = await api.database.asOwner(
      `select 1 from cases.change h join cases.outbox o on o.case_id = h.case_id and o.event->>'correlationid' = h.correlation_id
       where h.correlation_id = $1`,
      [id],
    );
    expect(found).toHaveLength(1);
  });
});

describe('the description of the API', () => {
  test('lists every route, with the schemas of what they take', async () => {
    const { body } = await api.get('/api/openapi.json').expect(200);
    const routes = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes).toEqual(
      expect.arrayContaining([
        'get /api/v1/jurisdictions',
        'post /api/v1/debts',
        'get /api/v1/debts',
        'get /api/v1/debts/{id}',
        'get /api/v1/debts/{id}/ledger',
        'post /api/v1/payments',
        'get /api/v1/payments',
        'post /api/v1/debts/{id}/itemisation',
        'post /api/v1/proofs',
        'get /api/v1/proofs',
        'post /api/v1/stops',
        'get /api/v1/stops',
        'post /api/v1/stops/{id}/lift',
        'post /api/v1/referrals',
        'get /api/v1/referrals',
        'post /api/v1/referrals/{id}/withdraw',
        'get /api/v1/exchanges',
        'get /api/v1/exchanges/{id}',
        'get /api/v1/positions',
      ]),
    );
    const { schemas } = body.components as { schemas: Record<string, { required?: string[]; properties: object }> };
    expect(schemas['PaymentRequest']).toMatchObject({
      required: expect.arrayContaining(['debtId', 'amountMinor', 'currency', 'idempotencyKey']),
      properties: { amountMinor: { type: 'number' }, settles: { type: 'boolean' } },
    });
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining([
        'DebtRequest',
        'ItemisationRequest',
        'PaymentRequest',
        'ProofRequest',
        'StopRequest',
        'ReferralRequest',
        'WithdrawalRequest',
      ]),
    );
    const takes = (path: string): string =>
      body.paths[path].post.requestBody.content['application/json'].schema.$ref as string;
    expect(takes('/api/v1/stops')).toBe('#/components/schemas/StopRequest');
    await api.get('/api/docs').expect(200);
  });

  test.each([
    ['/api/v1/debts', ['after', 'jurisdiction', 'limit', 'sourceReference', 'type']],
    ['/api/v1/payments', ['debt']],
    ['/api/v1/proofs', ['debt']],
    ['/api/v1/stops', ['debt']],
    ['/api/v1/referrals', ['debt']],
    ['/api/v1/exchanges', ['connector', 'date', 'direction', 'limit', 'state']],
    ['/api/v1/positions', ['subject']],
  ])('lists what %s can be asked for', async (path, names) => {
    const { body } = await api.get('/api/openapi.json');
    const parameters = body.paths[path].get.parameters as { name: string }[];
    expect(parameters.map(({ name }) => name).sort()).toEqual(names);
  });
});
