import { describe, expect, test } from '@jest/globals';
import { ApiSuite, NOBODY } from '../support/api-suite.js';

const api = new ApiSuite();

/** A day that is later than today anywhere, and stays so while the test runs. */
const NEXT_YEAR = `${new Date().getUTCFullYear() + 1}-12-31`;

describe('proofs', () => {
  test('are recorded once, and shown by date with those that came with the debt, with who recorded them', async () => {
    const body = api.proof({ kind: 'conversation-held', on: '2025-06-30', reference: 'CALL-7' });
    const first = await api.post('/api/v1/proofs', body).expect(201);
    expect(first.body).toEqual({ proofId: expect.any(String), recorded: true });
    expect((await api.post('/api/v1/proofs', body).expect(201)).body).toEqual({ ...first.body, recorded: false });
    expect((await api.get(`/api/v1/proofs?debt=${api.debtId}`).expect(200)).body).toMatchObject([
      {
        id: first.body.proofId,
        kind: 'conversation-held',
        on: '2025-06-30',
        reference: 'CALL-7',
        actor: 'officer.jane',
      },
      { kind: 'notice-sent', on: '2025-07-01', reference: null },
    ]);
    const changes = await api.database.asOwner(
      `select h.kind, h.actor, o.event->'data' as data from cases.change h
       join cases.outbox o on o.case_id = h.case_id and (o.event->>'caseversion')::bigint = h.version
       where h.subject_id = $1`,
      [first.body.proofId],
    );
    expect(changes).toEqual([
      {
        kind: 'concord.proof.recorded.v1',
        actor: 'officer.jane',
        data: { proofId: first.body.proofId, debtId: api.debtId },
      },
    ]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['kind', { kind: 'notice-returned' }],
    ['day', { on: '2026-03-09' }],
    ['reference', { reference: 'L-2' }],
  ])('with a key that was used for another %s are refused with 409', async (_, changes) => {
    const body = api.proof({ reference: 'L-1' });
    await api.post('/api/v1/proofs', body).expect(201);
    expect((await api.post('/api/v1/proofs', { ...body, ...changes }).expect(409)).body.code).toBe('key-reused');
    expect((await api.get(`/api/v1/proofs?debt=${api.debtId}`)).body).toHaveLength(2);
  });

  test('recorded in error are taken back once, stay on record, and count for nothing any more', async () => {
    const order = api.proof({ kind: 'certificate', subject: 'active-duty-certificate', on: '2026-03-01' });
    const { proofId } = (await api.post('/api/v1/proofs', order).expect(201)).body;
    const counting = () =>
      api.database.asOwner(`select kind from cases_v1.proof where debt_id = $1 and kind = 'certificate'`, [api.debtId]);
    expect(await counting()).toHaveLength(1);
    const takeBack = (reason: string) => api.post(`/api/v1/proofs/${proofId}/withdraw`, { reason });
    await takeBack('  ').expect(400);
    const both = await Promise.all([1, 2].map(() => takeBack('of somebody else').expect(200)));
    expect(both.filter(({ body }) => body.withdrawn === true)).toHaveLength(1);
    expect(await counting()).toEqual([]);
    const shown = (await api.get(`/api/v1/proofs?debt=${api.debtId}`).expect(200)).body as { readonly id: string }[];
    expect(shown.find(({ id }) => id === proofId)).toMatchObject({
      ...{ withdrawnBy: 'officer.jane', withdrawnReason: 'of somebody else' },
    });
    const told = await api.database.asOwner(
      `select 1 from cases.change where subject_id = $1 and kind = 'concord.proof.withdrawn.v1'`,
      [proofId],
    );
    expect(told).toHaveLength(1);
    expect((await api.post('/api/v1/proofs', order).expect(201)).body).toMatchObject({ proofId, recorded: false });
    await api.post(`/api/v1/proofs/${NOBODY}/withdraw`, { reason: 'none' }).expect(404);
  });

  test('sent many times at once with one key are recorded once', async () => {
    const body = api.proof();
    const answers = await Promise.all(Array.from({ length: 8 }, () => api.post('/api/v1/proofs', body).expect(201)));
    expect(answers.filter(({ body: answer }) => answer.recorded === true)).toHaveLength(1);
    expect(new Set(answers.map(({ body: answer }) => answer.proofId as string)).size).toBe(1);
    const versions = await api.database.asOwner(
      'select c.version from cases.case_file c join cases.debt d on d.case_id = c.id where d.id = $1',
      [api.debtId],
    );
    expect(versions).toEqual([{ version: 2 }]);
  });

  test('of a conversation may say what it was about, and say whether a rule looks for that', async () => {
    const talks = api.proof({ kind: 'conversation-held', subject: 'good-faith-negotiation' });
    const { body } = await api.post('/api/v1/proofs', talks).expect(201);
    expect(body).toEqual({ proofId: expect.any(String), recorded: true, known: true });
    expect((await api.post('/api/v1/proofs', talks).expect(201)).body).toEqual({ ...body, recorded: false });
    const proofs = (await api.get(`/api/v1/proofs?debt=${api.debtId}`)).body as { id: string; subject: string }[];
    expect(proofs.find(({ id }) => id === body.proofId)?.subject).toBe('good-faith-negotiation');
  });

  test.each<[boolean, Record<string, unknown>]>([
    [true, { noticeKind: 'pre-intercept-notice' }],
    [true, { noticeKind: 'validation-notice' }],
    [false, { noticeKind: 'pre-intercept-notise' }],
    [false, { noticeKind: 'letter-of-claim' }],
    [false, { kind: 'certificate', subject: 'active-duty' }],
  ])('are known: %s, with the words %j, and recorded in either case', async (known, changes) => {
    const { body } = await api.post('/api/v1/proofs', api.proof(changes)).expect(201);
    expect(body).toMatchObject({ recorded: true, known });
  });

  test('have words that can be looked up', async () => {
    const words = (await api.get('/api/v1/proof-words').expect(200)).body as { word: string; countries: string[] }[];
    expect(words).toContainEqual({ word: 'good-faith-negotiation', countries: ['US'] });
    expect(words).toContainEqual({ word: 'settlement-talks', countries: ['GB'] });
    expect(words.map(({ word }) => word)).toEqual([...new Set(words.map(({ word }) => word))].sort());
  });

  test('of a day that is yet to come are refused with 422, and of no debt with 404', async () => {
    expect((await api.post('/api/v1/proofs', api.proof({ on: NEXT_YEAR })).expect(422)).body.code).toBe(
      'date-in-future',
    );
    expect((await api.post('/api/v1/proofs', api.proof({ debtId: NOBODY })).expect(404)).body.code).toBe(
      'debt-unknown',
    );
    expect((await api.get(`/api/v1/proofs?debt=${api.debtId}`)).body).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>]>([
    ['no kind that exists', { kind: 'letter' }],
    ['no day', { on: undefined }],
    ['a day that does not exist', { on: '2026-02-29' }],
    ['a reference that is empty', { reference: '' }],
    ['no key', { idempotencyKey: undefined }],
    ['a property that is not known', { delivered: true }],
  ])('with %s are refused with 400', async (_, changes) => {
    await api.post('/api/v1/proofs', api.proof(changes)).expect(400);
  });
});

describe('the itemisation date', () => {
  const itemise = (on: unknown, debtId = api.debtId) => api.post(`/api/v1/debts/${debtId}/itemisation`, { on });
  const shown = async (): Promise<unknown> => (await api.get(`/api/v1/debts/${api.debtId}`)).body.itemisedOn;
  const told = () =>
    api.database.asOwner(
      `select o.event->'data' as data from cases.outbox o join cases.change h
         on h.case_id = o.case_id and h.version = (o.event->>'caseversion')::bigint
       where h.kind = 'concord.debt.itemised.v1' and h.subject_id = $1`,
      [api.debtId],
    );

  test('is set, replaced, and told once for each change', async () => {
    expect((await itemise('2025-07-01').expect(200)).body).toEqual({ itemisedOn: '2025-07-01', changed: true });
    expect((await itemise('2025-07-01').expect(200)).body).toEqual({ itemisedOn: '2025-07-01', changed: false });
    expect(await shown()).toBe('2025-07-01');
    expect(await told()).toEqual([{ data: { debtId: api.debtId } }]);
    await itemise('2025-08-01').expect(200);
    expect(await shown()).toBe('2025-08-01');
    expect(await told()).toHaveLength(2);
  });

  test('is refused before the debt was incurred and after today, and for no debt', async () => {
    expect((await itemise('2025-04-30').expect(422)).body.code).toBe('before-debt');
    expect((await itemise(NEXT_YEAR).expect(422)).body.code).toBe('date-in-future');
    expect((await itemise('2025-07-01', NOBODY).expect(404)).body.code).toBe('debt-unknown');
    await itemise('2025-05-01').expect(200);
    expect(await shown()).toBe('2025-05-01');
  });

  test.each([undefined, null, '2025-02-30', '2025-W20', 20250701])('%s is no date', async (on) => {
    await itemise(on).expect(400);
    expect(await shown()).toBe('2025-06-15');
  });
});
