import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { CommandReplies } from '@concord/core/commands/http/command-replies';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { API_BUREAU, API_OFFICE, ApiSuite, NOBODY, OFFICER } from '../support/api-suite.js';

const api = new ApiSuite(true);
const OTHER = 'us-ca-berkeley-experian';
const OFF = 'us-ca-berkeley-transunion';

const mode = (id: string, body: object) => api.post(`/api/v1/connectors/${id}/mode`, body);

/** A file of a connector as the ledger has it, without its having been built. */
async function file(changes: { state?: string; direction?: 'out' | 'in' } = {}): Promise<string> {
  const { state = 'empty', direction = 'out' } = changes;
  const id = randomUUID();
  await api.database.asOwner(
    `insert into exchange.exchange (id, connector_id, direction, kind, business_date, settings_version, mode, state, correlation_id, started_at)
     values ($1, $2, $4, 'tradelines', '2026-03-16', 1, 'on', $3, 'c', now())`,
    [id, OTHER, state, direction],
  );
  return id;
}

describe('connectors', () => {
  test('are listed with their modes and what waits, and shown with who changed the mode and why', async () => {
    const { body: all } = await api.get('/api/v1/connectors').expect(200);
    expect(all).toContainEqual(
      expect.objectContaining({ id: API_BUREAU, plugin: 'metro2', mode: 'on', held: 0, waiting: 0, quarantined: 0 }),
    );
    await mode(API_BUREAU, { mode: 'paused', reason: 'the bureau moves house' }).expect(200, {
      ...{ was: 'on', mode: 'paused' },
    });
    const { body: one } = await api.get(`/api/v1/connectors/${API_BUREAU}`).expect(200);
    expect(one).toMatchObject({
      mode: 'paused',
      changes: [{ was: 'on', mode: 'paused', actor: OFFICER, reason: 'the bureau moves house' }],
    });
    await mode(API_BUREAU, { mode: 'on', reason: 'it has moved' }).expect(200);
  });

  test('say that the adverse output of their jurisdiction is stopped, beside the mode that they were set to', async () => {
    const turn = (body: object) => api.post(`/api/v1/jurisdictions/${API_OFFICE}/adverse-stop`, body).expect(200);
    const shown = async (): Promise<object> =>
      (await api.get(`/api/v1/connectors/${API_BUREAU}`).expect(200)).body as object;
    expect(await shown()).toMatchObject({ mode: 'on', adverseStop: null });
    await turn({ stopped: true, reason: 'a flood' });
    const adverseStop = { actor: OFFICER, reason: 'a flood', since: expect.any(String) };
    expect(await shown()).toMatchObject({ mode: 'on', adverseStop });
    const { body: all } = await api.get('/api/v1/connectors').expect(200);
    expect(all).toContainEqual(expect.objectContaining({ id: OTHER, adverseStop }));
    await turn({ stopped: false, reason: 'it is over' });
    expect(await shown()).toMatchObject({ mode: 'on', adverseStop: null });
  });

  test('that do not exist are 404, and nothing is ordered of them', async () => {
    const before = await api.database.asOwner('select 1 from exchange.command');
    for (const path of ['run', 'check', 'preview']) {
      const { body } = await api.post(`/api/v1/connectors/nobody/${path}`, {}).expect(404);
      expect(body).toMatchObject({ code: 'connector-unknown' });
    }
    await api.get('/api/v1/connectors/nobody').expect(404);
    expect(await api.database.asOwner('select 1 from exchange.command')).toHaveLength(before.length);
  });

  test.each([
    [{ mode: 'loud', reason: 'x' }],
    [{ mode: 'on' }],
    [{ mode: 'on', reason: '' }],
    [{ mode: 'on', reason: 'x', more: 1 }],
  ])('a change of mode to %j is no request that can be understood', async (body) => {
    await mode(API_BUREAU, body).expect(400);
  });

  test('a change that contradicts what stands is 409 with its code, in words for a clerk', async () => {
    await file({ state: 'choosing' });
    const { body } = await mode(OTHER, { mode: 'off', reason: 'done' }).expect(409);
    expect(body).toEqual({
      statusCode: 409,
      code: 'connector-files-open',
      message: `1 file of ${OTHER} has not come to an end: let them go on, cancel or dismiss them first`,
    });
  });
});

describe('a command that takes longer than a request waits', () => {
  async function carriedOut(command: string): Promise<object> {
    for (;;) {
      const { body } = await api.get(`/api/v1/commands/${command}`).expect(200);
      if (body.state !== 'waiting' && body.state !== 'running') return body as object;
    }
  }

  test('answers 202 with its number, under which its result is found later', async () => {
    let status = 200;
    const reply = { status: (code: number) => (status = code) } as never;
    const by = { actor: OFFICER, correlationId: 'c-9' };
    const order = { connectorId: API_BUREAU, mode: 'paused', reason: 'slow' };
    const answer = (await api.part(CommandReplies).of(reply, by, 'connector-mode', order, -1)) as { command: string };
    expect([status, answer]).toEqual([202, { command: expect.any(String) }]);
    const body = await carriedOut(answer.command);
    expect(body).toMatchObject({ kind: 'connector-mode', state: 'done', result: { mode: 'paused' }, actor: OFFICER });
    expect(body).not.toHaveProperty('body');
    await api.get(`/api/v1/commands/${NOBODY}`).expect(404);
    await api.get('/api/v1/commands/1').expect(400);
  });

  test('reaches the client with that status', async () => {
    const replies = api.part(CommandReplies);
    const patient = replies.of.bind(replies);
    replies.of = (reply, by, kind, body) => patient(reply, by, kind, body, -1);
    try {
      const { body } = await mode(API_BUREAU, { mode: 'on', reason: 'again' }).expect(202);
      expect(body).toEqual({ command: expect.any(String) });
      expect(await carriedOut(body.command)).toMatchObject({ state: 'done', result: { mode: 'on' } });
    } finally {
      replies.of = patient;
    }
  });

  test('and one that fails for a reason that nobody expected is 500 with its words', async () => {
    await api.database.asOwner('alter table exchange.connector_change rename to out_of_the_way');
    try {
      const { body } = await mode(API_BUREAU, { mode: 'paused', reason: 'x' }).expect(500);
      expect(body).toMatchObject({ code: 'command-failed', message: expect.stringContaining('connector_change') });
    } finally {
      await api.database.asOwner('alter table exchange.out_of_the_way rename to connector_change');
    }
  });
});

describe('exchanges', () => {
  test('are listed by state, direction and number', async () => {
    const [held, undecided] = [await file({ state: 'held' }), await file({ state: 'undecided', direction: 'in' })];
    const ids = async (query: string): Promise<string[]> => {
      const { body } = await api.get(`/api/v1/exchanges?${query}`).expect(200);
      return (body as { id: string }[]).map(({ id }) => id);
    };
    expect(await ids('state=held')).toEqual([held]);
    expect(await ids('direction=in')).toEqual([undecided]);
    expect(await ids('direction=in&state=held')).toEqual([]);
    expect(await ids('limit=1')).toEqual([undecided]);
    for (const query of ['state=lost', 'direction=up', 'limit=0', 'limit=501', 'limit=1.5']) {
      await api.get(`/api/v1/exchanges?${query}`).expect(400);
    }
  });

  test.each(['hold', 'release', 'cancel', 'resend', 'replay'])(
    '%s needs a reason, and a file that exists',
    async (act) => {
      await api.post(`/api/v1/exchanges/${NOBODY}/${act}`, {}).expect(400);
      await api.post(`/api/v1/exchanges/1/${act}`, { reason: 'x' }).expect(400);
      const { body } = await api.post(`/api/v1/exchanges/${NOBODY}/${act}`, { reason: 'x' }).expect(404);
      expect(body).toMatchObject({ code: 'exchange-unknown' });
    },
  );

  test('are decided with one of four words', async () => {
    await api.post(`/api/v1/exchanges/${NOBODY}/decide`, { reason: 'x', decision: 'perhaps' }).expect(400);
    await api.post(`/api/v1/exchanges/${NOBODY}/decide`, { reason: 'x', decision: 'apply' }).expect(404);
    const { body } = await api
      .post(`/api/v1/exchanges/${await file()}/decide`, { reason: 'x', decision: 'not-arrived' })
      .expect(409);
    expect(body).toMatchObject({ code: 'exchange-not-uncertain' });
  });
});

describe('what a connector would send', () => {
  test('is shown with its records and its bytes, which lie sealed in the database', async () => {
    await api.post('/api/v1/proofs', api.proof({ on: '2026-03-10' })).expect(201);
    await api.post('/api/v1/referrals', api.referral()).expect(201);
    await api.part(OutboxRelay).drain();
    const { body } = await api.post(`/api/v1/connectors/${API_BUREAU}/preview`, {}).expect(200);
    const [file] = body.files as { kind: string; base64: string; recordList: unknown[] }[];
    expect(file).toMatchObject({ kind: 'tradelines', fileName: expect.any(String), truncated: false });
    const text = Buffer.from(file!.base64, 'base64').toString('latin1');
    expect(text).toContain('HEADER');
    const [kept] = await api.database.asOwner<{ id: string; result: unknown }>(
      `select id, result from exchange.command where kind = 'exchange-preview' order by requested_at desc limit 1`,
    );
    expect(JSON.stringify(kept!.result)).not.toContain(file!.base64.slice(0, 40));
    const { body: again } = await api.get(`/api/v1/commands/${kept!.id}`).expect(200);
    expect(again.result).toEqual(body);
  });

  test('is not shown for a day that is over', async () => {
    const { body } = await api.post(`/api/v1/connectors/${API_BUREAU}/preview`, { date: '2001-01-02' }).expect(409);
    expect(body).toMatchObject({ code: 'date-past' });
  });
});

describe('a check', () => {
  test('names its steps, and ends with the one that fails', async () => {
    const { body } = await api.post(`/api/v1/connectors/${API_BUREAU}/check`, {}).expect(200);
    const steps = body.steps as { step: string; ok: boolean; detail: string }[];
    expect(steps[0]).toMatchObject({ step: 'settings', ok: true, detail: expect.stringContaining('metro2') });
    expect(steps.at(-1)).toMatchObject({ step: 'channel', ok: false, detail: expect.stringMatching(/^the secret /) });
    expect(steps.slice(1, -1).every(({ step, ok }) => step === 'caution' && ok)).toBe(true);
  });

  test('looks at connectors that are off, too', async () => {
    await mode(OFF, { mode: 'off', reason: 'not yet' }).expect(200);
    await api.post(`/api/v1/connectors/${OFF}/check`, {}).expect(200);
  });
});

describe('files that wait, and records that were set aside', () => {
  test('are let go, decided about and mended through the connectors, whose refusals reach the client', async () => {
    const [empty, applied] = [await file(), await file({ direction: 'in', state: 'applied' })];
    const refusals = [
      [`exchanges/${empty}/release`, {}, 409, 'exchange-finished'],
      [`exchanges/${applied}/release`, {}, 422, 'exchange-not-outgoing'],
      [`exchanges/${applied}/decide`, { decision: 'apply' }, 409, 'exchange-not-undecided'],
      [`exchanges/${empty}/resend`, {}, 409, 'exchange-not-sent'],
      [`quarantine/${applied}/1/dismiss`, {}, 404, 'record-unknown'],
      [`quarantine/${applied}/1/mend`, { finding: { kind: 'nonsense' } }, 422, 'finding-invalid'],
    ] as const;
    for (const [path, more, status, code] of refusals) {
      const { body } = await api.post(`/api/v1/${path}`, { reason: 'x', ...more });
      expect([path, body]).toEqual([path, { statusCode: status, code, message: expect.any(String) }]);
    }
  });

  test('records in quarantine are listed and shown, and put away with a reason', async () => {
    const id = await file({ direction: 'in', state: 'applied' });
    const fault = { severity: 'record', record: 4, field: 'amount', position: '10-18', value: 'x', rule: 'number' };
    await api.database.asOwner(
      `insert into exchange.inbound_record (exchange_id, sequence, kind, status, finding) values ($1, 3, 'fault', 'quarantined', $2)`,
      [id, JSON.stringify({ ...fault, file: 'F', message: 'is no number' })],
    );
    const { body: all } = await api.get(`/api/v1/quarantine?exchange=${id}`).expect(200);
    expect(all).toMatchObject([{ exchange: id, sequence: 3, record: 4, field: 'amount', rule: 'number' }]);
    expect((await api.get('/api/v1/quarantine?connector=nobody').expect(200)).body).toEqual([]);
    await api
      .post(`/api/v1/quarantine/${id}/3/dismiss`, { reason: 'a test record' })
      .expect(200, { status: 'dismissed' });
    expect((await api.get(`/api/v1/quarantine?exchange=${id}`).expect(200)).body).toEqual([]);
    const { body: one } = await api.get(`/api/v1/quarantine/${id}/3`).expect(200);
    expect(one).toMatchObject({ status: 'dismissed', decision: { actor: OFFICER, reason: 'a test record' } });
    await api.get(`/api/v1/quarantine/${id}/4`).expect(404);
  });
});

describe('the description of the API', () => {
  test('lists what people can ask of the connectors', async () => {
    const { body } = await api.get('/api/openapi.json').expect(200);
    const posts = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      'post' in methods ? [path.replace('/api/v1/', '')] : [],
    );
    expect(posts).toEqual(
      expect.arrayContaining([
        ...['hold', 'release', 'cancel', 'preview', 'resend', 'replay', 'decide'].map((act) => `exchanges/{id}/${act}`),
        ...['run', 'preview', 'mode', 'check'].map((act) => `connectors/{id}/${act}`),
        ...['mend', 'dismiss'].map((act) => `quarantine/{exchange}/{sequence}/${act}`),
      ]),
    );
  });
});
