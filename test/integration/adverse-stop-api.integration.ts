import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { CommandDesk } from '@concord/core/commands/command-desk';
import { adverseOutputCheck } from '@concord/core/health/health-checks';
import { HealthController } from '@concord/core/health/health.controller';
import { API_OFFICE, OFFICER } from '../support/api-suite.js';
import { openTestApplication } from '../support/test-application.js';
import type { TestApplication } from '../support/test-application.js';

let application: TestApplication;

beforeAll(async () => {
  application = await openTestApplication();
});
afterAll(() => application.close());

const server = () => request(application.app.getHttpServer());

/** Turns the switch over HTTP, while the connectors carry out what is ordered. */
async function turn(body: object, office = API_OFFICE) {
  const desk = application.app.get(CommandDesk, { strict: false });
  const [process] = await application.database.asOwner<{ id: number }>(
    "insert into exchange.process (host, pid, started_at) values ('test', 1, now()) returning id",
  );
  let answered = false;
  const asked = server()
    .post(`/api/v1/jurisdictions/${office}/adverse-stop`)
    .set('x-concord-actor', OFFICER)
    .send(body)
    .then((response) => {
      answered = true;
      return response;
    });
  while (!answered) {
    await desk.takeNext(process!.id);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return asked;
}

const officeNow = async (): Promise<Record<string, unknown>> => {
  const { body } = await server().get('/api/v1/jurisdictions').expect(200);
  return (body as { id: string }[]).find(({ id }) => id === API_OFFICE)!;
};

test('the switch of a jurisdiction is turned and shown over HTTP', async () => {
  expect(await officeNow()).toMatchObject({ adverseStop: null });
  expect(await turn({ stopped: true, reason: 'the council asked for it' })).toMatchObject({
    status: 200,
    body: { stopped: true },
  });
  expect(await officeNow()).toMatchObject({
    adverseStop: { actor: OFFICER, reason: 'the council asked for it', since: expect.any(String) },
  });
  expect(await turn({ stopped: false, reason: 'it is settled' })).toMatchObject({ body: { stopped: false } });
  expect(await officeNow()).toMatchObject({ adverseStop: null });
});

test.each([
  ['no reason', { stopped: true }, API_OFFICE, 400, undefined],
  ['a blank one', { stopped: true, reason: ' ' }, API_OFFICE, 422, 'reason-missing'],
  ['neither on nor off', { stopped: 'yes', reason: 'why' }, API_OFFICE, 400, undefined],
  ['an office that there is not', { stopped: true, reason: 'why' }, 'us-tx-nowhere', 404, 'jurisdiction-unknown'],
])('is refused with %s', async (_, body, office, status, code) => {
  const response = await turn(body, office);
  expect([response.status, (response.body as { code?: string }).code]).toEqual([status, code]);
});

test.each([
  ['gateway', 'exchange_v1.adverse_stop'],
  ['connectors', 'exchange.adverse_stop'],
] as const)('is not forgotten by whoever watches the %s', async (tenant, stops) => {
  const health = new HealthController([adverseOutputCheck(application.database[tenant], stops)]);
  await turn({ stopped: true, reason: 'the council asked for it' });
  expect(await health.ready()).toMatchObject({
    ready: true,
    notices: [expect.stringMatching(`^only releases go out of ${API_OFFICE} since 20`)],
  });
  await turn({ stopped: false, reason: 'it is settled' });
  expect(await health.ready()).not.toHaveProperty('notices');
});
