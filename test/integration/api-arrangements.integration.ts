import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import { API_OFFICE, ApiSuite, NOBODY } from '../support/api-suite.js';

const api = new ApiSuite();

const TODAY = new Date().toISOString().slice(0, 10);
/** A day that is later than today anywhere. */
const SOON = addDays(TODAY, 20);
type Changes = Record<string, unknown>;

const terms = (changes: Changes = {}) => ({ frequency: 'monthly', firstDueOn: SOON, instalments: 5, ...changes });
const body = (changes: Changes = {}) => ({
  debtIds: [api.debtId],
  terms: terms(),
  idempotencyKey: randomUUID(),
  ...changes,
});
const agree = (changes: Changes = {}) => api.post('/api/v1/arrangements', body(changes));
const agreed = async (changes: Changes = {}): Promise<string> =>
  (await agree(changes).expect(201)).body.arrangementId as string;

describe('arrangements', () => {
  test('are calculated without keeping anything', async () => {
    const order = { jurisdictionId: API_OFFICE, terms: terms({ amountMinor: 10_000, instalments: 3 }) };
    const { body: plan } = await api.post('/api/v1/arrangements/calculate', order).expect(200);
    expect(plan).toMatchObject({ amountMinor: 10_000, leftMinor: 0 });
    expect(plan.instalments).toMatchObject([{ amountMinor: 3333 }, { amountMinor: 3333 }, { amountMinor: 3334 }]);
    expect((await api.get(`/api/v1/debts/${api.debtId}/arrangements`).expect(200)).body).toEqual([]);
  });

  test('are agreed once, shown as of a day, and ended once', async () => {
    const order = body();
    const first = (await api.post('/api/v1/arrangements', order).expect(201)).body;
    expect(first).toEqual({ arrangementId: expect.any(String), agreed: true });
    expect((await api.post('/api/v1/arrangements', order).expect(201)).body).toEqual({ ...first, agreed: false });
    expect((await api.post('/api/v1/arrangements', { ...order, terms: terms({ instalments: 6 }) })).body.code).toBe(
      'key-reused',
    );
    const path = `/api/v1/arrangements/${first.arrangementId}`;
    const { body: view } = await api.get(path).expect(200);
    expect(view).toMatchObject({ state: 'in-force', standing: 'kept', allocation: 'oldest-first', revision: 1 });
    expect(view.instalments).toHaveLength(5);
    expect(view.holdsBack).toContain('place');
    const later = (await api.get(`${path}?asOf=${addDays(SOON, 20)}`).expect(200)).body;
    expect(later).toMatchObject({ standing: 'breached', behindMinor: view.instalments[0].amountMinor });
    expect((await api.get(`/api/v1/debts/${api.debtId}/arrangements`)).body).toMatchObject([{ id: view.id }]);
    expect((await api.post(`${path}/end`, { reason: 'paid otherwise' }).expect(200)).body).toEqual({ ended: true });
    expect((await api.post(`${path}/end`, { reason: 'paid otherwise' }).expect(200)).body).toEqual({ ended: false });
    expect((await api.post(`${path}/extend`, { terms: terms(), idempotencyKey: 'k' }).expect(409)).body.code).toBe(
      'arrangement-over',
    );
    await agreed();
  });

  test('are extended with a schedule of their own, and paid', async () => {
    const path = `/api/v1/arrangements/${await agreed()}`;
    const payment = { amountMinor: 2_500, currency: 'USD', idempotencyKey: 'p-1' };
    const paid = (await api.post(`${path}/payments`, payment).expect(201)).body;
    expect(paid).toMatchObject({ posted: true, shares: [{ debtId: api.debtId, amountMinor: 2_500 }] });
    expect((await api.post(`${path}/payments`, { ...payment, amountMinor: 1 }).expect(409)).body.code).toBe(
      'key-reused',
    );
    expect((await api.post(`${path}/payments`, { ...payment, currency: 'EUR' }).expect(422)).body.code).toBe(
      'currency-differs',
    );
    const extension = { terms: terms({ frequency: 'weekly', instalments: 2 }), idempotencyKey: 'e-1' };
    expect((await api.post(`${path}/extend`, extension).expect(200)).body).toEqual({ revision: 2, extended: true });
    const { body: view } = await api.get(path);
    expect(view).toMatchObject({ revision: 2, paidMinor: 0, schedules: [{ revision: 1 }, { revision: 2 }] });
    expect(view.schedules[1].amountMinor).toBe(view.schedules[0].amountMinor - 2_500);
  });

  test.each<[string, number, Changes]>([
    ['already-arranged', 409, {}],
    ['debt-unknown', 404, { debtIds: [NOBODY] }],
  ])('that can not be: %s', async (code, status, changes) => {
    await agreed();
    expect((await agree(changes).expect(status)).body.code).toBe(code);
  });

  test.each<[string, Changes]>([
    ['amount-above-balance', { amountMinor: 900_000_000 }],
    ['first-due-past', { firstDueOn: '2026-01-05' }],
    ['terms-unclear', { instalmentMinor: 100 }],
    ['amount-too-small', { amountMinor: 1 }],
    ['too-many-instalments', { instalments: 5_000 }],
    ['beyond-calendar', { instalments: 500 }],
    ['until-before-first', { instalments: undefined, instalmentMinor: 100, until: TODAY }],
    ['first-instalment-too-large', { amountMinor: 100, firstInstalmentMinor: 101 }],
  ])('whose terms make no plan are refused: %s', async (code, changes) => {
    expect((await agree({ terms: terms(changes) }).expect(422)).body.code).toBe(code);
  });

  test('over debts of two debtors, and over a debt that is paid, are refused', async () => {
    const { body: other } = await api.post('/api/v1/debts', api.debt()).expect(201);
    expect((await agree({ debtIds: [api.debtId, other.debtId] }).expect(422)).body.code).toBe('debts-of-several-cases');
    const [{ balanceMinor }] = [(await api.get(`/api/v1/debts/${api.debtId}`)).body];
    await api.post('/api/v1/payments', api.payment({ amountMinor: balanceMinor })).expect(201);
    expect((await agree().expect(422)).body.code).toBe('nothing-owed');
  });

  test.each<[string, Changes]>([
    ['no debt', { debtIds: [] }],
    ['a debt twice', { debtIds: [NOBODY, NOBODY] }],
    ['no frequency', { terms: terms({ frequency: 'daily' }) }],
    ['no terms', { terms: undefined }],
    ['no key', { idempotencyKey: undefined }],
    ['a fraction of a cent', { terms: terms({ amountMinor: 1.5 }) }],
  ])('with %s are refused with 400', async (_, changes) => {
    await agree(changes).expect(400);
  });

  test('that are not known are 404', async () => {
    await api.get(`/api/v1/arrangements/${NOBODY}`).expect(404);
    await api.post(`/api/v1/arrangements/${NOBODY}/end`, { reason: 'x' }).expect(404);
    await api.get(`/api/v1/debts/${NOBODY}/arrangements`).expect(404);
  });
});
