import { describe, expect, test } from '@jest/globals';
import { API_BUREAU, API_OFFICE, ApiSuite, NOBODY } from '../support/api-suite.js';

const api = new ApiSuite();

describe('debts', () => {
  test('are registered once, and shown with their parties but without their identifiers', async () => {
    const body = api.debt();
    const first = await api.post('/api/v1/debts', body).expect(201);
    expect(first.body).toEqual({ debtId: expect.any(String), registered: true });
    const again = await api.post('/api/v1/debts', body).expect(201);
    expect(again.body).toEqual({ debtId: first.body.debtId, registered: false });
    const shown = await api.get(`/api/v1/debts/${first.body.debtId}`).expect(200);
    expect(shown.body).toMatchObject({
      id: first.body.debtId,
      jurisdictionId: API_OFFICE,
      balanceMinor: 52_500,
      caseVersion: 1,
      itemisedOn: '2025-06-15',
      parties: [{ number: expect.any(Number), role: 'debtor', surname: 'Sample', identifiers: ['ssn'] }],
    });
    expect(JSON.stringify(shown.body)).not.toContain((body['debtor'] as { ssn: string }).ssn);
  });

  test('are listed by number, a page at a time, and found by what the source calls them', async () => {
    const source = api.debt();
    const { body } = await api.post('/api/v1/debts', source).expect(201);
    const found = await api.get(`/api/v1/debts?sourceReference=${String(source['sourceReference'])}`).expect(200);
    expect(found.body).toMatchObject([{ id: body.debtId }]);
    const page = await api.get(`/api/v1/debts?jurisdiction=${API_OFFICE}&limit=1`).expect(200);
    expect(page.body).toHaveLength(1);
    const next = await api
      .get(`/api/v1/debts?jurisdiction=${API_OFFICE}&limit=1000&after=${page.body[0].number}`)
      .expect(200);
    const numbers = (next.body as { number: number }[]).map(({ number }) => number);
    expect(numbers).not.toContain(page.body[0].number);
    expect((await api.get('/api/v1/debts?jurisdiction=ca-nl').expect(200)).body).toEqual([]);
    await api.get('/api/v1/debts?limit=0').expect(400);
    await api.get('/api/v1/debts?limit=x').expect(400);
  });

  test('in conflict with what is on file are refused with 409', async () => {
    const body = api.debt();
    await api.post('/api/v1/debts', body).expect(201);
    const other = await api.post('/api/v1/debts', { ...body, type: 'permit' }).expect(409);
    expect(other.body).toMatchObject({ statusCode: 409, code: 'known-with-other-content' });
    const debtor = { ...(body['debtor'] as object), ssn: '901555555' };
    const stranger = await api.post('/api/v1/debts', api.debt({ debtor })).expect(409);
    expect(stranger.body).toMatchObject({ code: 'identifier-contradicts' });
  });

  test('that can not be read are refused with every reason', async () => {
    const wrong = await api.post('/api/v1/debts', api.debt({ entries: [], debtor: { surname: 'X' } })).expect(422);
    expect(wrong.body).toMatchObject({ code: 'debt-invalid' });
    expect(wrong.body.message).toMatch(/entries/);
    expect(wrong.body.message).toMatch(/debtor\.kind/);
    expect((await api.post('/api/v1/debts', api.debt({ jurisdictionId: 'nowhere' })).expect(404)).body.code).toBe(
      'jurisdiction-unknown',
    );
    expect((await api.post('/api/v1/debts', api.debt({ currency: 'CAD' })).expect(422)).body.code).toBe(
      'currency-differs',
    );
    await api.post('/api/v1/debts', api.debt({ entries: 'none' })).expect(400);
    await api.post('/api/v1/debts', api.debt({ itemisedOn: '15/06/2025' })).expect(400);
    await api.post('/api/v1/debts', api.debt({ proofs: 'none' })).expect(400);
    await api.post('/api/v1/debts', api.debt({ proofs: [{ kind: 'letter', on: '2025-07-01' }] })).expect(422);
    await api.post('/api/v1/debts', api.debt({ stops: [] })).expect(400);
    await api.post('/api/v1/debts', api.debt({ jurisdictionId: undefined })).expect(400);
  });
});

describe('payments', () => {
  test('are posted once, with who posted them', async () => {
    const body = api.payment({ reference: 'R-1', paidOn: '2026-03-10' });
    const first = await api.post('/api/v1/payments', body).expect(201);
    expect(first.body).toMatchObject({ posted: true, balanceMinor: 51_500 });
    expect((await api.post('/api/v1/payments', body).expect(201)).body).toMatchObject({
      posted: false,
      balanceMinor: 51_500,
    });
    expect((await api.post('/api/v1/payments', { ...body, amountMinor: 2_000 }).expect(409)).body.code).toBe(
      'key-reused',
    );
    expect((await api.get(`/api/v1/payments?debt=${api.debtId}`).expect(200)).body).toMatchObject([
      { kind: 'payment', amountMinor: 1_000, reference: 'R-1', effectiveOn: '2026-03-10', actor: 'officer.jane' },
    ]);
    const ledger = await api.get(`/api/v1/debts/${api.debtId}/ledger`).expect(200);
    expect((ledger.body as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual([
      'assessment',
      'fee',
      'payment',
    ]);
  });

  test('in settlement bring the balance to nothing', async () => {
    const settled = await api.post('/api/v1/payments', api.payment({ settles: true })).expect(201);
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
    ['a moment instead of a date', { paidOn: '2026-03-10T10:00:00Z' }],
    ['a week instead of a date', { paidOn: '2026-W10-1' }],
    ['a key that is empty', { idempotencyKey: '' }],
    ['a debt that is no id', { debtId: '1' }],
    ['a property that is not known', { approved: true }],
  ])('with %s are refused with 400', async (_, changes) => {
    const { body } = await api.post('/api/v1/payments', api.payment(changes)).expect(400);
    expect(body).toMatchObject({ statusCode: 400, message: expect.anything() });
    expect((await api.get(`/api/v1/payments?debt=${api.debtId}`)).body).toEqual([]);
  });

  test('in another currency are refused with 422, and for no debt with 404', async () => {
    expect((await api.post('/api/v1/payments', api.payment({ currency: 'CAD' })).expect(422)).body.code).toBe(
      'currency-differs',
    );
    expect((await api.post('/api/v1/payments', api.payment({ debtId: NOBODY })).expect(404)).body.code).toBe(
      'debt-unknown',
    );
  });
});

describe('stops', () => {
  test('are placed, shown and lifted, with who did it', async () => {
    const body = api.stop({ startsOn: '2026-01-02', endsOn: '2027-01-01', details: { letter: 'L-1' } });
    const placed = await api.post('/api/v1/stops', body).expect(201);
    expect(placed.body).toMatchObject({ placed: true });
    expect((await api.post('/api/v1/stops', body).expect(201)).body).toMatchObject({ placed: false });
    expect((await api.post('/api/v1/stops', { ...body, kind: 'deceased' }).expect(409)).body.code).toBe('key-reused');
    expect((await api.get(`/api/v1/stops?debt=${api.debtId}`).expect(200)).body).toMatchObject([
      {
        kind: 'dispute',
        startsOn: '2026-01-02',
        endsOn: '2027-01-01',
        liftedOn: null,
        details: { letter: 'L-1' },
        actor: 'officer.jane',
      },
    ]);
    const lift = `/api/v1/stops/${placed.body.stopId}/lift`;
    expect((await api.post(lift, {}).expect(200)).body).toEqual({ lifted: true });
    expect((await api.post(lift, {}).expect(200)).body).toEqual({ lifted: false });
    const changes = await api.database.asOwner(
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
    await api.post('/api/v1/stops', api.stop(changes)).expect(400);
  });

  test('that end before they begin are refused with 422, and those of nobody with 404', async () => {
    const { body } = await api
      .post('/api/v1/stops', api.stop({ startsOn: '2026-03-02', endsOn: '2026-03-01' }))
      .expect(422);
    expect(body.code).toBe('stop-dates');
    for (const kind of ['case', 'debt', 'party']) {
      await api.post('/api/v1/stops', api.stop({ subject: { kind, id: NOBODY } })).expect(404);
    }
    await api.post(`/api/v1/stops/${NOBODY}/lift`, {}).expect(404);
    await api.post('/api/v1/stops/1/lift', {}).expect(400);
  });
});

describe('referrals', () => {
  test('are made, shown and withdrawn, with who did it', async () => {
    const made = await api.post('/api/v1/referrals', api.referral({ expiresOn: '2030-01-01' })).expect(201);
    expect((await api.post('/api/v1/referrals', api.referral()).expect(409)).body.code).toBe('already-referred');
    expect((await api.get(`/api/v1/referrals?debt=${api.debtId}`).expect(200)).body).toMatchObject([
      {
        id: made.body.referralId,
        connectorId: API_BUREAU,
        expiresOn: '2030-01-01',
        madeBy: 'officer',
        actor: 'officer.jane',
      },
    ]);
    const withdraw = `/api/v1/referrals/${made.body.referralId}/withdraw`;
    await api.post(withdraw, {}).expect(400);
    expect((await api.post(withdraw, { reason: 'agreed' }).expect(200)).body).toEqual({ withdrawn: true });
    expect((await api.post(withdraw, { reason: 'again' }).expect(200)).body).toEqual({ withdrawn: false });
    expect((await api.get(`/api/v1/referrals?debt=${api.debtId}`)).body).toMatchObject([{ withdrawnReason: 'agreed' }]);
  });

  test('with a cap are refused with 422 where a part can not be told: what is reported is the whole balance', async () => {
    const { body } = await api.post('/api/v1/referrals', api.referral({ capMinor: 40_000 })).expect(422);
    expect(body.code).toBe('cap-without-meaning');
  });

  test('of what is not there are refused with 404, and what can not be read with 400', async () => {
    await api.post('/api/v1/referrals', api.referral({ debtId: NOBODY })).expect(404);
    await api.post('/api/v1/referrals', api.referral({ connectorId: 'nobody' })).expect(404);
    await api.post('/api/v1/referrals', api.referral({ act: 'lien' })).expect(404);
    await api.post(`/api/v1/referrals/${NOBODY}/withdraw`, { reason: 'x' }).expect(404);
    await api.post('/api/v1/referrals', api.referral({ act: 'dance' })).expect(400);
    await api.post('/api/v1/referrals', api.referral({ capMinor: 0 })).expect(400);
    await api.post('/api/v1/referrals', api.referral({ expiresOn: '2026-02-30' })).expect(400);
  });
});
