import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { listAlerts } from '@concord/core/alerts/alert-reads';
import { clearAlerts, raiseAlert } from '@concord/core/alerts/alerts';
import { EmailWay } from '@concord/core/alerts/notices/email';
import type { Notice, NoticeWay } from '@concord/core/alerts/notices/notice';
import { Notices } from '@concord/core/alerts/notices/notices';
import { WebhookWay } from '@concord/core/alerts/notices/webhook';
import { PartnerReach } from '@concord/core/alerts/partner-reach';
import { Watch } from '@concord/core/alerts/watch/watch';
import { ChannelError } from '@concord/core/channels/file-channel';
import { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import { rows } from '@concord/core/database/sql';
import { engineTasks } from '@concord/core/jobs/engine-tasks';
import { openLog } from '@concord/core/platform/log';
import { BureauSuite } from '../support/bureau-suite.js';
import { BUREAU, OFFICE, TODAY } from '../support/test-office.js';

const suite = new BureauSuite();
const SILENT = openLog('silent', { write: () => undefined });
const SECRET = 'the secret of the test';
const HOST = '127.0.0.1:22';

const standing = () => listAlerts(suite.database.gateway, { standing: true });

function reach(): PartnerReach {
  return new PartnerReach(suite.database.connectors, suite.office.clock);
}

/** The tasks of a bureau whose engine does what a test says. */
function tasks(work: () => Promise<void>, log = SILENT) {
  return engineTasks({ judge: work, send: work, collect: work, runNow: work, goOn: work }, reach(), log);
}

const order = (connectorId = BUREAU, correlationId = 'test') => ({ connectorId, businessDate: TODAY, correlationId });
const fails =
  (kind: ChannelError['kind'], step: ChannelError['step'] = 'connect') =>
  () =>
    Promise.reject(new ChannelError(kind, step, 'connection refused'));
const succeeds = () => Promise.resolve();

/** A second connector of the office, for the same host or another. */
async function secondConnector(id: string, host: string): Promise<void> {
  await suite.database.asOwner(
    `insert into exchange.connector select $1, jurisdiction_id, plugin_id, family, act, update_kind, $1, mode, 1, created_at,
       adopts, adopted_on from exchange.connector where id = $2`,
    [id, BUREAU],
  );
  await suite.database.asOwner(
    `insert into exchange.connector_settings
     select $1, 1, $1, jsonb_set(body, '{channel,host}', to_jsonb($3::text)), actor, created_at
     from exchange.connector_settings where connector_id = $2`,
    [id, BUREAU, host],
  );
}

describe('A partner that is down', () => {
  test('is one alert, however often it is tried, and is over when the work succeeds', async () => {
    const { send, collect } = tasks(fails('retry'));
    await expect(send(order())).rejects.toThrow('connection refused');
    await expect(send(order())).rejects.toThrow();
    await expect(collect(order())).rejects.toThrow();
    expect(await standing()).toEqual([
      expect.objectContaining({ cause: 'partner-down', partner: HOST, times: 3, cleared: null }),
    ]);
    await tasks(succeeds).send(order());
    expect(await standing()).toHaveLength(1);
    await tasks(succeeds).collect(order());
    expect(await standing()).toEqual([]);
    expect(await listAlerts(suite.database.gateway, {})).toHaveLength(1);
  });

  test('is one alert for all connectors that share its host, until the last of them gets through', async () => {
    await secondConnector('other', '127.0.0.1');
    await secondConnector('elsewhere', 'sftp.example.org');
    const { collect } = tasks(fails('retry'));
    await Promise.allSettled(['other', BUREAU, 'elsewhere'].map((id) => collect(order(id))));
    const alerts = await standing();
    expect(alerts.map(({ partner }) => partner)).toEqual([HOST, 'sftp.example.org:22']);
    expect(alerts[0]!.details).toMatchObject({ connectors: [BUREAU, 'other'].sort() });
    expect(await listAlerts(suite.database.gateway, { connector: 'other', standing: true })).toHaveLength(1);
    await tasks(succeeds).collect(order());
    const [left] = await standing();
    expect(left).toMatchObject({ partner: HOST, details: { connectors: ['other'] } });
    expect(left!.message).not.toContain(BUREAU);
    await tasks(succeeds).collect(order('other'));
    expect((await standing()).map(({ partner }) => partner)).toEqual(['sftp.example.org:22']);
  });

  test('is one that does not let us in, and not one that refuses a file', async () => {
    await expect(tasks(fails('refused', 'rename')).send(order())).rejects.toThrow();
    await expect(tasks(() => Promise.reject(new Error('a bug'))).send(order())).rejects.toThrow();
    expect(await standing()).toEqual([]);
    await expect(tasks(fails('refused', 'connect')).send(order())).rejects.toThrow();
    expect(await standing()).toHaveLength(1);
  });

  test('is forgotten with a connector that does no work any more', async () => {
    await expect(tasks(fails('unknown', 'rename')).send(order())).rejects.toThrow();
    await watch().look();
    expect(await standing()).toHaveLength(1);
    await suite.bureau.setMode('off');
    await watch().look();
    expect(await standing()).toEqual([]);
  });
});

test('what a job logs names what asked for it', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = openLog('debug', { write: (line: string) => void lines.push(JSON.parse(line)) });
  await expect(tasks(fails('retry'), log).collect(order(BUREAU, 'request-7'))).rejects.toThrow();
  await tasks(succeeds, log).judge(order(BUREAU, 'request-8'));
  expect(lines).toEqual([
    expect.objectContaining({ correlationId: 'request-7', job: 'collect', connectorId: BUREAU, level: 40 }),
    expect.objectContaining({ correlationId: 'request-8', job: 'judge', connectorId: BUREAU }),
  ]);
});

function watch(): Watch {
  return new Watch(suite.database.connectors, suite.bureau.registry, reach(), suite.office.clock);
}

describe('A release', () => {
  test('past its deadline is alerted with its count and the oldest, until the partner has confirmed it', async () => {
    const debts = await suite.standing({}, {});
    for (const debt of debts) await suite.stop(debt, 'insolvency', { chapter: '7', filedOn: TODAY });
    await suite.bureau.judge();
    const [duty] = await suite.database.asOwner<{ n: string; due: string }>(
      'select count(*) as n, min(due_on)::text as due from exchange.release_duty where done_on is null',
    );
    expect(Number(duty!.n)).toBe(2);
    await watch().look(duty!.due);
    expect(await standing()).toEqual([]);
    await watch().look('2026-04-20');
    await watch().look('2026-04-20');
    expect(await standing()).toEqual([
      expect.objectContaining({
        cause: 'release-overdue',
        connector: BUREAU,
        partner: 'Test bureau',
        times: 2,
        details: expect.objectContaining({ count: 2, oldestDueOn: duty!.due }),
      }),
    ]);
    await suite.database.asOwner('update exchange.release_duty set done_on = $1 where done_on is null', [TODAY]);
    await watch().look('2026-04-20');
    expect(await standing()).toEqual([]);
  });
});

test('a plugin that is missing is alerted, and over when it is back', async () => {
  const { database, office } = suite;
  const unusable = [{ named: '@concord/plugin-metro2', reason: 'it is not installed' }];
  const registry = new ConnectorRegistry(
    database.connectors,
    suite.host,
    [],
    [office.jurisdiction],
    office.clock,
    unusable,
  );
  await new Watch(database.connectors, registry, reach(), office.clock).look();
  const [alert] = await standing();
  expect(alert).toMatchObject({ cause: 'plugin-unusable', connector: BUREAU });
  expect(alert!.message).toContain('it is not installed');
  await watch().look();
  expect(await standing()).toEqual([]);
});

describe('A file of a host system', () => {
  const hostFile = async (name: string, state: string, at: Date, definition = 'picture'): Promise<void> => {
    await suite.database.asOwner(
      `insert into cases.host_file (id, jurisdiction_id, system_id, definition, kind, picture, file_name, content_hash, state,
         actor, received_at, progressed_at)
       values (gen_random_uuid(), $1, 'water', $2, 'debts', 'full', $3, $3, $4, 'tester', $5, $5)`,
      [OFFICE, definition, name, state, at],
    );
  };
  const told = async () => (await standing()).map(({ cause, about, message }) => [cause, about, message]);
  const ago = (minutes: number) => new Date(suite.office.clock.now().getTime() - minutes * 60_000);

  test('is alerted while it waits for a person, one alert for each kind of file', async () => {
    await hostFile('monday.csv', 'held', ago(20));
    await hostFile('tuesday.csv', 'held', ago(10));
    await hostFile('other.csv', 'held', ago(10), 'changes');
    await watch().look();
    expect(await told()).toEqual([
      ['host-file-held', 'water/changes', expect.stringMatching(/^A file of water\/changes waits .*: other\.csv\.$/)],
      ['host-file-held', 'water/picture', expect.stringMatching(/^2 files .*: monday\.csv, tuesday\.csv\.$/)],
    ]);
    await suite.database.asOwner(`update cases.host_file set state = 'dismissed' where file_name <> 'tuesday.csv'`);
    await watch().look();
    expect(await told()).toMatchObject([['host-file-held', 'water/picture', expect.stringMatching(/tuesday\.csv/)]]);
  });

  test('that was refused is alerted until a later one of its kind is applied', async () => {
    await hostFile('before.csv', 'applied', ago(30));
    await hostFile('wrong.csv', 'refused', ago(20));
    await watch().look();
    expect(await told()).toMatchObject([['host-file-refused', 'water/picture', expect.stringMatching(/wrong\.csv/)]]);
    await hostFile('other.csv', 'applied', ago(10), 'changes');
    await watch().look();
    expect(await told()).toHaveLength(1);
    await hostFile('right.csv', 'applied', ago(10));
    await watch().look();
    expect(await told()).toEqual([]);
  });

  test.each(['reading', 'applying'])('that stands still is alerted when it is %s', async (state) => {
    await hostFile('now.csv', state, ago(5));
    await watch().look();
    expect(await told()).toEqual([]);
    await suite.database.asOwner(`update cases.host_file set progressed_at = $1`, [ago(31)]);
    await watch().look();
    expect(await told()).toMatchObject([['host-file-stopped', 'water/picture', expect.stringMatching(/now\.csv/)]]);
  });
});

/** Raises an alert of the bureau as its work would. */
async function raise(about: string, cause: 'exchange-held' | 'exchange-failed' = 'exchange-held'): Promise<void> {
  const alert = { jurisdictionId: OFFICE, connectorId: BUREAU, cause, about, message: `${about} waits for a person.` };
  await raiseAlert(suite.database.connectors, alert, suite.office.clock.now());
}

async function over(about: string): Promise<void> {
  const of = { connectorId: BUREAU, cause: 'exchange-held' as const, about };
  await clearAlerts(suite.database.connectors, of, suite.office.clock.now());
}

/** A way that keeps what it is given, or fails as often as a test says. */
class KeptWay implements NoticeWay {
  readonly sent: Notice[] = [];
  failures = 0;

  constructor(readonly name: NoticeWay['name'] = 'webhook') {}

  send(notice: Notice): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(new Error('out of order'));
    }
    this.sent.push(notice);
    return Promise.resolve();
  }
}

describe('People are told', () => {
  const notices = (...ways: NoticeWay[]) => new Notices(suite.database.connectors, ways, suite.office.clock, SILENT);
  const clock = (time: string) => suite.office.clock.set(`${TODAY}T${time}Z`);
  const drain = async (of: Notices): Promise<void> => {
    while (await of.turn());
  };

  test('once of what is raised within a minute for one partner and cause, and once when it is over', async () => {
    const way = new KeptWay();
    clock('15:00:00');
    await raise('one');
    await raise('one');
    await raise('failed', 'exchange-failed');
    clock('15:00:50');
    await raise('two');
    await drain(notices(way));
    expect(way.sent).toEqual([]);
    clock('15:01:00');
    await drain(notices(way));
    await drain(notices(way));
    expect(way.sent.map(({ event, cause, count }) => [event, cause, count])).toEqual([
      ['raised', 'exchange-failed', 1],
      ['raised', 'exchange-held', 2],
    ]);
    expect(way.sent[1]).toMatchObject({ partner: 'Test bureau', connector: BUREAU, jurisdiction: OFFICE });
    expect(way.sent[1]!.alerts.map(({ about }) => about)).toEqual(['one', 'two']);
    await over('one');
    clock('15:02:00');
    await drain(notices(way));
    expect(way.sent.slice(2)).toEqual([
      expect.objectContaining({
        event: 'cleared',
        alerts: [expect.objectContaining({ about: 'one', cleared: `${TODAY}T15:01:00.000Z` })],
      }),
    ]);
  });

  test('not of what was over before anybody was told', async () => {
    const way = new KeptWay();
    await raise('one');
    await over('one');
    clock('16:00:00');
    await drain(notices(way));
    expect(way.sent).toEqual([]);
  });

  test('on every way, and again on the one that failed, later and later, with the same id', async () => {
    const [good, bad] = [new KeptWay('webhook'), new KeptWay('email')];
    bad.failures = 2;
    clock('15:00:00');
    await raise('one');
    clock('15:01:00');
    await drain(notices(good, bad));
    await over('one');
    clock('15:01:59');
    await drain(notices(good, bad));
    expect([good.sent.length, bad.failures]).toEqual([1, 1]);
    clock('15:02:00');
    await drain(notices(good, bad));
    expect([good.sent.length, bad.failures]).toEqual([2, 0]);
    const [kept] = await rows<{ failure: string; attempts: number }>(
      suite.database.connectors,
      `select failure, attempts from exchange.alert_notice where way = 'email' and event = 'raised'`,
    );
    expect(kept).toEqual({ failure: 'out of order', attempts: 2 });
    // Its end is told after its beginning, whatever is due first.
    clock('15:03:59');
    await drain(notices(good, bad));
    expect(bad.sent).toEqual([]);
    clock('15:04:00');
    await drain(notices(good, bad));
    expect(bad.sent.map(({ event }) => event)).toEqual(['raised', 'cleared']);
  });

  test('by one of two processes', async () => {
    const way = new KeptWay();
    for (let each = 0; each < 20; each += 1) await raise(`file ${each}`);
    clock('16:00:00');
    // All of them have looked before the first one can note what it took.
    await suite.database.asOwner('begin');
    await suite.database.asOwner('select 1 from exchange.alert for update');
    const draining = Promise.all([drain(notices(way)), drain(notices(way)), drain(notices(way))]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await suite.database.asOwner('rollback');
    await draining;
    expect(way.sent.map(({ count }) => count)).toEqual([20]);
  });

  test('again when a process dies while it tells them', async () => {
    const way = new KeptWay();
    await raise('one');
    clock('16:00:00');
    const dies: NoticeWay = { name: 'webhook', send: () => new Promise(() => undefined) };
    void notices(dies).turn();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await drain(notices(way));
    expect(way.sent).toEqual([]);
    clock('16:05:00');
    await drain(notices(way));
    expect(way.sent).toHaveLength(1);
  });

  test('at once when the process ends', async () => {
    const way = new KeptWay();
    await raise('one');
    await notices(way).sayFarewell();
    expect(way.sent).toHaveLength(1);
  });
});

const NOTICE: Notice = {
  id: '11111111-1111-4111-8111-111111111111',
  event: 'raised',
  cause: 'exchange-held',
  jurisdiction: OFFICE,
  connector: BUREAU,
  partner: 'Agence « Été »\r\nBcc: stranger@example.org',
  count: 2,
  alerts: [
    { id: 'a', about: 'x', message: 'A file waits for a person.', since: '2026-03-16T15:00:00.000Z', cleared: null },
  ],
};
const AT = new Date('2026-03-16T15:01:00Z');

describe('The ways', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** A server of the test that answers with a status, and what it was sent. */
  async function receiver(status: number, headers: Record<string, string> = {}) {
    const received: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(status, headers).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
  }

  test('a webhook gets the message as JSON, signed with its age', async () => {
    const { received, url } = await receiver(204);
    await new WebhookWay({ url, secret: SECRET }).send(NOTICE, AT);
    const [{ headers, body }] = received as [(typeof received)[number]];
    expect(JSON.parse(body)).toEqual(NOTICE);
    const timestamp = String(AT.getTime() / 1000);
    const signature = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-concord-notice': NOTICE.id,
      'x-concord-timestamp': timestamp,
      'x-concord-signature': `sha256=${signature}`,
    });
  });

  test('a webhook that refuses, or sends us elsewhere, has not taken the message', async () => {
    const elsewhere = await receiver(204);
    const moved = await receiver(307, { location: elsewhere.url });
    const broken = await receiver(500);
    await expect(new WebhookWay({ url: broken.url, secret: null }).send(NOTICE, AT)).rejects.toThrow('status 500');
    await expect(new WebhookWay({ url: moved.url, secret: null }).send(NOTICE, AT)).rejects.toThrow();
    expect(elsewhere.received).toEqual([]);
    expect(broken.received[0]!.headers).not.toHaveProperty('x-concord-signature');
  });

  /** A mail server of the test, and the mails that it took. */
  async function mailServer(refuses = false) {
    const mails: { to: string[]; text: string }[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, callback) => callback(refuses ? new Error('no such mailbox') : null),
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          mails.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            text: Buffer.concat(chunks).toString(),
          });
          callback();
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    closers.push(() => new Promise((resolve) => server.close(() => resolve(undefined))));
    return { mails, smtpUrl: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
  }

  test('an e-mail says what is wrong and where, to those who were named and to nobody else', async () => {
    const { mails, smtpUrl } = await mailServer();
    const to = ['clerk@example.org', 'head@example.org'];
    await new EmailWay({ to, from: 'concord@example.org', smtpUrl }).send(NOTICE, AT);
    expect(mails).toHaveLength(1);
    const { to: recipients, text } = mails[0]!;
    expect(recipients).toEqual(to);
    const [head, ...body] = text.split('\r\n\r\n');
    expect(head).toContain(`Message-ID: <${NOTICE.id}@example.org>`);
    expect(head).not.toMatch(/^Bcc:/im);
    expect(head).toMatch(/^Subject: .*Concord/m);
    expect(body.join()).toContain('A file waits for a person.');
    expect(body.join()).toContain('and 1 more');
  });

  test('a mail server that refuses, or is not there, has not taken the message', async () => {
    const { mails, smtpUrl } = await mailServer(true);
    const settings = { to: ['clerk@example.org'], from: 'concord@example.org', smtpUrl };
    await expect(new EmailWay(settings).send(NOTICE, AT)).rejects.toThrow();
    await expect(new EmailWay({ ...settings, smtpUrl: 'smtp://127.0.0.1:1' }).send(NOTICE, AT)).rejects.toThrow();
    expect(mails).toEqual([]);
  });
});
