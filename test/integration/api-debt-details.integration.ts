import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { API_OFFICE, ApiSuite, NOBODY } from '../support/api-suite.js';
import { person } from '../support/intake-builder.js';

const api = new ApiSuite();

type Changes = Record<string, unknown>;
const record = (changes: Changes = {}) => ({ source: 'letter', idempotencyKey: randomUUID(), ...changes });
const dates = (changes: Changes) => record({ reason: 'as the bill says', ...changes });
const judgment = (changes: Changes = {}) =>
  record({
    ...{ court: 'Superior Court', caseNumber: 'SC-1', enteredOn: '2026-01-15', currency: 'USD' },
    ...{ principalMinor: 52_500, costsMinor: 7_500, yearlyPercent: '10', ...changes },
  });
const of = (path: string) => `/api/v1/debts/${api.debtId}/${path}`;

describe('details of a debt', () => {
  test('are its type, its dates, what is missing, and nothing that happened yet', async () => {
    const { body } = await api.get(of('details')).expect(200);
    expect(body).toMatchObject({
      ...{ debtId: api.debtId, jurisdictionId: API_OFFICE, type: { code: 'utility', family: 'charge' } },
      ...{ incurredOn: '2025-05-01', dueOn: null, lastPaymentOn: null, dateChanges: [], judgments: [] },
      missing: [{ fact: 'dueOn', rules: ['US-SOL-01'] }],
    });
    await api.get(`/api/v1/debts/${NOBODY}/details`).expect(404);
  });

  test('list the types of an office', async () => {
    const { body } = await api.get(`/api/v1/debt-types?jurisdiction=${API_OFFICE}`).expect(200);
    expect(body).toContainEqual({ code: 'small-claim', title: expect.any(String), family: 'claim' });
    expect((await api.get('/api/v1/debt-types?jurisdiction=us-tx-none').expect(404)).body.code).toBe(
      'jurisdiction-unknown',
    );
  });

  test('change by dates that are stated, and by no others', async () => {
    const { body } = await api.post(of('dates'), dates({ dueOn: '2025-06-01' })).expect(200);
    expect(body).toEqual({
      changed: true,
      dates: { incurred: '2025-05-01', due: '2025-06-01', delinquent: '2025-06-15', itemised: '2025-06-15' },
    });
    expect((await api.post(of('dates'), dates({ dueOn: null })).expect(200)).body.dates.due).toBeNull();
    const { body: details } = await api.get(of('details')).expect(200);
    expect(details.dateChanges).toMatchObject([
      { date: 'due', before: null, after: '2025-06-01' },
      { date: 'due', before: '2025-06-01', after: null },
    ]);
    expect((await api.get(`/api/v1/debts/${api.debtId}`)).body).toMatchObject({ dueOn: null });
  });

  test('change once by a key, and another order under it is refused, not passed over', async () => {
    const order = dates({ dueOn: '2025-06-01' });
    await api.post(of('dates'), order).expect(200);
    expect((await api.post(of('dates'), order).expect(200)).body.changed).toBe(false);
    const more = { ...order, delinquentOn: '2025-06-20' };
    expect((await api.post(of('dates'), more).expect(409)).body.code).toBe('key-reused');
  });

  test.each<[string, Changes]>([
    ['dates-out-of-order', { dueOn: '2025-04-30' }],
    ['date-in-future', { delinquentOn: '2999-01-01' }],
  ])('refuse dates with %s', async (code, changes) => {
    expect((await api.post(of('dates'), dates(changes)).expect(422)).body.code).toBe(code);
  });

  test.each<[string, Changes]>([
    ['no reason', { reason: undefined, dueOn: '2025-06-01' }],
    ['a moment for a date', { dueOn: '2025-06-01T00:00:00Z' }],
    ['a field that is none', { judgedOn: '2025-06-01' }],
  ])('refuse a body with %s', async (_, changes) => {
    await api.post(of('dates'), dates(changes)).expect(400);
  });
});

describe('a judgment', () => {
  test('is entered, renewed, satisfied and vacated', async () => {
    const { body: entered } = await api.post(of('judgment'), judgment()).expect(201);
    expect(entered).toEqual({ judgmentId: expect.any(String), entered: true });
    expect((await api.post(of('judgment'), judgment()).expect(409)).body.code).toBe('judgment-stands');
    const turn = (path: string, changes: Changes = {}) =>
      api.post(of(`judgment/${path}`), record({ reason: 'as the court says', ...changes })).expect(200);
    const renewed = (await turn('renewed', { on: '2026-02-01', enforceableUntil: '2046-01-31' })).body;
    expect(renewed).toEqual({ judgmentId: entered.judgmentId, state: 'in-force', recorded: true });
    expect((await turn('satisfied', { proof: 'SAT-1' })).body.state).toBe('satisfied');
    expect((await turn('vacated')).body.state).toBe('vacated');
    const { body: details } = await api.get(of('details')).expect(200);
    expect(details.judgments[0]).toMatchObject({ state: 'vacated', enforceableUntil: '2046-01-31', costsMinor: 7_500 });
    expect(details.judgments[0].history).toMatchObject(
      ['entered', 'renewed', 'satisfied', 'vacated'].map((kind) => ({ kind })),
    );
  });

  test('binds a merged party by the id that is shown as by its own, and says the one that is shown', async () => {
    const { body: debt } = await api.post('/api/v1/debts', api.debt({ coDebtors: [person()] })).expect(201);
    const partiesOf = async () =>
      (await api.get(`/api/v1/debts/${debt.debtId}`)).body.parties as { id: string; role: string }[];
    const filed = (await partiesOf()).find(({ role }) => role === 'co-debtor')!.id;
    const { body: elsewhere } = await api.post('/api/v1/debts', api.debt()).expect(201);
    const survivor = (await api.get(`/api/v1/debts/${elsewhere.debtId}`)).body.parties[0].id as string;
    const merge = { into: survivor, reason: 'one', despiteDifferences: 'misread' };
    expect((await api.post(`/api/v1/parties/${filed}/merge`, merge)).status).toBeLessThan(300);
    expect((await partiesOf()).map(({ id }) => id)).toContain(survivor);

    const order = judgment({ against: [survivor] });
    const path = `/api/v1/debts/${debt.debtId}`;
    const { body: entered } = await api.post(`${path}/judgment`, order).expect(201);
    const byOwnId = await api.post(`${path}/judgment`, { ...order, against: [filed] });
    expect(byOwnId.body).toEqual({ ...entered, entered: false });
    expect((await api.get(`${path}/details`)).body.judgments[0].against).toEqual([survivor]);
    const told = await api.database.asOwner('select party_ids from cases_v1.judgment where id = $1', [
      entered.judgmentId,
    ]);
    expect(told).toEqual([{ party_ids: [survivor] }]);
  });

  test.each<[string, number, Changes]>([
    ['judgment-empty', 422, { principalMinor: 0, costsMinor: 0 }],
    ['party-not-liable', 422, { against: [NOBODY] }],
    ['currency-differs', 422, { currency: 'CAD' }],
  ])('is refused: %s', async (code, status, changes) => {
    expect((await api.post(of('judgment'), judgment(changes)).expect(status)).body.code).toBe(code);
  });

  test.each<[string, Changes]>([
    ['a rate that is no per cent', { yearlyPercent: 'ten' }],
    ['an amount below zero', { costsMinor: -1 }],
    ['nobody', { against: [] }],
  ])('is refused with %s', async (_, changes) => {
    await api.post(of('judgment'), judgment(changes)).expect(400);
  });

  test('that is not there is satisfied by nobody', async () => {
    const body = record({ reason: 'paid' });
    expect((await api.post(of('judgment/satisfied'), body).expect(404)).body.code).toBe('judgment-unknown');
  });
});
