import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import type { PartyView } from '@concord/core/parties/party-reads';
import { API_OFFICE, ApiSuite, NOBODY, OFFICER } from '../support/api-suite.js';
import { person } from '../support/intake-builder.js';

const api = new ApiSuite();
/** A day that is later than today anywhere. */
const SOON = addDays(new Date().toISOString().slice(0, 10), 20);
const PAST = '2026-03-01';
const ADDRESS = { line1: '9 New Street', city: 'Exampleton', region: 'TX', postalCode: '75002', country: 'US' };
type Changes = Record<string, unknown>;

let partyId: string;
beforeEach(async () => {
  partyId = await debtorOf(api.debtId);
});

async function debtorOf(debtId: string): Promise<string> {
  const { body } = await api.get(`/api/v1/debts/${debtId}`).expect(200);
  return body.parties[0].id as string;
}
async function another(changes: Parameters<typeof person>[0] = {}): Promise<string> {
  const { body } = await api.post('/api/v1/debts', api.debt({ debtor: person(changes) })).expect(201);
  return debtorOf(body.debtId as string);
}
const read = async (id = partyId): Promise<PartyView> =>
  (await api.get(`/api/v1/parties/${id}`).expect(200)).body as PartyView;
const of = (path: string) => `/api/v1/parties/${partyId}/${path}`;
const name = (changes: Changes = {}): Changes => ({
  ...{
    kind: 'nickname',
    surname: 'Sample',
    firstName: 'Rob',
    source: 'call',
    idempotencyKey: randomUUID(),
    ...changes,
  },
});
const address = (changes: Changes = {}): Changes => ({
  ...{ kind: 'residence', address: ADDRESS, source: 'officer', idempotencyKey: randomUUID(), ...changes },
});
const point = (changes: Changes = {}): Changes => ({
  ...{ kind: 'telephone', value: '(512) 555-0199', source: 'debtor', idempotencyKey: randomUUID(), ...changes },
});
const consent = (changes: Changes = {}): Changes => ({
  ...{ purpose: 'collection', state: 'withdrawn', how: 'call', idempotencyKey: randomUUID(), ...changes },
});

describe('names', () => {
  test('are added once, and the party is found by them', async () => {
    const order = name({ surname: 'Nuñez-Tremblay', kind: 'birth', until: PAST });
    const first = (await api.post(of('names'), order).expect(201)).body;
    expect(first).toEqual({ id: expect.any(String), partyId, added: true });
    expect((await api.post(of('names'), order).expect(201)).body).toEqual({ ...first, added: false });
    expect((await api.post(of('names'), { ...order, surname: 'Other' }).expect(409)).body.code).toBe('key-reused');
    expect((await read()).names).toMatchObject([
      { id: first.id, kind: 'birth', surname: 'Nuñez-Tremblay', until: PAST, source: 'call', actor: OFFICER },
    ]);
    const { body } = await api.get(
      `/api/v1/parties?jurisdiction=${API_OFFICE}&name=${encodeURIComponent('TREMB nunez')}`,
    );
    expect(body).toMatchObject([{ id: partyId }]);
  });

  test.each<[string, number, Changes]>([
    ['dates-invalid', 422, { since: '2026-01-01', until: '2025-01-01' }],
    ['', 400, { kind: 'alias' }],
    ['', 400, { surname: '' }],
    ['', 400, { source: undefined }],
  ])('are refused: %s %d %j', async (code, status, changes) => {
    expect((await api.post(of('names'), name(changes)).expect(status)).body.code ?? '').toBe(code);
  });

  test('of a business have no first name', async () => {
    const firm = await another({ kind: 'business', firstName: null, ssn: null });
    const order = name({ kind: 'trading-as', surname: 'Corner Shop' });
    expect((await api.post(`/api/v1/parties/${firm}/names`, order).expect(422)).body.code).toBe('name-invalid');
    await api.post(`/api/v1/parties/${firm}/names`, { ...order, firstName: undefined }).expect(201);
  });
});

describe('addresses', () => {
  test('are used, the newest first, until mail comes back from them', async () => {
    const source = (await read()).address;
    const { id } = (await api.post(of('addresses'), address({ verifiedOn: PAST })).expect(201)).body;
    expect((await read()).address).toEqual({ ...ADDRESS, line2: null });
    await api.post(of('addresses/mark'), { addressId: id, returnedOn: PAST }).expect(200);
    expect((await read()).address).toEqual(source);
    await api.post(of('addresses/mark'), { returnedOn: PAST }).expect(200);
    expect((await read()).address).toEqual({ ...ADDRESS, line2: null });
    const ended = await api.post(of('addresses/mark'), { addressId: id, until: PAST }).expect(422);
    expect(ended.body.code).toBe('dates-invalid');
    expect((await read()).addresses).toMatchObject([
      { id, source: 'officer', verifiedOn: PAST, returnedOn: PAST },
      { source: 'host-system', returnedOn: PAST, address: source },
    ]);
  });

  test.each(['work', 'other', 'premises'])(
    'of the kind %s are told to nobody: others would learn of the debt',
    async (kind) => {
      const { address: source } = await read();
      await api.post(of('addresses'), address({ kind, verifiedOn: PAST })).expect(201);
      expect(await read()).toMatchObject({ address: source });
    },
  );

  test('that are the premises of a business are its own', async () => {
    const firm = await another({ kind: 'business', firstName: null, ssn: null });
    await api.post(`/api/v1/parties/${firm}/addresses`, address({ kind: 'premises' })).expect(201);
    expect((await read(firm)).address).toEqual({ ...ADDRESS, line2: null });
  });

  test('from which mail came back are not used for a duplicate that has the same, until they are found good', async () => {
    const old = { ...ADDRESS, line2: null };
    const [one, other] = [await another({ address: old }), await another({ address: old })];
    const merge = { into: other, reason: 'same', despiteDifferences: 'a misread number' };
    await api.post(`/api/v1/parties/${one}/merge`, merge).expect(200);
    const newer = address({ address: { ...ADDRESS, line1: '1 Newer Street' }, since: '2026-01-01' });
    const { id } = (await api.post(`/api/v1/parties/${one}/addresses`, newer).expect(201)).body;
    const mark = (changes: Changes) => api.post(`/api/v1/parties/${other}/addresses/mark`, changes).expect(200);
    await mark({ addressId: id, returnedOn: '2026-02-01' });
    expect((await read(other)).address).toEqual(old);
    await mark({ returnedOn: '2026-02-02' });
    expect((await read(other)).address).toMatchObject({ line1: '1 Newer Street' });
    await mark({ verifiedOn: PAST });
    expect((await read(other)).address).toEqual(old);
  });

  test('are good again wherever they stand with a party and its duplicates once one entry is verified', async () => {
    const old = { ...ADDRESS, line2: null };
    const [one, other] = [await another({ address: old }), await another({ address: old })];
    const mark = (id: string, changes: Changes) =>
      api.post(`/api/v1/parties/${id}/addresses/mark`, changes).expect(200);
    await mark(one, { returnedOn: '2026-02-02' });
    await mark(other, { returnedOn: '2026-02-02' });
    const newer = address({ address: { ...ADDRESS, line1: '1 Newer Street' }, since: '2020-01-01' });
    const { id } = (await api.post(`/api/v1/parties/${other}/addresses`, newer).expect(201)).body;
    const merge = { into: other, reason: 'same', despiteDifferences: 'a misread number' };
    await api.post(`/api/v1/parties/${one}/merge`, merge).expect(200);
    expect((await read(other)).address).toMatchObject({ line1: '1 Newer Street' });
    await mark(other, { addressId: id, returnedOn: '2026-02-02' });
    await mark(one, { verifiedOn: '2026-02-03' });
    expect((await read(other)).address).toEqual(old);
  });

  test('that the host system no longer says are over, whatever was noted of them', async () => {
    const debtor = person();
    const id = await another(debtor);
    const mark = (changes: Changes) => api.post(`/api/v1/parties/${id}/addresses/mark`, changes).expect(200);
    await mark({ verifiedOn: PAST });
    await api
      .post('/api/v1/debts', api.debt({ debtor: { ...debtor, address: { ...ADDRESS, line2: null } } }))
      .expect(201);
    await mark({ returnedOn: PAST });
    const { address: told, addresses } = await read(id);
    expect(told).toEqual({ ...ADDRESS, line2: null });
    expect(addresses).toMatchObject([
      { address: told, until: null, returnedOn: PAST },
      { address: debtor.address, until: expect.any(String), verifiedOn: PAST },
    ]);
  });

  test('that the host system replaces are kept with the name that it said', async () => {
    const debtor = person();
    const id = await another(debtor);
    await api
      .post(
        '/api/v1/debts',
        api.debt({ debtor: { ...debtor, surname: 'Married', address: { ...ADDRESS, line2: null } } }),
      )
      .expect(201);
    const view = await read(id);
    expect(view).toMatchObject({ surname: 'Married', address: ADDRESS });
    expect(view.names).toMatchObject([{ kind: 'former', surname: 'Sample', source: 'host-system' }]);
    expect(view.addresses).toMatchObject([
      { id: null, since: expect.any(String), until: null },
      { address: debtor.address, until: expect.any(String), source: 'host-system' },
    ]);
  });

  test.each<[string, number, string, Changes]>([
    ['date-in-future', 422, 'addresses', address({ since: SOON })],
    ['date-in-future', 422, 'addresses/mark', { returnedOn: SOON }],
    ['address-current', 422, 'addresses/mark', { until: PAST }],
    ['address-unknown', 404, 'addresses/mark', { addressId: NOBODY, returnedOn: PAST }],
    ['', 400, 'addresses', address({ address: { ...ADDRESS, country: 'Texas' } })],
    ['', 400, 'addresses', address({ address: undefined })],
    ['', 400, 'addresses', address({ address: { ...ADDRESS, line1: '9 New Street\nUnit 5' } })],
    ['', 400, 'addresses', address({ address: { ...ADDRESS, city: 'Example\u0000ton' } })],
    ['', 400, 'addresses', address({ source: 'rumour' })],
  ])('are refused: %s %d at %s', async (code, status, path, body) => {
    expect((await api.post(of(path), body).expect(status)).body.code ?? '').toBe(code);
  });
});

describe('contact points', () => {
  test('are told to partners until they are not to be used, or consent is withdrawn', async () => {
    const { id } = (
      await api.post(of('contact-points'), point({ hours: { from: '09:00', until: '18:00' } })).expect(201)
    ).body;
    expect((await read()).telephone).toBe('5125550199');
    const withdrawn = (await api.post(`/api/v1/contact-points/${id}/consents`, consent({ on: PAST })).expect(201)).body;
    expect(withdrawn).toEqual({ consentId: expect.any(String), recorded: true });
    expect((await read()).telephone).toBeNull();
    await api.post(`/api/v1/contact-points/${id}/consents`, consent({ state: 'given', how: 'form' })).expect(201);
    expect((await read()).telephone).toBe('5125550199');
    // What was said earlier and becomes known later is not the last word.
    await api.post(`/api/v1/contact-points/${id}/consents`, consent({ on: '2026-02-01' })).expect(201);
    expect((await read()).telephone).toBe('5125550199');
    const change = `/api/v1/contact-points/${id}/change`;
    expect((await api.post(change, { doNotUseReason: 'asked in writing' }).expect(200)).body).toEqual({
      changed: true,
    });
    expect((await api.post(change, { doNotUseReason: 'asked in writing' }).expect(200)).body).toEqual({
      changed: false,
    });
    expect((await read()).telephone).toBeNull();
    await api.post(change, { doNotUseReason: null, hours: null }).expect(200);
    const view = await read();
    expect(view).toMatchObject({ telephone: '5125550199' });
    expect(view.contactPoints).toMatchObject([
      { id, kind: 'telephone', allowedFrom: null, doNotUseReason: null, consents: [{}, {}, { purpose: 'collection' }] },
    ]);
  });

  test('that ended are used again once somebody says them again', async () => {
    const owner = await another();
    const say = async (changes: Changes = {}) =>
      (await api.post(`/api/v1/parties/${owner}/contact-points`, point(changes)).expect(201)).body.id as string;
    const id = await say();
    await say({ since: '2026-01-01' });
    const [{ since: today } = { since: '' }] = (await read(owner)).contactPoints as { since: string }[];
    await api.post(`/api/v1/contact-points/${id}/change`, { until: today }).expect(200);
    expect((await read(owner)).telephone).toBeNull();
    await say();
    expect((await read(owner)).telephone).toBe('5125550199');
  });

  test('say so of a number that the host system has as well', async () => {
    const id = await another({ telephone: '5125550111' });
    const order = point({ value: '512.555.0111', doNotUseReason: 'somebody else answers' });
    await api.post(`/api/v1/parties/${id}/contact-points`, order).expect(201);
    expect((await read(id)).telephone).toBeNull();
  });

  test('are letters without a value, and e-mail', async () => {
    await api.post(of('contact-points'), point({ kind: 'post', value: undefined })).expect(201);
    await api.post(of('contact-points'), point({ kind: 'email', value: 'robin@Example.org' })).expect(201);
    expect((await read()).contactPoints).toMatchObject([{ value: null }, { value: 'robin@example.org' }]);
  });

  test('of the same key are the same only with the same use', async () => {
    const order = point({ value: '5125550166', hours: { from: '09:00', until: '18:00' } });
    const { id } = (await api.post(of('contact-points'), order).expect(201)).body;
    for (const other of [{ doNotUseReason: 'asked in writing' }, { hours: undefined }]) {
      const refused = await api.post(of('contact-points'), { ...order, ...other }).expect(409);
      expect(refused.body.code).toBe('key-reused');
    }
    await api.post(`/api/v1/contact-points/${id}/change`, { doNotUseReason: 'moved' }).expect(200);
    expect((await api.post(of('contact-points'), order).expect(201)).body).toEqual({ id, partyId, added: false });
  });

  test.each<[string, number, Changes]>([
    ['contact-invalid', 422, point({ kind: 'post' })],
    ['contact-invalid', 422, point({ value: undefined })],
    ['contact-invalid', 422, point({ kind: 'email', value: 'robin' })],
    ['hours-invalid', 422, point({ hours: { from: '18:00', until: '09:00' } })],
    ['date-in-future', 422, point({ since: SOON })],
    ['', 400, point({ hours: { from: '9', until: '24:00' } })],
  ])('are refused: %s %d', async (code, status, body) => {
    expect((await api.post(of('contact-points'), body).expect(status)).body.code ?? '').toBe(code);
  });

  test('that nobody knows are not there', async () => {
    expect((await api.post(`/api/v1/contact-points/${NOBODY}/consents`, consent()).expect(404)).body.code).toBe(
      'contact-point-unknown',
    );
    expect((await api.post(`/api/v1/contact-points/${NOBODY}/change`, {}).expect(404)).body.code).toBe(
      'contact-point-unknown',
    );
    expect((await api.post(`/api/v1/parties/${NOBODY}/names`, name()).expect(404)).body.code).toBe('party-unknown');
  });
});

describe('parties', () => {
  test("are found by the source's key, by identifier, and a page at a time", async () => {
    const debtor = person({ ssn: '901887766' });
    const id = await another(debtor);
    const found = (await api.get(`/api/v1/parties?sourceReference=${debtor.sourceReference}`).expect(200)).body;
    expect(found).toMatchObject([{ id, debts: 1, mergedInto: null }]);
    const search = { jurisdictionId: API_OFFICE, kind: 'ssn', value: '901-88-7766' };
    expect((await api.post('/api/v1/parties/search', search).expect(200)).body).toMatchObject([{ id }]);
    expect((await api.post('/api/v1/parties/search', { ...search, kind: 'sin' }).expect(422)).body.code).toBe(
      'identifier-invalid',
    );
    const [first] = (await api.get('/api/v1/parties?limit=1').expect(200)).body;
    const [second] = (await api.get(`/api/v1/parties?limit=1&after=${first.number}`).expect(200)).body;
    expect(second.number).toBeGreaterThan(first.number);
    expect((await api.get(`/api/v1/parties/${NOBODY}`).expect(404)).body.code).toBe('party-unknown');
  });

  test.each([
    ['Lebœuf', 'LEBOEUF'],
    ['Lebœuf', 'lebœuf'],
    ['Smith/Jones', 'jones smith'],
    ["O'Hara-Łukasz", 'lukasz ohara'],
    ['Strauß', 'strauss'],
  ])('of the name %s are found by %s', async (surname, looked) => {
    const id = await another({ surname });
    const path = `/api/v1/parties?jurisdiction=${API_OFFICE}&name=${encodeURIComponent(looked)}`;
    expect(((await api.get(path).expect(200)).body as { id: string }[]).map((each) => each.id)).toContain(id);
  });

  test('that may be one are named with the reasons, merged, and the merge is undone', async () => {
    const same = { surname: 'Lévesque', firstName: 'Éloïse', dateOfBirth: '1980-02-03', telephone: '5125550123' };
    const [one, other] = [await another({ ...same, ssn: null }), await another({ ...same, surname: 'LEVESQUE' })];
    const match = {
      level: 'certain',
      score: 9500,
      reasons: [
        { code: 'same-date-of-birth', points: 3500 },
        { code: 'same-name', points: 4500 },
        { code: 'same-telephone', points: 1500 },
      ],
    };
    expect((await api.get(`/api/v1/parties/${one}/matches`).expect(200)).body).toMatchObject([
      { ...match, party: { id: other } },
    ]);
    const pairs = (await api.get(`/api/v1/party-matches?jurisdiction=${API_OFFICE}`).expect(200)).body as {
      parties: { id: string }[];
    }[];
    const ours = pairs.filter(({ parties }) => parties.some(({ id }) => id === one));
    expect(ours).toMatchObject([match]);
    expect(ours[0]!.parties.map(({ id }) => id).sort()).toEqual([one, other].sort());

    const path = `/api/v1/parties/${one}/merge`;
    expect((await api.post(path, { reason: 'same' }).expect(422)).body.code).toBe('merge-unclear');
    expect((await api.post(path, { into: NOBODY, reason: 'same' }).expect(404)).body.code).toBe('party-unknown');
    await api.post(path, { into: other }).expect(400);
    const { body: made } = await api.post(path, { into: other, reason: 'same' }).expect(200);
    expect(made).toEqual({ mergeId: expect.any(String), merged: true });
    expect((await read(one)).id).toBe(other);
    expect((await api.get(`/api/v1/parties/${one}/matches`).expect(200)).body).toEqual([]);
    expect((await api.get(`/api/v1/merges?party=${one}&state=in-force`).expect(200)).body).toMatchObject([
      { id: made.mergeId, duplicateId: one, survivorId: other, evidence: match, actor: OFFICER },
    ]);
    const undo = `/api/v1/merges/${made.mergeId}/undo`;
    expect((await api.post(undo, { reason: 'twins' }).expect(200)).body).toEqual({ undone: true });
    // Who undoes a merge has decided that they are two.
    expect((await api.get(`/api/v1/parties/${one}/matches`).expect(200)).body).toEqual([]);
    expect((await read(one)).id).toBe(one);
    expect((await api.post(`/api/v1/merges/${NOBODY}/undo`, { reason: 'x' }).expect(404)).body.code).toBe(
      'merge-unknown',
    );
    await api.post(`/api/v1/parties/${other}/merge`, { duplicate: one, reason: 'same after all' }).expect(200);
    expect((await read(one)).id).toBe(other);
  });

  test('that a person has told apart are not named again', async () => {
    const twin = { surname: 'Okafor', dateOfBirth: '1991-07-08', telephone: '5125550188', firstName: 'Ada' };
    const [one, other] = [await another({ ...twin, ssn: null }), await another({ ...twin, ssn: null })];
    const named = async () => (await api.get(`/api/v1/parties/${other}/matches`).expect(200)).body as unknown[];
    expect(await named()).toHaveLength(1);
    const path = `/api/v1/parties/${one}/distinct`;
    expect((await api.post(path, { from: other, reason: 'cousins' }).expect(200)).body).toEqual({ decided: true });
    expect((await api.post(path, { from: other, reason: 'cousins' }).expect(200)).body).toEqual({ decided: false });
    expect((await api.post(path, { from: one, reason: 'x' }).expect(422)).body.code).toBe('same-party');
    expect((await api.post(path, { from: NOBODY, reason: 'x' }).expect(404)).body.code).toBe('party-unknown');
    expect(await named()).toEqual([]);
  });

  test('of an office that there is not are no pairs', async () => {
    expect((await api.get('/api/v1/party-matches?jurisdiction=nowhere').expect(404)).body.code).toBe(
      'jurisdiction-unknown',
    );
  });
});
