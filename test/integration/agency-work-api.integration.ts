import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { API_BUREAU, API_OFFICE, ApiSuite, NOBODY, OFFICER } from '../support/api-suite.js';

const suite = new ApiSuite();
const ELSEWHERE = 'us-il-chicago';

beforeEach(() => suite.database.asOwner('delete from cases.suspense; delete from cases.proposal'));

describe('GET /api/v1/suspense', () => {
  test('lists what is open, with its source, and what was settled when asked for it', async () => {
    const id = await suspended();
    await suspended({ jurisdiction: ELSEWHERE });
    const { body } = await suite.get(`/api/v1/suspense?jurisdiction=${API_OFFICE}`).expect(200);
    expect(body).toEqual([
      expect.objectContaining({
        id,
        connectorId: API_BUREAU,
        kind: 'payment',
        reference: '000000123',
        debtId: null,
        amountMinor: 700,
        commissionMinor: 100,
        currency: 'USD',
        code: 'reference-unknown',
        state: 'open',
        exchangeId: expect.any(String),
        sequence: 3,
        happenedOn: '2026-03-13',
        bookedOn: '2026-03-16',
      }),
    ]);
    expect((await suite.get('/api/v1/suspense').expect(200)).body).toHaveLength(2);
    expect((await suite.get('/api/v1/suspense?state=posted').expect(200)).body).toEqual([]);
    await suite.get('/api/v1/suspense?state=gone').expect(400);
  });
});

describe('POST /api/v1/suspense/:id/post', () => {
  test('posts it once, to the debt that it was meant for', async () => {
    const id = await suspended();
    const { body } = await suite.post(`/api/v1/suspense/${id}/post`, { debtId: suite.debtId }).expect(200);
    expect(body).toEqual({ entryId: expect.any(String), balanceMinor: 51_800 });
    const [entry] = await suite.database.asOwner(
      `select kind, amount_minor::integer as amount, source, actor, booked_on::text, effective_on::text from cases.ledger_entry
       where id = $1`,
      [body.entryId],
    );
    expect(entry).toEqual({
      kind: 'payment',
      amount: 700,
      source: `suspense:${API_BUREAU}`,
      actor: OFFICER,
      booked_on: '2026-03-16',
      effective_on: '2026-03-13',
    });
    const again = await suite.post(`/api/v1/suspense/${id}/post`, { debtId: suite.debtId });
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect(again.body).toMatchObject({ code: 'suspense-settled' });
    const { body: posted } = await suite.get('/api/v1/suspense?state=posted').expect(200);
    expect(posted).toMatchObject([{ id, state: 'posted' }]);
  });

  test.each([
    ['a reversal without its payment', { kind: 'reversal' }, 'payment-unknown'],
    ['a payment of nothing', { amount: 0 }, 'amount-zero'],
    ['another currency', { currency: 'CAD' }, 'currency-differs'],
    ['a debt of another office', { jurisdiction: ELSEWHERE }, 'debt-unknown'],
  ])('refuses %s, and posts nothing', async (_, changes, code) => {
    const id = await suspended(changes);
    const { body, status } = await suite.post(`/api/v1/suspense/${id}/post`, { debtId: suite.debtId });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).toMatchObject({ code });
    const [found] = await suite.database.asOwner('select state from cases.suspense where id = $1', [id]);
    expect(found).toEqual({ state: 'open' });
  });

  test('refuses what does not exist or is not asked for properly', async () => {
    const unknown = await suite.post(`/api/v1/suspense/${NOBODY}/post`, { debtId: suite.debtId });
    expect(unknown.body).toMatchObject({ code: 'suspense-unknown' });
    await suite.post(`/api/v1/suspense/x/post`, { debtId: suite.debtId }).expect(400);
    await suite.post(`/api/v1/suspense/${await suspended()}/post`, {}).expect(400);
  });
});

describe('POST /api/v1/suspense/:id/dismiss', () => {
  test('takes it out with the reason, and posts nothing', async () => {
    const id = await suspended({ kind: 'reversal' });
    await suite.post(`/api/v1/suspense/${id}/dismiss`, {}).expect(400);
    await suite.post(`/api/v1/suspense/${id}/dismiss`, { reason: 'sent back' }).expect(200);
    const { body } = await suite.get('/api/v1/suspense?state=cancelled').expect(200);
    expect(body).toMatchObject([{ id, reason: 'nobody knows it; dismissed: sent back' }]);
    expect((await suite.post(`/api/v1/suspense/${id}/dismiss`, { reason: 'again' })).body).toMatchObject({
      code: 'suspense-settled',
    });
  });
});

describe('proposals', () => {
  test('are listed by office, kind and state, and closed once with what was done', async () => {
    const contact = await proposed('contact-found');
    const difference = await proposed('balance-differs');
    const all = await suite.get(`/api/v1/proposals?jurisdiction=${API_OFFICE}`).expect(200);
    const listed = all.body as { id: string }[];
    expect(listed.map(({ id }) => id).sort()).toEqual([contact, difference].sort());
    const { body } = await suite.get('/api/v1/proposals?kind=contact-found').expect(200);
    expect(body).toMatchObject([
      { id: contact, kind: 'contact-found', details: { city: 'Exampleton' }, raisedOn: '2026-03-16', closedBy: null },
    ]);
    expect((await suite.get(`/api/v1/proposals?jurisdiction=${ELSEWHERE}`).expect(200)).body).toEqual([]);

    await suite.post(`/api/v1/proposals/${contact}/close`, {}).expect(400);
    const closed = await suite.post(`/api/v1/proposals/${contact}/close`, { reason: 'address taken over' }).expect(200);
    expect(closed.body).toEqual({ closed: true });
    const again = await suite.post(`/api/v1/proposals/${contact}/close`, { reason: 'twice' }).expect(200);
    expect(again.body).toEqual({ closed: false });
    const { body: done } = await suite.get('/api/v1/proposals?state=closed').expect(200);
    expect(done).toMatchObject([{ id: contact, closedBy: OFFICER, closedReason: 'address taken over' }]);
    const unknown = await suite.post(`/api/v1/proposals/${NOBODY}/close`, { reason: 'none' });
    expect(unknown.body).toMatchObject({ code: 'proposal-unknown' });
  });
});

/** Money of a partner that could not be posted. */
async function suspended({
  kind = 'payment',
  amount = 700,
  currency = 'USD',
  jurisdiction = API_OFFICE,
}: { kind?: string; amount?: number; currency?: string; jurisdiction?: string } = {}): Promise<string> {
  const id = randomUUID();
  await suite.database.asOwner(
    `insert into cases.suspense (id, jurisdiction_id, connector_id, natural_key, kind, exchange_id, sequence, reference,
       amount_minor, commission_minor, currency, happened_on, booked_on, code, reason)
     values ($1::uuid, $2, $3, 'key ' || $1::uuid, $4, $1::uuid, 3, '000000123', $5, 100, $6, '2026-03-13', '2026-03-16',
       'reference-unknown', 'nobody knows it')`,
    [id, jurisdiction, API_BUREAU, kind, amount, currency],
  );
  return id;
}

async function proposed(kind: string): Promise<string> {
  const id = randomUUID();
  await suite.database.asOwner(
    `insert into cases.proposal (id, jurisdiction_id, connector_id, natural_key, kind, reference, details, exchange_id,
       sequence, raised_on)
     values ($1::uuid, $2, $3, 'key ' || $1::uuid, $4, '000000123', '{"city": "Exampleton"}', $1::uuid, 1, '2026-03-16')`,
    [id, API_OFFICE, API_BUREAU, kind],
  );
  return id;
}
