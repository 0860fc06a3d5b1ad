import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import { debtRow, person } from '../support/intake-builder.js';
import { openTestApplication } from '../support/test-application.js';
import type { TestApplication } from '../support/test-application.js';

const OFFICE = 'us-ca-berkeley';
const BUREAU = 'us-ca-berkeley-equifax';
const NOBODY = '00000000-0000-4000-8000-000000000000';

let application: TestApplication;
let debtId: string;

beforeAll(async () => {
  application = await openTestApplication();
  await application.app.get(ConnectorRegistry).propose();
}, 20_000);
afterAll(() => application.close());

const agent = () => request(application.app.getHttpServer());
const get = (path: string) => agent().get(path);
const post = (path: string, body: object) => agent().post(path).set('x-concord-actor', 'officer.jane').send(body);

/** A row as a client writes it: what is not known is left out. */
function debtBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const { stops: _, ...row } = debtRow({ debtor: person() });
  return { jurisdictionId: OFFICE, ...row, ...changes };
}
async function registered(changes: Record<string, unknown> = {}): Promise<string> {
  const { body } = await post('/api/v1/debts', debtBody(changes)).expect(201);
  return body.debtId as string;
}
const payment = (changes: Record<string, unknown> = {}) => ({
  debtId,
  amountMinor: 1_000,
  currency: 'USD',
  idempotencyKey: randomUUID(),
  ...changes,
});
const stop = (changes: Record<string, unknown> = {}) => ({
  subject: { kind: 'debt', id: debtId },
  kind: 'dispute',
  source: 'letter',
  idempotencyKey: randomUUID(),
  ...changes,
});
const referral = (changes: Record<string, unknown> = {}) => ({ debtId, act: 'report', connectorId: BUREAU, ...changes });

beforeEach(async () => {
  debtId = await registered();
});

describe('debts', () => {
  test('are registered once, and shown with their parties but without their identifiers', async () => {
    const body = debtBody();
    const first = await post('/api/v1/debts', body).expect(201);
    expect(first.body).toEqual({ debtId: expect.any(String), registered: true });
    const again = await post('/api/v1/debts', body).expect(201);
    expect(again.body).toEqual({ debtId: first.body.debtId, registered: false });
    const shown = await get(`/api/v1/debts/${first.body.debtId}`).expect(200);
    expect(shown.body).toMatchObject({
      id: first.body.debtId,
      jurisdictionId: OFFICE,
      balanceMinor: 52_500,
      caseVersion: 1,
      parties: [{ role: 'debtor', surname: 'Sample', identifiers: ['ssn'] }],
    });
    expect(JSON.stringify(shown.body)).not.toContain((body['debtor'] as { ssn: string }).ssn);
  });

  test('are listed by number, a page at a time, and found by what the source calls them', async () => {
    const source = debtBody();
    const { body } = await post('/api/v1/debts', source).expect(201);
    const found = await get(`/api/v1/debts?sourceReference=${String(source['sourceReference'])}`).expect(200);
    expect(found.body).toMatchObject([{ id: body.debtId }]);
    const page = await get(`/api/v1/debts?jurisdiction=${OFFICE}&limit=1`).expect(200);
    expect(page.body).toHaveLength(1);
    const next = await get(`/api/v1/debts?jurisdiction=${OFFICE}&limit=1000&after=${page.body[0].number}`).expect(200);
    expect(next.body.map(({ number }: { number: number }) => number)).not.toContain(page.body[0].number);
    expect((await get('/api/v1/debts?jurisdiction=ca-nl').expect(200)).body).toEqual([]);
    await get('/api/v1/debts?limit=0').expect(400);
    await get('/api/v1/debts?limit=x').expect(400);
  });

  test('in conflict with what is on file are refused with 409', async () => {
    const body = debtBody();
    await post('/api/v1/debts', body).expect(201);
    const other = await post('/api/v1/debts', { ...body, type: 'permit' }).expect(409);
    expect(other.body).toMatchObject({ statusCode: 409, code: 'known-with-other-content' });
    const debtor = { ...(body['debtor'] as object), ssn: '901555555' };
    const stranger = await post('/api/v1/debts', debtBody({ debtor })).expect(409);
    expect(stranger.body).toMatchObject({ code: 'identifier-contradicts' });
  });

  test('that can not be read are refused with every reason', async () => {
    const wrong = await post('/api/v1/debts', debtBody({ entries: [], debtor: { surname: 'X' } })).expect(422);
    expect(wrong.body).toMatchObject({ code: 'debt-invalid' });
    expect(wrong.body.message).toMatch(/entries/);
    expect(wrong.body.message).toMatch(/debtor\.kind/);
    expect((await post('/api/v1/debts', debtBody({ jurisdictionId: 'nowhere' })).expect(404)).body.code).toBe('jurisdiction-unknown');
    expect((await post('/api/v1/debts', debtBody({ currency: 'CAD' })).expect(422)).body.code).toBe('currency-differs');
    await post('/api/v1/debts', debtBody({ entries: 'none' })).expect(400);
    await post('/api/v1/debts', debtBody({ stops: [] })).expect(400);
    await post('/api/v1/debts', debtBody({ jurisdictionId: undefined })).expect(400);
  });
});

describe('payments', () => {
  test('are posted once, with who posted them', async () => {
    const body = payment({ reference: 'R-1', paidOn: '2026-03-10' });
    const first = await post('/api/v1/payments', body).expect(201);
    expect(first.body).toMatchObject({ posted: true, balanceMinor: 51_500 });
    expect((await post('/api/v1/payments', body).expect(201)).body).toMatchObject({ posted: false, balanceMinor: 51_500 });
    expect((await post('/api/v1/payments', { ...body, amountMinor: 2_000 }).expect(409)).body.code).toBe('key-reused');
    expect((await get(`/api/v1/payments?debt=${debtId}`).expect(200)).body).toMatchObject([
      { kind: 'payment', amountMinor: 1_000, reference: 'R-1', effectiveOn: '2026-03-10', actor: 'officer.jane' },
    ]);
    const ledger = await get(`/api/v1/debts/${debtId}/ledger`).expect(200);
    expect(ledger.body.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['assessment', 'fee', 'payment']);
  });

  test('in settlement bring the balance to nothing', async () => {
    const settled = await post('/api/v1/payments', payment({ settles: true })).expect(201);
    expect(settled.body).toMatchObject({ balanceMinor: 0 });
  });

  test.each<[string, Record<string, unknown>]>([
    ['no amount', { amountMinor: undefined }],
    ['a negative amount', { amountMinor: -5 }],
    ['no whole amount', { amountMinor: 1.5 }],
    ['an amount in text', { amountMinor: '100' }],
    ['an amount beyond what is kept exactly', { amountMinor: 1e20 }],
    ['no currency that exists', { currency: 'XYZ9' }],
    ['a date in another form', { paidOn: '03/10/2026' }],
    ['a date that does not exist', { paidOn: '2026-02-31' }],
    ['a key that is empty', { idempotencyKey: '' }],
    ['a debt that is no id', { debtId: '1' }],
    ['a property that is not known', { approved: true }],
  ])('with %s are refused with 400', async (_, changes) => {
    const { body } = await post('/api/v1/payments', payment(changes)).expect(400);
    expect(body).toMatchObject({ statusCode: 400, message: expect.anything() });
    expect((await get(`/api/v1/payments?debt=${debtId}`)).body).toEqual([]);
  });

  test('in another currency are refused with 422, and for no debt with 404', async () => {
    expect((await post('/api/v1/payments', payment({ currency: 'CAD' })).expect(422)).body.code).toBe('currency-differs');
    expect((await post('/api/v1/payments', payment({ debtId: NOBODY })).expect(404)).body.code).toBe('debt-unknown');
  });
});

describe('stops', () => {
  test('are placed, shown and lifted, with who did it', async () => {
    const body = stop({ startsOn: '2026-01-02', endsOn: '2027-01-01', details: { letter: 'L-1' } });
    const placed = await post('/api/v1/stops', body).expect(201);
    expect(placed.body).toMatchObject({ placed: true });
    expect((await post('/api/v1/stops', body).expect(201)).body).toMatchObject({ placed: false });
    expect((await post('/api/v1/stops', { ...body, kind: 'deceased' }).expect(409)).body.code).toBe('key-reused');
    expect((await get(`/api/v1/stops?debt=${debtId}`).expect(200)).body).toMatchObject([
      { kind: 'dispute', startsOn: '2026-01-02', endsOn: '2027-01-01', liftedOn: null, details: { letter: 'L-1' }, actor: 'officer.jane' },
    ]);
    const lift = `/api/v1/stops/${placed.body.stopId}/lift`;
    expect((await post(lift, {}).expect(200)).body).toEqual({ lifted: true });
    expect((await post(lift, {}).expect(200)).body).toEqual({ lifted: false });
    const changes = await application.database.asOwner(
      `select kind, actor from cases.change where subject_id = $1 order by version`,
      [placed.body.stopId],
    );
    expect(changes).toEqual([
      { kind: 'concord.stop.placed.v1', actor: 'officer.jane' },
      { kind: 'concord.stop.lifted.v1', actor: 'officer.jane' },
    ]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['no subject', { subject: undefined }],
    ['a subject without an id', { subject: { kind: 'debt' } }],
    ['a subject of no kind', { subject: { kind: 'office', id: NOBODY } }],
    ['no kind that exists', { kind: 'holiday' }],
    ['a day that does not exist', { startsOn: '2026-13-01' }],
    ['details that are no object', { details: 'none' }],
    ['no source', { source: undefined }],
    ['a property that is not known', { liftedOn: '2026-01-01' }],
  ])('with %s are refused with 400', async (_, changes) => {
    await post('/api/v1/stops', stop(changes)).expect(400);
  });

  test('that end before they begin are refused with 422, and those of nobody with 404', async () => {
    const { body } = await post('/api/v1/stops', stop({ startsOn: '2026-03-02', endsOn: '2026-03-01' })).expect(422);
    expect(body.code).toBe('stop-dates');
    for (const kind of ['case', 'debt', 'party']) {
      await post('/api/v1/stops', stop({ subject: { kind, id: NOBODY } })).expect(404);
    }
    await post(`/api/v1/stops/${NOBODY}/lift`, {}).expect(404);
    await post('/api/v1/stops/1/lift', {}).expect(400);
  });
});

describe('referrals', () => {
  test('are made, shown and withdrawn, with who did it', async () => {
    const made = await post('/api/v1/referrals', referral({ capMinor: 40_000, expiresOn: '2030-01-01' })).expect(201);
    expect((await post('/api/v1/referrals', referral()).expect(409)).body.code).toBe('already-referred');
    expect((await get(`/api/v1/referrals?debt=${debtId}`).expect(200)).body).toMatchObject([
      { id: made.body.referralId, connectorId: BUREAU, capMinor: 40_000, madeBy: 'officer', actor: 'officer.jane' },
    ]);
    const withdraw = `/api/v1/referrals/${made.body.referralId}/withdraw`;
    await post(withdraw, {}).expect(400);
    expect((await post(withdraw, { reason: 'agreed' }).expect(200)).body).toEqual({ withdrawn: true });
    expect((await post(withdraw, { reason: 'again' }).expect(200)).body).toEqual({ withdrawn: false });
    expect((await get(`/api/v1/referrals?debt=${debtId}`)).body).toMatchObject([{ withdrawnReason: 'agreed' }]);
  });

  test('of what is not there are refused with 404, and what can not be read with 400', async () => {
    await post('/api/v1/referrals', referral({ debtId: NOBODY })).expect(404);
    await post('/api/v1/referrals', referral({ connectorId: 'nobody' })).expect(404);
    await post('/api/v1/referrals', referral({ act: 'lien' })).expect(404);
    await post(`/api/v1/referrals/${NOBODY}/withdraw`, { reason: 'x' }).expect(404);
    await post('/api/v1/referrals', referral({ act: 'dance' })).expect(400);
    await post('/api/v1/referrals', referral({ capMinor: 0 })).expect(400);
    await post('/api/v1/referrals', referral({ expiresOn: '2026-02-30' })).expect(400);
  });
});

describe('what is not there', () => {
  test.each(['/api/v1/debts/', '/api/v1/exchanges/'])('%s of an unknown id is 404', async (path) => {
    const { body } = await get(`${path}${NOBODY}`).expect(404);
    expect(body).toMatchObject({ statusCode: 404, code: expect.stringMatching(/-unknown$/), message: expect.any(String) });
  });

  test('is 404 for the ledger of an unknown debt, too', async () => {
    await get(`/api/v1/debts/${NOBODY}/ledger`).expect(404);
  });

  test.each(['/api/v1/debts/1', '/api/v1/debts/1/ledger', '/api/v1/payments?debt=1', '/api/v1/stops', '/api/v1/positions'])(
    '%s is no request that can be understood',
    async (path) => {
      await get(path).expect(400);
    },
  );

  test('and nothing answers a request with an error of its own', async () => {
    for (const path of ['/api/v1/exchanges?date=2026-02-31', '/api/v1/debts?after=1e400', '/api/v1/debts?after=99999999999999999999']) {
      const { status } = await get(path);
      expect([path, status]).toEqual([path, 400]);
    }
  });
});

describe('what partners hold', () => {
  test('is listed for a debt by id and by number, and exchanges by connector and date', async () => {
    const { body: debt } = await get(`/api/v1/debts/${debtId}`);
    for (const subject of [debtId, String(debt.number)]) {
      expect((await get(`/api/v1/positions?subject=${subject}`).expect(200)).body).toEqual({ positions: [], blocks: [] });
    }
    const id = randomUUID();
    await application.database.asOwner(
      `insert into exchange.exchange (id, connector_id, direction, kind, business_date, settings_version, mode, state, correlation_id, started_at)
       values ($1, $2, 'out', 'tradelines', '2026-03-16', 1, 'on', 'empty', 'c', now())`,
      [id, BUREAU],
    );
    expect((await get(`/api/v1/exchanges?connector=${BUREAU}&date=2026-03-16`).expect(200)).body).toMatchObject([{ id, connector: BUREAU }]);
    expect((await get('/api/v1/exchanges?connector=nobody').expect(200)).body).toEqual([]);
    expect((await get(`/api/v1/exchanges/${id}`).expect(200)).body).toMatchObject({ id, state: 'empty', recordList: [] });
  });

  test('is kept for the jurisdictions of the configuration', async () => {
    const { body } = await get('/api/v1/jurisdictions').expect(200);
    expect(body).toContainEqual(expect.objectContaining({ id: OFFICE, currency: 'USD', timeZone: 'America/Los_Angeles' }));
  });
});

describe('who asks', () => {
  test('is whoever the header names, and the API itself where it names nobody or nonsense', async () => {
    const actors: string[] = [];
    for (const actor of ['clerk@city.example', '', 'line\tbreak<script>']) {
      const key = randomUUID();
      await agent().post('/api/v1/payments').set('x-concord-actor', actor).send(payment({ idempotencyKey: key })).expect(201);
      const { body } = await get(`/api/v1/payments?debt=${debtId}`);
      actors.push(body.at(-1).actor);
    }
    expect(actors).toEqual(['clerk@city.example', 'api', 'api']);
  });

  test('ties the change and its event to the correlation id of the request', async () => {
    const id = randomUUID();
    await agent().post('/api/v1/stops').set('x-correlation-id', id).send(stop()).expect(201);
    const found = await application.database.asOwner(
      `select 1 from cases.change h join cases.outbox o on o.case_id = h.case_id and o.event->>'correlationid' = h.correlation_id
       where h.correlation_id = $1`,
      [id],
    );
    expect(found).toHaveLength(1);
  });
});

describe('the description of the API', () => {
  test('lists every route, with the schemas of what they take', async () => {
    const { body } = await get('/api/openapi.json').expect(200);
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
      expect.arrayContaining(['DebtRequest', 'PaymentRequest', 'StopRequest', 'ReferralRequest', 'WithdrawalRequest']),
    );
    const takes = (path: string): string =>
      body.paths[path].post.requestBody.content['application/json'].schema.$ref as string;
    expect(takes('/api/v1/stops')).toBe('#/components/schemas/StopRequest');
    await get('/api/docs').expect(200);
  });

  test('lists what can be asked for in a query', async () => {
    const { body } = await get('/api/openapi.json');
    const names = (path: string): string[] => body.paths[path].get.parameters.map(({ name }: { name: string }) => name).sort();
    expect(names('/api/v1/debts')).toEqual(['after', 'jurisdiction', 'limit', 'sourceReference', 'type']);
    expect(names('/api/v1/stops')).toEqual(['debt']);
    expect(names('/api/v1/exchanges')).toEqual(['connector', 'date']);
    expect(names('/api/v1/positions')).toEqual(['subject']);
  });
});
