import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { CommandReplies } from '@concord/core/commands/http/command-replies';
import { API_BUREAU, ApiSuite, NOBODY, OFFICER } from '../support/api-suite.js';

const api = new ApiSuite(true);
const OTHER = 'us-ca-berkeley-experian';

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
  test('answers 202 with its number, under which its result is found later', async () => {
    let status = 200;
    const reply = { status: (code: number) => (status = code) } as never;
    const by = { actor: OFFICER, correlationId: 'c-9' };
    const order = { connectorId: API_BUREAU, mode: 'paused', reason: 'slow' };
    const answer = (await api.part(CommandReplies).of(reply, by, 'connector-mode', order, -1)) as { command: string };
    expect([status, answer]).toEqual([202, { command: expect.any(String) }]);
    for (;;) {
      const { body } = await api.get(`/api/v1/commands/${answer.command}`).expect(200);
      if (body.state === 'waiting' || body.state === 'running') continue;
      expect(body).toMatchObject({ kind: 'connector-mode', state: 'done', result: { mode: 'paused' }, actor: OFFICER });
      expect(body).not.toHaveProperty('body');
      break;
    }
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

  test('are decided with one of two words', async () => {
    await api.post(`/api/v1/exchanges/${NOBODY}/decide`, { reason: 'x', decision: 'perhaps' }).expect(400);
    await api.post(`/api/v1/exchanges/${NOBODY}/decide`, { reason: 'x', decision: 'apply' }).expect(404);
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
