import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { LedgerEntryView } from '@concord/core/cases/case-reads';
import { violations } from '@concord/core/cases/conservation';
import { API_OFFICE, ApiSuite, NOBODY, OFFICER } from '../support/api-suite.js';

const api = new ApiSuite();

/** Entries of the debt of each test: 500.00 assessed on 2025-05-01, a fee of 25.00 on 2025-06-15. */
const entry = (changes: Record<string, unknown> = {}) => ({
  amountMinor: 1_000,
  currency: 'USD',
  reason: 'as decided',
  idempotencyKey: randomUUID(),
  ...changes,
});
const post = (what: string, changes: Record<string, unknown> = {}) =>
  api.post(`/api/v1/debts/${api.debtId}/${what}`, entry(changes));
const pay = (amountMinor: number) => api.post('/api/v1/payments', api.payment({ amountMinor })).expect(201);
const entries = async () => (await api.get(`/api/v1/debts/${api.debtId}/ledger`).expect(200)).body as LedgerEntryView[];
const today = async () => (await entries()).at(-1)!.bookedOn!;
const asOf = async (day: string) => {
  const { body } = await api.get(`/api/v1/debts/${api.debtId}/ledger?asOf=${day}`).expect(200);
  return body as { readonly buckets: unknown; readonly entries: readonly LedgerEntryView[] };
};

describe('entries of officers', () => {
  test.each([
    ['adjustments', 'adjustment', -1_000],
    ['credit-notes', 'credit-note', -1_000],
    ['waivers', 'waiver', -1_000],
    ['write-offs', 'write-off', -1_000],
    ['fees', 'fee', 1_000],
  ])('posted as %s change the balance once', async (path, kind, effectMinor) => {
    const body = { idempotencyKey: 'once', reference: 'R-1' };
    const first = await post(path, body).expect(201);
    expect(first.body).toEqual({ entryId: expect.any(String), balanceMinor: 52_500 + effectMinor, posted: true });
    expect((await post(path, body).expect(201)).body).toEqual({ ...first.body, posted: false });
    expect((await entries()).at(-1)).toMatchObject({
      ...{ id: first.body.entryId, kind, effectMinor, reason: 'as decided', reference: 'R-1', actor: OFFICER },
      ...{ source: 'api', bucket: null, reversesKind: null },
    });
    const changes = await api.database.asOwner('select kind, actor from cases.change where subject_id = $1', [
      first.body.entryId,
    ]);
    expect(changes).toEqual([{ kind: 'concord.ledger.posted.v1', actor: OFFICER }]);
  });

  test.each<[string, string, string, Record<string, unknown>]>([
    ['a waiver of more than is owed', 'waivers', 'above-balance', { amountMinor: 52_501 }],
    ['a write-off of more than is owed', 'write-offs', 'above-balance', { amountMinor: 52_501 }],
    ['an adjustment of more than is owed', 'adjustments', 'above-balance', { amountMinor: 52_501 }],
    ['a waiver of more than a bucket', 'waivers', 'above-bucket', { amountMinor: 2_501, bucket: 'fee' }],
    ['a credit note of more than a bucket', 'credit-notes', 'above-bucket', { bucket: 'interest' }],
    ['a refund of nothing', 'refunds', 'no-credit', {}],
    ['another currency', 'waivers', 'currency-differs', { currency: 'CAD' }],
    ['a day to come', 'waivers', 'date-in-future', { effectiveOn: '2999-01-01' }],
    ['the reason of settlements', 'adjustments', 'reason-reserved', { reason: 'settlement' }],
  ])('are refused with 422: %s', async (_, path, code, changes) => {
    expect((await post(path, changes).expect(422)).body.code).toBe(code);
    expect((await api.get(`/api/v1/debts/${api.debtId}`)).body.balanceMinor).toBe(52_500);
  });

  test('are refused: bad requests, other debts and keys that were used', async () => {
    await post('fees', { bucket: 'principal' }).expect(400);
    await post('waivers', { amountMinor: 0 }).expect(400);
    await post('refunds', { bucket: 'fee' }).expect(400);
    await post('waivers', { reason: undefined }).expect(400);
    await api.post(`/api/v1/debts/${NOBODY}/waivers`, entry()).expect(404);
    await post('waivers', { idempotencyKey: 'used' }).expect(201);
    expect((await post('credit-notes', { idempotencyKey: 'used' }).expect(409)).body.code).toBe('key-reused');
  });
});

describe('the ledger as of a day', () => {
  test('has the balance by bucket, and where each credit went', async () => {
    await post('fees', { amountMinor: 400, bucket: 'cost' }).expect(201);
    const { body: paid } = await pay(3_000);
    const day = await today();
    const ledger = await asOf(day);
    expect(ledger).toMatchObject({
      ...{ asOf: day, currency: 'USD', balanceMinor: 49_900, creditMinor: 0 },
      buckets: { cost: 0, fee: 0, interest: 0, principal: 49_900 },
    });
    expect(ledger.entries.at(-1)).toMatchObject({
      id: paid.entryId,
      allocation: { cost: 400, fee: 2_500, interest: 0, principal: 100 },
    });
    expect(await asOf('2025-05-31')).toMatchObject({ balanceMinor: 50_000, entries: [{ kind: 'assessment' }] });
    await api.get(`/api/v1/debts/${api.debtId}/ledger?asOf=2025-02-30`).expect(400);
  });
});

describe('an overpayment', () => {
  test('is listed as a refund owed until it was given back', async () => {
    await pay(53_000);
    const owed = async () =>
      (await api.get(`/api/v1/refunds-owed?jurisdiction=${API_OFFICE}&limit=1000`).expect(200)).body as {
        debtId: string;
      }[];
    expect((await owed()).find(({ debtId }) => debtId === api.debtId)).toMatchObject({
      owedMinor: 500,
      currency: 'USD',
    });
    expect((await post('refunds', { amountMinor: 501 }).expect(422)).body.code).toBe('above-credit');
    expect((await post('refunds', { amountMinor: 500 }).expect(201)).body.balanceMinor).toBe(0);
    expect((await owed()).some(({ debtId }) => debtId === api.debtId)).toBe(false);
    expect((await post('refunds').expect(422)).body.code).toBe('no-credit');
    await api.get('/api/v1/refunds-owed').expect(400);
  });
});

describe('a reversal', () => {
  const reverse = (entryId: string, changes: Record<string, unknown> = {}) =>
    api.post(`/api/v1/debts/${api.debtId}/reversals`, {
      ...{ entryId, reason: 'by mistake', idempotencyKey: randomUUID() },
      ...changes,
    });

  test.each(['adjustments', 'credit-notes', 'waivers', 'write-offs', 'fees'])(
    'undoes one of %s, once',
    async (path) => {
      const { body: posted } = await post(path).expect(201);
      const before = (await asOf('2025-12-31')).buckets;
      const undone = await reverse(posted.entryId, { idempotencyKey: 'undo' }).expect(201);
      expect(undone.body).toMatchObject({ balanceMinor: 52_500, posted: true });
      expect((await asOf(await today())).buckets).toEqual(before);
      expect((await reverse(posted.entryId, { idempotencyKey: 'undo' }).expect(201)).body.posted).toBe(false);
      expect((await reverse(posted.entryId).expect(422)).body.code).toBe('already-reversed');
      expect((await reverse(undone.body.entryId).expect(422)).body.code).toBe('not-reversible');
      expect((await api.get(`/api/v1/payments?debt=${api.debtId}`)).body).toEqual([]);
      const [sums] = await api.database.asOwner(
        'select fees_minor, paid_minor, adjusted_minor, written_off_minor from cases_v1.ledger_sum where debt_id = $1',
        [api.debtId],
      );
      expect(sums).toEqual({ fees_minor: 2_500, paid_minor: 0, adjusted_minor: 0, written_off_minor: 0 });
    },
  );

  test('of a payment takes a settlement no further than the payment: what was adjusted off is reversed by itself', async () => {
    const { body: paid } = await api
      .post('/api/v1/payments', api.payment({ amountMinor: 30_000, settles: true }))
      .expect(201);
    expect((await reverse(paid.entryId).expect(201)).body.balanceMinor).toBe(30_000);
    const { body: ledger } = await api.get(`/api/v1/debts/${api.debtId}/ledger`);
    const { id } = (ledger as { id: string; kind: string }[]).find(({ kind }) => kind === 'adjustment')!;
    expect((await reverse(id).expect(201)).body.balanceMinor).toBe(52_500);
    const [sums] = await api.database.asOwner('select settled from cases_v1.ledger_sum where debt_id = $1', [
      api.debtId,
    ]);
    expect(sums).toEqual({ settled: false });
  });

  test('is refused of an assessment, and of what is no entry of the debt', async () => {
    const { body: ledger } = await api.get(`/api/v1/debts/${api.debtId}/ledger`);
    expect((await reverse(ledger[0].id).expect(422)).body.code).toBe('not-reversible');
    expect((await reverse(NOBODY).expect(404)).body.code).toBe('entry-unknown');
  });
});

describe('interest', () => {
  test('is none where the configuration says nothing, and is not accrued for days to come', async () => {
    const { body } = await api.post(`/api/v1/jurisdictions/${API_OFFICE}/interest`, {}).expect(200);
    expect(body).toMatchObject({ debts: 0, entries: 0, postedMinor: 0, takenBackMinor: 0 });
    await api.post(`/api/v1/jurisdictions/${API_OFFICE}/interest`, { through: '2999-01-01' }).expect(422);
    await api.post('/api/v1/jurisdictions/nowhere/interest', {}).expect(404);
  });

  test('is frozen by an officer, and freezes end once', async () => {
    const path = `/api/v1/debts/${api.debtId}/interest-freezes`;
    const body = { startsOn: '2026-01-01', reason: 'hardship', idempotencyKey: 'freeze' };
    const { body: first } = await api.post(path, body).expect(201);
    expect((await api.post(path, body).expect(201)).body).toEqual({ ...first, frozen: false });
    expect((await api.post(path, { ...body, startsOn: '2026-01-02' }).expect(409)).body.code).toBe('key-reused');
    const ends = { ...body, endsOn: '2025-12-31', idempotencyKey: 'other' };
    expect((await api.post(path, ends).expect(422)).body.code).toBe('freeze-dates');
    const end = `/api/v1/interest-freezes/${first.freezeId}/end`;
    expect((await api.post(end, { on: '2026-02-01' }).expect(200)).body).toEqual({ ended: true });
    expect((await api.post(end, { on: '2026-03-01' }).expect(200)).body).toEqual({ ended: false });
    expect((await api.get(path).expect(200)).body).toMatchObject([
      { startsOn: '2026-01-01', endsOn: '2026-01-31', actor: OFFICER, endedBy: OFFICER },
    ]);
    await api.post(`/api/v1/interest-freezes/${NOBODY}/end`, {}).expect(404);
  });
});

test('all of it conserves money', async () => {
  expect(await violations(api.database.gateway, API_OFFICE)).toEqual([]);
});
