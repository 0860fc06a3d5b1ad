import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import { localDate } from '@concord/core/calendar/domain/time-zone';
import { debtsByName } from '@concord/core/notices/select-debts';
import { ApiSuite, API_OFFICE, NOBODY, OFFICER } from '../support/api-suite.js';
import { asBytes } from '../support/bytes.js';
import { person } from '../support/intake-builder.js';
import { pdfText } from '../support/pdf-text.js';
import { waitingFor } from '../support/test-database.js';

const api = new ApiSuite();

type Body = Record<string, unknown>;
interface Letter extends Body {
  readonly id: string;
  readonly number: number;
  readonly debtId: string;
}

const today = localDate(new Date(), 'America/Los_Angeles');
const post = (path: string, body: Body, status: number) => api.post(`/api/v1/${path}`, body).expect(status);
const key = () => ({ idempotencyKey: randomUUID() });
const wish = (kind = 'validation-notice'): Body => ({ kind, ...key() });
const debt = async (changes: Body = {}): Promise<string> =>
  (await post('debts', api.debt(changes), 201)).body.debtId as string;
const code = async (debtId: string, kind?: string): Promise<string> =>
  (await post(`debts/${debtId}/notices`, wish(kind), 422)).body.code as string;
const partiesOf = async (debtId: string) =>
  (await api.get(`/api/v1/debts/${debtId}`).expect(200)).body.parties as { id: string; role: string; address: Body }[];
const manifest = async (batchId: string) =>
  (await api.get(`/api/v1/notice-batches/${batchId}`).expect(200)).body as Body & { notices: Letter[] };
const posting = (batchId: string, changes: Body = {}, status = 200) =>
  post(`notice-batches/${batchId}/posted`, { on: today, method: 'mail', ...changes }, status);
const stop = (debtId: string, kind = 'dispute', changes: Body = {}) =>
  post('stops', api.stop({ subject: { kind: 'debt', id: debtId }, kind, ...changes }), 201);

/** A released batch of validation notices about debts. */
async function released(debtIds: readonly string[]): Promise<string> {
  const body = { jurisdictionId: API_OFFICE, kind: 'validation-notice', debtIds, ...key() };
  const { batchId } = (await post('notice-batches', body, 201)).body as { batchId: string };
  await post(`notice-batches/${batchId}/release`, {}, 200);
  return batchId;
}

/** A letter that was posted. */
async function posted(debtId: string, method = 'mail'): Promise<Letter> {
  const batchId = await released([debtId]);
  await posting(batchId, { method });
  return (await manifest(batchId)).notices[0]!;
}

const error = (noticeId: string, status = 200) =>
  post(`notices/${noticeId}/returned/withdraw`, { reason: 'the next letter on the pile' }, status);
const back = (noticeId: string, reason = 'moved') => post(`notices/${noticeId}/returned`, { on: today, reason }, 200);

/** What is answered to something that is done, whether or not it makes anything. */
async function done(path: string, body: Body): Promise<Body> {
  const answer = await api.post(`/api/v1/${path}`, body);
  expect(answer.status).toBeLessThan(300);
  return answer.body as Body;
}

const ONE = { reason: 'one', despiteDifferences: 'misread' };
const ELSEWHERE = { line1: '9 New Street', city: 'Exampleton', region: 'TX', postalCode: '75009', country: 'US' };

describe('a party that is two', () => {
  test('gets no letter about a debt of which the duplicate was discharged', async () => {
    const id = await debt({ coDebtors: [person()] });
    const parties = await partiesOf(id);
    const [debtor, other] = [parties[0]!.id, parties.find(({ role }) => role === 'co-debtor')!.id];
    const details = { chapter: '7', filedOn: '2025-06-01' };
    const subject = { kind: 'party', id: other };
    const { stopId } = (await post('stops', api.stop({ subject, kind: 'insolvency', details }), 201)).body;
    await done(`stops/${stopId}/discharge`, { on: today });
    const { batchId } = (await post(`debts/${id}/notices`, wish(), 201)).body;
    await post(`notice-batches/${batchId}/cancel`, {}, 200);
    await done(`parties/${other}/merge`, { into: debtor, ...ONE });
    expect(await code(id)).toBe('stopped');
  });

  test('is not written to where mail to the duplicate came back, nor after the merge is undone', async () => {
    const shared = { ...person().address!, line1: '77 Shared Street' };
    const [one, two] = [
      await debt({ debtor: person({ address: shared }) }),
      await debt({ debtor: person({ address: shared }) }),
    ];
    const [duplicate, survivor] = [(await partiesOf(one))[0]!.id, (await partiesOf(two))[0]!.id];
    await back((await posted(one)).id);
    const { mergeId } = await done(`parties/${duplicate}/merge`, { into: survivor, ...ONE });
    expect(await code(two)).toBe('address-returned');
    await done(`merges/${String(mergeId)}/undo`, { reason: 'two' });
    expect(await code(one)).toBe('address-returned');
    await post(`debts/${two}/notices`, wish(), 201);
  });
});

describe('what a debtor has said about letters', () => {
  const point = async (debtId: string, changes: Body = {}): Promise<string> => {
    const [debtor] = await partiesOf(debtId);
    const body = { kind: 'post', source: 'debtor', ...key(), ...changes };
    return (await post(`parties/${debtor!.id}/contact-points`, body, 201)).body.id as string;
  };
  const consent = (id: string, state: string, purpose = 'reminders') =>
    post(`contact-points/${id}/consents`, { purpose, state, how: 'letter', ...key() }, 201);

  test('holds: a withdrawn consent, until it is given again', async () => {
    const letter = await posted(api.debtId);
    expect(letter.number).toBeGreaterThan(0);
    const id = await point(api.debtId);
    await consent(id, 'withdrawn');
    expect(await code(api.debtId, 'reminder')).toBe('contact-refused');
    await consent(id, 'given');
    await consent(id, 'withdrawn', 'notices');
    expect(await code(api.debtId, 'reminder')).toBe('contact-refused');
    await consent(id, 'given', 'notices');
    await post(`debts/${api.debtId}/notices`, wish('reminder'), 201);
  });

  test('holds at the release as well, and where letters are not to be used or have ended', async () => {
    const { batchId } = (await post(`debts/${api.debtId}/notices`, wish(), 201)).body;
    const id = await point(api.debtId, { doNotUseReason: 'asked for calls alone' });
    const { body } = await post(`notice-batches/${batchId}/release`, {}, 200);
    expect(body.takenOut).toMatchObject([{ code: 'contact-refused' }]);
    expect(JSON.stringify(body.takenOut)).not.toContain('calls');
    await post(`contact-points/${id}/change`, { doNotUseReason: null, until: today }, 200);
    expect(await code(api.debtId)).toBe('contact-refused');
    await point(api.debtId);
    await post(`debts/${api.debtId}/notices`, wish(), 201);
  });
});

describe('mail that came back', () => {
  test('marks the address with the party: whoever is told one is told another, and the next letter goes there', async () => {
    const [debtor] = await partiesOf(api.debtId);
    await back((await posted(api.debtId)).id);
    expect(await code(api.debtId)).toBe('address-returned');
    const address = { kind: 'mailing', address: ELSEWHERE, source: 'debtor', since: '2020-01-01', ...key() };
    await post(`parties/${debtor!.id}/addresses`, address, 201);
    expect((await partiesOf(api.debtId))[0]!.address).toMatchObject({ line1: '9 New Street' });
    const { batchId } = (await post(`debts/${api.debtId}/notices`, wish(), 201)).body;
    const [row] = await api.database.asOwner<{ line1: string }>(
      `select letter->'addressee'->'address'->>'line1' as line1 from cases.notice where batch_id = $1`,
      [batchId],
    );
    expect(row!.line1).toBe('9 New Street');
  });

  test('counts whoever marked it, until somebody verified the address after that', async () => {
    const [debtor] = await partiesOf(api.debtId);
    await post(`parties/${debtor!.id}/addresses/mark`, { returnedOn: addDays(today, -1) }, 200);
    expect(await code(api.debtId)).toBe('address-returned');
    await post(`parties/${debtor!.id}/addresses/mark`, { verifiedOn: today }, 200);
    await post(`debts/${api.debtId}/notices`, wish(), 201);
  });

  test.each([
    ['mail', 'refused'],
    ['mail', 'unclaimed'],
    ['email', 'not-known'],
  ])('by %s as %s says nothing of the address', async (method, reason) => {
    await back((await posted(api.debtId, method)).id, reason);
    await post(`debts/${api.debtId}/notices`, wish(), 201);
  });

  test('undoes its own validation notice, not one that was sent elsewhere', async () => {
    const [debtor] = await partiesOf(api.debtId);
    const first = await posted(api.debtId);
    const address = { kind: 'mailing', address: ELSEWHERE, source: 'debtor', since: today, ...key() };
    await post(`parties/${debtor!.id}/addresses`, address, 201);
    const second = await posted(api.debtId);
    await back(first.id);
    const { batchId } = (await post(`debts/${api.debtId}/notices`, wish('reminder'), 201)).body;
    await post(`notice-batches/${batchId}/cancel`, {}, 200);
    await back(second.id);
    expect(await code(api.debtId, 'reminder')).toBe('validation-notice-missing');
  });

  test('is withdrawn where it was recorded in error, which stays on record with who said so and why', async () => {
    const { id } = await posted(api.debtId);
    expect((await error(id, 409)).body.code).toBe('notice-not-returned');
    await back(id);
    expect((await error(id)).body).toEqual({ withdrawn: true });
    expect((await error(id)).body).toEqual({ withdrawn: false });
    const proofs = (await api.get(`/api/v1/proofs?debt=${api.debtId}`).expect(200)).body as Body[];
    const returned = proofs.filter(({ kind }) => kind === 'notice-returned');
    expect(returned).toMatchObject([
      { returnedReason: 'moved', withdrawnBy: OFFICER, withdrawnReason: 'the next letter on the pile' },
    ]);
    expect(proofs.filter(({ withdrawnBy }) => withdrawnBy === null)).toHaveLength(proofs.length - 1);
    const sent = proofs.find(({ noticeKind, kind }) => kind === 'notice-sent' && noticeKind === 'validation-notice');
    const refused = await api
      .post(`/api/v1/proofs/${String(sent!.id)}/withdraw`, { reason: 'not this way' })
      .expect(422);
    expect(refused.body.code).toBe('proof-of-notice');
    const told = await api.database.asOwner(
      `select event->'data' as data from cases.outbox where event->>'type' = 'concord.proof.withdrawn.v1'
         and event->'data'->>'debtId' = $1`,
      [api.debtId],
    );
    expect(told).toEqual([{ data: { proofId: returned[0]!['id'], debtId: api.debtId } }]);
    const seen = await api.database.asOwner(
      `select count(*)::int as times from cases_v1.proof where debt_id = $1 and kind = 'notice-returned'`,
      [api.debtId],
    );
    expect(seen).toEqual([{ times: 0 }]);
    // The notice was sent, and has reached its address.
    const { batchId } = (await post(`debts/${api.debtId}/notices`, wish('reminder'), 201)).body;
    await post(`notice-batches/${batchId}/cancel`, {}, 200);
    // It may come back all the same.
    expect((await back(id)).body).toEqual({ returned: true });
    expect(await code(api.debtId)).toBe('address-returned');
  });

  test('is withdrawn of its own letter alone: what others said of the address stays', async () => {
    const debtor = person();
    const [one, two] = [await debt({ debtor }), await debt({ debtor })];
    const [first, second] = [await posted(one), await posted(two)];
    await back(first.id);
    await back(second.id);
    await error(first.id);
    expect(await code(one)).toBe('address-returned');
    const [party] = await partiesOf(one);
    await post(`parties/${party!.id}/addresses/mark`, { returnedOn: addDays(today, -3) }, 200);
    await error(second.id);
    const { addresses } = (await api.get(`/api/v1/parties/${party!.id}`).expect(200)).body as { addresses: Body[] };
    expect(addresses).toMatchObject([{ returnedOn: addDays(today, -3) }]);
    expect(await code(two)).toBe('address-returned');
  });

  test('is withdrawn wherever it was noted, also with whom the party is no more the same', async () => {
    const shared = { ...person().address!, line1: '78 Shared Street' };
    const [one, two] = [
      await debt({ debtor: person({ address: shared }) }),
      await debt({ debtor: person({ address: shared }) }),
    ];
    const [duplicate, survivor] = [(await partiesOf(one))[0]!.id, (await partiesOf(two))[0]!.id];
    const { mergeId } = await done(`parties/${duplicate}/merge`, { into: survivor, ...ONE });
    const letter = await posted(one);
    await back(letter.id);
    await done(`merges/${String(mergeId)}/undo`, { reason: 'two' });
    expect(await code(two)).toBe('address-returned');
    await error(letter.id);
    for (const id of [one, two]) await post(`debts/${id}/notices`, wish(), 201);
  });
});

describe('a posting', () => {
  test('asks about what came in the way since the release, and believes what is said', async () => {
    const [held, sent, free] = [await debt(), await debt(), await debt()];
    const batchId = await released([held, sent, free]);
    const { notices } = await manifest(batchId);
    const idOf = (debtId: string) => notices.find((each) => each.debtId === debtId)!.id;
    await stop(held);
    await stop(sent, 'do-not-contact');
    expect((await manifest(batchId)).hindered).toMatchObject([
      { noticeId: idOf(held), rule: 'STOP:dispute' },
      { noticeId: idOf(sent), rule: 'STOP:do-not-contact' },
    ]);
    const order = { notPosted: [idOf(held)] };
    const { body } = await posting(batchId, order, 422);
    expect(body.code).toBe('notice-hindered');
    expect(body.message).toContain('STOP:do-not-contact');
    expect(body.message).not.toContain('STOP:dispute');
    const despite = { ...order, despite: [idOf(sent)] };
    expect((await posting(batchId, despite)).body).toEqual({ posted: true, notices: 2 });
    expect((await posting(batchId, despite)).body).toEqual({ posted: false, notices: 2 });
    expect((await posting(batchId, {}, 409)).body.code).toBe('notice-batch-posted');
    expect(
      (
        await posting(
          batchId,
          {
            ...despite,
            trackingCsv: `notice,tracking_number\n${notices.find((each) => each.debtId === sent)!.number},T1`,
          },
          409,
        )
      ).body.code,
    ).toBe('notice-batch-posted');
  });

  test('is refused of letters that are too old, or were never printed', async () => {
    const batchId = await released([api.debtId]);
    const set = (column: string, value: unknown) =>
      api.database.asOwner(`update cases.notice_batch set ${column} = $2 where id = $1`, [batchId, value]);
    await set('released_on', addDays(today, -8));
    expect((await posting(batchId, {}, 422)).body.code).toBe('release-too-old');
    await set('released_on', addDays(today, -7));
    await set('content_hash', null);
    expect((await posting(batchId, {}, 422)).body.code).toBe('notice-batch-not-printed');
    await api.database.asOwner(
      `update cases.notice_batch set setting = jsonb_set(setting, '{letterhead,name}', '"City of Before"') where id = $1`,
      [batchId],
    );
    // By what was released, whatever the office's own template says by then.
    const { body } = await asBytes(api.get(`/api/v1/notice-batches/${batchId}/pdf`)).expect(200);
    expect((await pdfText(body as Buffer)).join()).toContain('City of Before');
    await posting(batchId);
  });
});

describe('a selection', () => {
  test('is not held up by the oldest debts that nothing may be written about, and goes on where it ended', async () => {
    const type = `example-${Date.now()}`;
    const old = [await debt({ type, delinquentOn: '2025-06-01' }), await debt({ type, delinquentOn: '2025-06-02' })];
    for (const id of old) await stop(id);
    const [first, second] = [await debt({ type }), await debt({ type })];
    const make = async (after?: number) =>
      (
        await post(
          'notice-batches',
          {
            jurisdictionId: API_OFFICE,
            kind: 'validation-notice',
            select: { debtTypes: [type], after },
            limit: 1,
            ...key(),
          },
          201,
        )
      ).body as { batchId: string | null; leftOut: { debtId: string }[]; goesOnAfter: number | null };
    const batch = await make();
    expect(batch.leftOut.map(({ debtId }) => debtId)).toEqual(old);
    expect((await manifest(batch.batchId!)).notices.map(({ debtId }) => debtId)).toEqual([first]);
    const next = await make(batch.goesOnAfter!);
    expect(next.leftOut).toEqual([]);
    expect((await manifest(next.batchId!)).notices.map(({ debtId }) => debtId)).toEqual([second]);
    expect(await make(next.goesOnAfter!)).toEqual({
      batchId: null,
      noticeIds: [],
      leftOut: [],
      goesOnAfter: null,
      made: false,
    });
    const [listed] = (await api.get(`/api/v1/notice-batches?jurisdiction=${API_OFFICE}&before=999999999`))
      .body as Body[];
    expect(listed).not.toHaveProperty('leftOut');
    expect(listed).toMatchObject({ leftOutCount: 0 });
  });

  test('chooses a debt again whose letter came back from a wrong address', async () => {
    const type = `example-back-${Date.now()}`;
    const id = await debt({ type });
    const [debtor] = await partiesOf(id);
    await back((await posted(id)).id);
    const address = { kind: 'mailing', address: ELSEWHERE, source: 'debtor', since: today, ...key() };
    await post(`parties/${debtor!.id}/addresses`, address, 201);
    const order = { jurisdictionId: API_OFFICE, kind: 'validation-notice', select: { debtTypes: [type] }, ...key() };
    expect((await post('notice-batches', order, 201)).body.noticeIds).toHaveLength(1);
  });

  test('is by name where a person names debts', async () => {
    const [row] = await api.database.asOwner<{ number: string }>('select number::text from cases.debt where id = $1', [
      api.debtId,
    ]);
    const gateway = api.database.gateway;
    expect(await debtsByName(gateway, [row!.number, api.debtId])).toEqual([api.debtId]);
    await expect(debtsByName(gateway, ['x'])).rejects.toMatchObject({ code: 'debt-unknown' });
    await expect(debtsByName(gateway, [NOBODY])).rejects.toMatchObject({ code: 'debt-unknown' });
  });
});

test('a batch that is given up while it is printed has no file', async () => {
  const batchId = await released([api.debtId]);
  await api.database.asOwner('update cases.notice_batch set content_hash = null where id = $1', [batchId]);
  await api.database.asOwner('begin');
  await api.database.asOwner(
    `update cases.notice_batch set state = 'cancelled', cancelled_by = 'x', cancelled_at = now() where id = $1`,
    [batchId],
  );
  const printing = api.get(`/api/v1/notice-batches/${batchId}/pdf`).then(({ body }) => body as Body);
  await waitingFor(api.database, 1);
  await api.database.asOwner('commit');
  expect(await printing).toMatchObject({ code: 'notice-batch-cancelled' });
  expect(await manifest(batchId)).toMatchObject({ contentHash: null });
});

test('a batch that is cancelled says by whom and when', async () => {
  const batchId = await released([api.debtId]);
  await post(`notice-batches/${batchId}/cancel`, {}, 200);
  expect(await manifest(batchId)).toMatchObject({
    state: 'cancelled',
    cancelledBy: OFFICER,
    cancelledAt: expect.any(String),
  });
});
