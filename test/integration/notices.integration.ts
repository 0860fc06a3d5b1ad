import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { localDate } from '@concord/core/calendar/domain/time-zone';
import { ApiSuite, API_OFFICE, NOBODY } from '../support/api-suite.js';
import { asBytes } from '../support/bytes.js';
import { person } from '../support/intake-builder.js';
import { pdfText } from '../support/pdf-text.js';
import { waitingFor } from '../support/test-database.js';

const api = new ApiSuite();

type Body = Record<string, unknown>;
/** A batch, or what became of one. */
type Answer = Body & { readonly batch: Body };

const post = (path: string, body: Body, status: number) => api.post(`/api/v1/${path}`, body).expect(status);
const today = localDate(new Date(), 'America/Los_Angeles');
const pdfOf = async (batchId: string): Promise<{ text: string[]; bytes: Buffer }> => {
  const { body } = await asBytes(api.get(`/api/v1/notice-batches/${batchId}/pdf`)).expect(200);
  return { text: await pdfText(body as Buffer), bytes: body as Buffer };
};

async function debt(changes: Body = {}): Promise<string> {
  return (await post('debts', api.debt(changes), 201)).body.debtId as string;
}

/** A batch of validation notices about debts. */
async function made(debtIds: readonly string[], changes: Body = {}): Promise<string> {
  const body = { jurisdictionId: API_OFFICE, kind: 'validation-notice', debtIds, idempotencyKey: randomUUID() };
  const answer = (await post('notice-batches', { ...body, ...changes }, 201)).body;
  expect(answer).toMatchObject({ made: true, leftOut: [] });
  return answer.batchId as string;
}

const release = async (batchId: string): Promise<Answer> =>
  (await post(`notice-batches/${batchId}/release`, {}, 200)).body as Answer;
const posted = (batchId: string, changes: Body = {}, status = 200) =>
  post(`notice-batches/${batchId}/posted`, { on: today, method: 'mail', ...changes }, status);
const manifest = async (batchId: string): Promise<Answer> =>
  (await api.get(`/api/v1/notice-batches/${batchId}`).expect(200)).body as Answer;
const pay = (debtId: string, amountMinor: number) =>
  post('payments', { debtId, amountMinor, currency: 'USD', idempotencyKey: randomUUID() }, 201);
const stop = (debtId: string, kind: string, changes: Body = {}) =>
  post('stops', api.stop({ subject: { kind: 'debt', id: debtId }, kind, ...changes }), 201);
const wish = (kind = 'validation-notice'): Body => ({ kind, idempotencyKey: randomUUID() });

describe('a preview', () => {
  const preview = (id: string) =>
    asBytes(api.post(`/api/v1/debts/${id}/notices?preview=true`, { kind: 'validation-notice' }));

  test('is the letter, with its amounts and the name as it is written, and keeps nothing', async () => {
    const debtor = person({ surname: 'Świętosławska-Yıldırım', firstName: 'Zoë' });
    const id = await debt({ debtor });
    await pay(id, 12_345);
    const { body, headers } = await preview(id).expect(200);
    expect(headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' });
    const [page] = await pdfText(body as Buffer);
    expect(page).toContain('Zoë Świętosławska-Yıldırım');
    expect(page).toContain('DRAFT');
    for (const text of ['$525.00', '$123.45', '-$123.45', '$401.55', 'Owed on June 15, 2025', 'Exampleton, TX 75001']) {
      expect(page).toContain(text);
    }
    expect((await api.get(`/api/v1/notice-batches?jurisdiction=${API_OFFICE}`)).body).toEqual([]);
  });

  test('is in French where the office has it, with amounts and dates as they are written there', async () => {
    const address = {
      line1: '7, rue Exemple',
      line2: null,
      city: 'Ville',
      region: 'NL',
      postalCode: 'A1A 1A1',
      country: 'CA',
    };
    const debtor = person({ surname: "L'Écuyer", ssn: null, address });
    const id = await debt({ jurisdictionId: 'ca-nl', currency: 'CAD', debtor });
    const body = { kind: 'first-notice', language: 'fr' };
    const answer = await asBytes(api.post(`/api/v1/debts/${id}/notices?preview=true`, body)).expect(200);
    const [page] = await pdfText(answer.body as Buffer);
    for (const text of [
      'Somme due selon',
      'Gouvernement de Terre-Neuve-et-Labrador',
      "L'Écuyer",
      '500,00 $',
      '25,00 $',
      'Total dû',
      '525,00 $',
      'ÉBAUCHE',
    ]) {
      expect(page).toContain(text);
    }
    await post(`debts/${id}/notices`, { ...wish('reminder') }, 201);
  });

  test('has no identifier, and none can be named', async () => {
    const debtor = person({ ssn: '901999888' });
    const { body } = await preview(await debt({ debtor }));
    expect((await pdfText(body as Buffer)).join()).not.toMatch(/901.?99.?9888/);
  });
});

test('the API says of each path what it takes and answers', async () => {
  const { paths } = (await api.get('/api/openapi.json').expect(200)).body as { paths: Record<string, Body> };
  for (const path of ['debts/{id}/notices', 'notice-batches/{id}/posted', 'debts/{id}/documents', 'documents/{id}']) {
    expect(Object.keys(paths)).toContain(`/api/v1/${path}`);
  }
});

describe('a notice', () => {
  test('goes from made to posted, and is then proof that one was sent', async () => {
    const body = wish();
    const first = (await post(`debts/${api.debtId}/notices`, body, 201)).body;
    expect(first).toEqual({ batchId: expect.any(String), noticeId: expect.any(String), made: true });
    expect((await post(`debts/${api.debtId}/notices`, body, 201)).body).toEqual({ ...first, made: false });
    expect((await post(`debts/${api.debtId}/notices`, { ...body, kind: 'reminder' }, 409)).body.code).toBe(
      'key-reused',
    );
    expect((await post(`debts/${api.debtId}/notices`, wish(), 422)).body.code).toBe('notice-under-way');
    expect((await posted(first.batchId as string, {}, 409)).body.code).toBe('notice-batch-not-released');

    const released = await release(first.batchId as string);
    expect(released).toMatchObject({ released: true, takenOut: [], changed: 0 });
    expect(released.batch).toMatchObject({
      state: 'released',
      releasedBy: 'officer.jane',
      pages: 1,
      counts: { notices: 1, withdrawn: 0, returned: 0 },
      totals: [{ currency: 'USD', minor: 52_500 }],
    });
    expect((await release(first.batchId as string)).released).toBe(false);
    const order = { method: 'certified-mail', trackingNumber: '9414 8112 0620 1234 5678 90' };
    expect((await posted(first.batchId as string, { method: 'certified-mail' }, 422)).body.code).toBe(
      'tracking-refused',
    );
    expect((await posted(first.batchId as string, { ...order, on: '2020-01-01' }, 422)).body.code).toBe(
      'posted-before-release',
    );
    expect((await posted(first.batchId as string, order)).body).toEqual({ posted: true, notices: 1 });
    expect((await posted(first.batchId as string, order)).body).toEqual({ posted: false, notices: 1 });
    expect((await posted(first.batchId as string, {}, 409)).body.code).toBe('notice-batch-posted');
    const proofs = (await api.get(`/api/v1/proofs?debt=${api.debtId}`)).body as Body[];
    expect(proofs).toHaveLength(2);
    expect(proofs[1]).toMatchObject({
      ...{ kind: 'notice-sent', on: today, noticeKind: 'validation-notice', method: 'certified-mail' },
      trackingNumber: order.trackingNumber,
    });
    const told = await api.database.asOwner(
      `select o.event->'data' as data from cases.outbox o where o.event->>'type' = 'concord.proof.recorded.v1'
         and o.event->'data'->>'debtId' = $1`,
      [api.debtId],
    );
    expect(told).toEqual([{ data: { proofId: proofs[1]!['id'], debtId: api.debtId } }]);
  });

  test('asked for many times at once with one key is made once', async () => {
    const body = wish();
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => (await post(`debts/${api.debtId}/notices`, body, 201)).body as Answer),
    );
    expect(answers.filter(({ made: now }) => now === true)).toHaveLength(1);
    expect(new Set(answers.map(({ noticeId }) => noticeId)).size).toBe(1);
  });

  test('that came back is proof of that, and nothing more goes to the address', async () => {
    const { batchId, noticeId } = (await post(`debts/${api.debtId}/notices`, wish(), 201)).body;
    const back = { on: today, reason: 'moved' };
    expect((await post(`notices/${noticeId}/returned`, back, 409)).body.code).toBe('notice-not-posted');
    await release(batchId as string);
    await posted(batchId as string);
    expect((await post(`notices/${noticeId}/returned`, { ...back, on: '2020-01-01' }, 422)).body.code).toBe(
      'returned-before-posted',
    );
    expect((await post(`notices/${noticeId}/returned`, back, 200)).body).toEqual({ returned: true });
    expect((await post(`notices/${noticeId}/returned`, back, 200)).body).toEqual({ returned: false });
    expect((await api.get(`/api/v1/proofs?debt=${api.debtId}`)).body).toMatchObject([
      {},
      { kind: 'notice-sent' },
      { kind: 'notice-returned', noticeKind: 'validation-notice', on: today },
    ]);
    expect((await post(`debts/${api.debtId}/notices`, wish(), 422)).body.code).toBe('address-returned');
    expect((await post(`debts/${api.debtId}/notices`, wish('reminder'), 422)).body.code).toBe(
      'validation-notice-missing',
    );
    await api.database.asOwner(
      `update cases.party p set address = address || '{"line1": "9 New Street"}'
       from cases.debt_party dp where dp.party_id = p.id and dp.debt_id = $1`,
      [api.debtId],
    );
    await post(`debts/${api.debtId}/notices`, wish(), 201);
    expect((await post(`notices/${NOBODY}/returned`, back, 404)).body.code).toBe('notice-unknown');
  });

  test('of a later kind needs a validation notice before it, where a person owes', async () => {
    expect((await post(`debts/${api.debtId}/notices`, wish('reminder'), 422)).body).toMatchObject({
      code: 'validation-notice-missing',
      message: expect.stringContaining('US-REGF-02'),
    });
    const batchId = await made([api.debtId]);
    await release(batchId);
    await posted(batchId);
    const later = (await post(`debts/${api.debtId}/notices`, wish('final-demand'), 201)).body;
    expect((await pdfOf(later.batchId as string)).text[0]).toContain('Final demand');
  });
});

describe('no letter is made', () => {
  const code = async (debtId: string): Promise<string> =>
    (await post(`debts/${debtId}/notices`, wish(), 422)).body.code as string;

  test('about a debt that is paid', async () => {
    await pay(api.debtId, 52_500);
    expect(await code(api.debtId)).toBe('nothing-owed');
  });

  test.each([
    ['dispute', {}, 'STOP:dispute: 12 CFR 1006.38(d)'],
    ['deceased', {}, 'STOP:deceased'],
    ['do-not-contact', {}, 'STOP:do-not-contact: 12 CFR 1006.6(c)'],
    ['appeal', {}, 'STOP:appeal'],
    ['hearing-pending', {}, 'STOP:hearing-pending'],
    ['insolvency', { details: { chapter: '7' } }, 'US-BK-01: 11 USC 362(a),(k)'],
    ['vulnerability', {}, 'STOP:vulnerability'],
  ])('under the stop %s, with the reason, the rule and its source', async (kind, changes, rule) => {
    await stop(api.debtId, kind, changes);
    const { body } = await post(`debts/${api.debtId}/notices`, wish(), 422);
    expect(body).toMatchObject({ code: 'stopped', message: expect.stringContaining(`(${rule}`) });
  });

  test('while a payment arrangement is in force, although offices may remind', async () => {
    const terms = { frequency: 'monthly', firstDueOn: today, instalments: 3 };
    await post('arrangements', { debtIds: [api.debtId], terms, idempotencyKey: randomUUID() }, 201);
    expect(await code(api.debtId)).toBe('arrangement-kept');
  });

  test('while a co-debtor is under chapter 13, and again when the case is closed', async () => {
    const coDebtor = person();
    const id = await debt({ coDebtors: [coDebtor] });
    const { parties } = (await api.get(`/api/v1/debts/${id}`)).body as { parties: { id: string; role: string }[] };
    const other = parties.find(({ role }) => role === 'co-debtor')!;
    const subject = { kind: 'party', id: other.id };
    await post('stops', api.stop({ subject, kind: 'insolvency', details: { chapter: '13' } }), 201);
    const { body } = await post(`debts/${id}/notices`, wish(), 422);
    expect(body).toMatchObject({ code: 'stopped', message: expect.stringContaining('US-BK-03') });
    await api.database.asOwner(
      `update cases.stop set details = details || '{"closedOn": "2026-01-05"}' where subject_id = $1`,
      [other.id],
    );
    await post(`debts/${id}/notices`, wish(), 201);
  });

  test('without an address, without an itemisation, or when that does not add up', async () => {
    expect(await code(await debt({ debtor: person({ address: null }) }))).toBe('address-missing');
    expect(await code(await debt({ itemisedOn: null }))).toBe('itemisation-missing');
    const entries = [
      { kind: 'assessment', amountMinor: 50_000, on: '2025-05-01', reference: 'bill' },
      { kind: 'assessment', amountMinor: 1_000, on: '2025-08-01', reference: 'late bill' },
    ];
    expect(await code(await debt({ entries, itemisedOn: '2025-06-15' }))).toBe('itemisation-differs');
  });

  test('with a name that can not be printed, and the field is named, not the name', async () => {
    const { body } = await post(`debts/${await debt({ debtor: person({ surname: '漢字' }) })}/notices`, wish(), 422);
    expect(body.code).toBe('text-unwritable');
    expect(body.message).toContain("the party's surname: 2");
    expect(body.message).not.toMatch(/漢|U\+/u);
  });

  test('of a kind or in a language that the office does not have, and about no debt', async () => {
    expect((await post(`debts/${api.debtId}/notices`, { ...wish(), language: 'fr' }, 404)).body.code).toBe(
      'template-unknown',
    );
    expect((await post(`debts/${NOBODY}/notices`, wish(), 404)).body.code).toBe('debt-unknown');
    expect((await post(`debts/${api.debtId}/notices`, { kind: 'validation-notice' }, 422)).body.code).toBe(
      'key-missing',
    );
    await post(`debts/${api.debtId}/notices`, wish('letter'), 400);
  });
});

describe('a batch', () => {
  test('leaves out what may not go, says why, and prints the others into one file', async () => {
    const [paid, stopped, first, second] = [await debt(), await debt(), await debt(), await debt()];
    const aside = await debt();
    const hearing = { debtId: aside, kind: 'hearing-outcome', on: '2026-01-20', subject: 'debt', outcome: 'set-aside' };
    await post('proofs', { ...hearing, idempotencyKey: randomUUID() }, 201);
    await pay(paid, 52_500);
    await stop(stopped, 'dispute');
    const order = { jurisdictionId: API_OFFICE, kind: 'validation-notice', idempotencyKey: randomUUID() };
    const body = { ...order, debtIds: [second, paid, first, stopped, aside] };
    const answer = (await post('notice-batches', body, 201)).body;
    expect(answer.noticeIds).toHaveLength(2);
    expect(answer.leftOut).toMatchObject([
      { debtId: paid, code: 'nothing-owed', rule: 'PAID', citation: null },
      { debtId: stopped, code: 'stopped', rule: 'STOP:dispute', citation: '12 CFR 1006.38(d)' },
      { debtId: aside, code: 'nothing-owed', rule: 'SET-ASIDE' },
    ]);
    const again = (await post('notice-batches', { ...body, debtIds: [first, second, paid, stopped, aside] }, 201)).body;
    expect(again).toEqual({ ...answer, made: false });
    const draft = await pdfOf(answer.batchId as string);
    expect(draft.text).toHaveLength(2);
    await release(answer.batchId as string);
    const { text, bytes } = await pdfOf(answer.batchId as string);
    const batch = await manifest(answer.batchId as string);
    expect(text).toHaveLength(2);
    expect(text.join()).not.toContain('DRAFT');
    expect(batch).toMatchObject({ pages: 2, bytes: bytes.length, totals: [{ currency: 'USD', minor: 105_000 }] });
    expect(batch.leftOut).toHaveLength(3);
    expect((batch.notices as Body[]).map(({ debtId, firstPage, pages }) => [debtId, firstPage, pages])).toEqual([
      [first, 1, 1],
      [second, 2, 1],
    ]);
  });

  test('is read once more when it is released: what was paid, stopped or arranged since is taken out and said', async () => {
    const debts = [await debt(), await debt(), await debt(), await debt(), await debt()];
    const [paid, stopped, arranged, partly, untouched] = debts as [string, string, string, string, string];
    const batchId = await made(debts);
    await pay(paid, 52_500);
    await stop(stopped, 'do-not-contact');
    const terms = { frequency: 'monthly', firstDueOn: today, instalments: 3 };
    await post('arrangements', { debtIds: [arranged], terms, idempotencyKey: randomUUID() }, 201);
    await pay(partly, 2_500);
    const released = await release(batchId);
    expect(released.takenOut).toMatchObject([
      { debtId: paid, code: 'nothing-owed' },
      { debtId: stopped, code: 'stopped', rule: 'STOP:do-not-contact' },
      { debtId: arranged, code: 'arrangement-kept' },
    ]);
    expect(released).toMatchObject({ changed: 1, batch: { counts: { notices: 2, withdrawn: 3 } } });
    expect(released.batch.totals).toEqual([{ currency: 'USD', minor: 102_500 }]);
    const { text } = await pdfOf(batchId);
    expect(text).toHaveLength(2);
    expect(text[0]).toContain('$500.00');
    expect((await posted(batchId)).body).toEqual({ posted: true, notices: 2 });
    const sent = async (id: string): Promise<number> =>
      ((await api.get(`/api/v1/proofs?debt=${id}`)).body as Body[]).filter(({ actor }) => actor === 'officer.jane')
        .length;
    expect([await sent(paid), await sent(stopped), await sent(partly), await sent(untouched)]).toEqual([1, 1, 2, 2]);
  });

  test('waits for a payment that is being posted just now, and does not ask for it', async () => {
    const batchId = await made([api.debtId]);
    const [{ case_id: caseId }] = (await api.database.asOwner<{ case_id: string }>(
      'select case_id from cases.debt where id = $1',
      [api.debtId],
    )) as [{ case_id: string }];
    await api.database.asOwner('begin');
    await api.database.asOwner('select 1 from cases.case_file where id = $1 for no key update', [caseId]);
    const releasing = release(batchId);
    await waitingFor(api.database, 1);
    await api.database.asOwner(
      `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on,
         booked_on, source, idempotency_key, actor, recorded_at)
       values ($1, $2, $3, 99, 'payment', 52500, 'USD', $4, $4, 'counter', 'race', 'tester', now())`,
      [randomUUID(), api.debtId, caseId, today],
    );
    await api.database.asOwner('commit');
    expect(await releasing).toMatchObject({ takenOut: [{ debtId: api.debtId, code: 'nothing-owed' }] });
  });

  test('of which nothing is left has no file and can not be posted', async () => {
    const batchId = await made([api.debtId]);
    await pay(api.debtId, 52_500);
    expect(await release(batchId)).toMatchObject({ takenOut: [{ code: 'nothing-owed' }], batch: { pages: null } });
    expect((await api.get(`/api/v1/notice-batches/${batchId}/pdf`).expect(422)).body.code).toBe('notice-batch-empty');
    expect((await posted(batchId, {}, 422)).body.code).toBe('notice-batch-empty');
  });

  test('is numbered by the carrier, letter by letter, and one that was held back is no proof', async () => {
    const debts = [await debt(), await debt(), await debt()];
    const batchId = await made(debts);
    await release(batchId);
    const notices = (await manifest(batchId)).notices as { id: string; number: number; debtId: string }[];
    const list = (lines: string[]): Body => ({
      method: 'certified-mail',
      trackingCsv: ['tracking_number,name,notice', ...lines].join('\r\n'),
      notPosted: [notices[2]!.id],
    });
    const [one, two, three] = notices.map(({ number }) => number);
    for (const lines of [
      [`A1,x,${one}`],
      [`A1,x,${one}`, `A1,y,${two}`],
      [`A1,x,${one}`, `A2,y,${one}`],
      [`A1,x,${one}`, `A2,y,${two}`, `A3,z,${three}`],
      [`A1,x,${one}`, `A2,y,999999999`],
    ]) {
      expect((await posted(batchId, list(lines), 422)).body.code).toBe('tracking-refused');
    }
    expect((await posted(batchId, { method: 'mail', trackingCsv: 'a,b\n1,2' }, 422)).body.code).toBe(
      'tracking-unreadable',
    );
    expect((await posted(batchId, list([`A1,x,${one}`, `A2,y,${two}`]))).body).toEqual({ posted: true, notices: 2 });
    expect((await manifest(batchId)).notices).toMatchObject([
      { state: 'posted', trackingNumber: 'A1' },
      { state: 'posted', trackingNumber: 'A2' },
      { state: 'withdrawn', code: 'not-posted', trackingNumber: null },
    ]);
  });

  test('that is cancelled gives its debts free again', async () => {
    const batchId = await made([api.debtId]);
    expect((await post(`notice-batches/${batchId}/cancel`, {}, 200)).body).toEqual({ cancelled: true });
    expect((await post(`notice-batches/${batchId}/cancel`, {}, 200)).body).toEqual({ cancelled: false });
    expect((await post(`notice-batches/${batchId}/release`, {}, 409)).body.code).toBe('notice-batch-cancelled');
    await release(await made([api.debtId]));
  });

  test('of the same letters has the same bytes, and finds debts by what they have in common', async () => {
    const type = `example-${Date.now()}`;
    const found = await debt({ type });
    await debt({ type, entries: [{ kind: 'assessment', amountMinor: 100, on: '2025-05-01', reference: 'bill' }] });
    const order = { jurisdictionId: API_OFFICE, kind: 'validation-notice' };
    const select = { debtTypes: [type], minBalanceMinor: 1_000, minAgeDays: 30 };
    const make = async (): Promise<Answer> =>
      (await post('notice-batches', { ...order, select, idempotencyKey: randomUUID() }, 201)).body as Answer;
    const batch = await make();
    expect(batch.noticeIds).toHaveLength(1);
    expect(await make()).toMatchObject({ batchId: null, noticeIds: [], leftOut: [] });
    expect((await manifest(batch.batchId as string)).notices).toMatchObject([{ debtId: found }]);
    const [one, same] = [await pdfOf(batch.batchId as string), await pdfOf(batch.batchId as string)];
    expect(one.bytes.equals(same.bytes)).toBe(true);
    await release(batch.batchId as string);
    const { contentHash } = await manifest(batch.batchId as string);
    // As after a kill between the release and the print: whoever asks next prints the same.
    await api.database.asOwner('update cases.notice_batch set content_hash = null, pages = null where id = $1', [
      batch.batchId,
    ]);
    await pdfOf(batch.batchId as string);
    expect(await manifest(batch.batchId as string)).toMatchObject({ contentHash, pages: 1 });
    expect((await post('notice-batches', { ...order, idempotencyKey: 'x' }, 422)).body.code).toBe('debts-unclear');
  });
});
