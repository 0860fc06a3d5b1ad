import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderArchive } from '@concord/core/archive/folder-archive';
import type { Connector } from '@concord/core/connectors/connector';
import { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import type { ConnectorNotice } from '@concord/core/connectors/connector-registry';
import { surveyPlugins } from '@concord/core/connectors/plugin-list';
import { commandStatus, orderDay } from '@concord/core/day/day-command';
import { DayRun } from '@concord/core/day/day-run';
import { OnItsWay } from '@concord/core/day/on-its-way';
import type { CaseEvent } from '@concord/core/events/catalogue';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX } from '@concord/core/events/outboxes';
import { ExchangeEngine } from '@concord/core/exchanges/exchange-engine';
import { listExchanges } from '@concord/core/exchanges/exchange-reads';
import type { ExchangeView } from '@concord/core/exchanges/exchange-reads';
import { InboundRun } from '@concord/core/exchanges/in/inbound-run';
import { OutboundRun } from '@concord/core/exchanges/out/outbound-run';
import { engineTasks } from '@concord/core/jobs/engine-tasks';
import { JobQueue } from '@concord/core/jobs/job-queue';
import { openLog } from '@concord/core/platform/log';
import { PluginHost } from '@concord/core/plugin-host/pool';
import { LiveProcess } from '@concord/core/processes/live-process';
import { CaseEventsController } from '@concord/core/positions/case-events.controller';
import { debtRow } from '../intake-builder.js';
import { MemoryChannel } from '../memory-channel.js';
import { openTestDatabase } from '../test-database.js';
import type { TestDatabase } from '../test-database.js';
import { testKeys } from '../test-keys.js';
import { asked, OFFICE, openTestOffice, TODAY } from '../test-office.js';
import type { RegisteredDebt, TestOffice } from '../test-office.js';

const DEBTS = 3;
/** Short for a plugin, long for a process that starts on a busy machine. */
const DEADLINE_MS = 4_000;
export const MEMORY_LIMIT_MB = 160;
const NOT_TWICE_MS = 25;

/** One office whose connectors all work on the same day: each with its own fault, and one with none. */
export class OfficeWithBadPlugins {
  readonly channels = new Map<string, MemoryChannel>();
  private readonly engine: ExchangeEngine;

  private constructor(
    readonly database: TestDatabase,
    readonly host: PluginHost,
    private readonly office: TestOffice,
    private readonly registry: ConnectorRegistry,
    archive: FolderArchive,
    private readonly folder: string,
    /** What the start said about the connectors. */
    readonly notices: readonly ConnectorNotice[],
  ) {
    const { cipher, clock } = office;
    const parts = {
      exchange: database.connectors,
      host,
      archive,
      cipher,
      clock,
      checkpoints: { reached: () => Promise.resolve() },
      openChannel: async ({ id }: Connector) => this.channel(id),
    };
    const [outbound, inbound] = [new OutboundRun(parts), new InboundRun(parts)];
    this.engine = new ExchangeEngine(database.connectors, registry, host, outbound, inbound, clock);
  }

  /**
   * @param does what the plugin of each connector does, by the connector's id
   * @param list the file that names the plugins
   */
  static async open(
    does: Readonly<Record<string, { plugin: 'bad' | 'sound' | 'unloadable'; does: string }>>,
    list = 'plugins.yaml',
  ): Promise<OfficeWithBadPlugins> {
    const database = await openTestDatabase();
    const connectors = Object.entries(does).map(([id, { plugin, does }]) => connectorEntry(id, plugin, does));
    const office = await openTestOffice(database, { connectors });
    const host = new PluginHost({
      maxProcesses: 2,
      deadlineMs: DEADLINE_MS,
      jobMs: 3 * DEADLINE_MS,
      memoryLimitMb: MEMORY_LIMIT_MB,
      log: { warn: () => undefined },
    });
    const { loaded, unusable } = await surveyPlugins(host, join(import.meta.dirname, list));
    const { jurisdiction, clock } = office;
    const registry = new ConnectorRegistry(database.connectors, host, loaded, [jurisdiction], clock, unusable);
    const notices = await registry.propose();
    const folder = await mkdtemp(join(tmpdir(), 'concord-archive-'));
    const archive = await FolderArchive.attach(folder, testKeys());
    return new OfficeWithBadPlugins(database, host, office, registry, archive, folder, notices);
  }

  channel(connectorId: string): MemoryChannel {
    const channel = this.channels.get(connectorId) ?? new MemoryChannel();
    this.channels.set(connectorId, channel);
    return channel;
  }

  /** Registers debts and refers them to every connector. */
  async refer(connectorIds: readonly string[]): Promise<RegisteredDebt[]> {
    const debts: RegisteredDebt[] = [];
    for (let i = 0; i < DEBTS; i++) debts.push(await this.office.debt(debtRow()));
    for (const connectorId of connectorIds) {
      for (const { id } of debts) {
        const order = { debtId: id, act: 'report' as const, connectorId, capMinor: null, expiresOn: null };
        await this.office.commands.makeReferral(asked(), order);
      }
    }
    const transport = new InProcessTransport();
    const controller = new CaseEventsController(this.database.connectors);
    await transport.subscribe('case-events', (events) => controller.mark(events as readonly CaseEvent[]));
    await new OutboxRelay(this.database.gateway, transport, CASES_OUTBOX).drain();
    return debts;
  }

  /** Runs the office's day with a job queue as it is run in earnest, but with one attempt each. @returns its failures */
  async runDay(): Promise<string[]> {
    const { url, gateway, connectors, asOwner } = this.database;
    const { clock } = this.office;
    const log = openLog('silent', { write: () => undefined });
    const jobs = new JobQueue({ url, ownerUrl: url, concurrency: 2, log }, engineTasks(this.engine));
    const live = new LiveProcess(url, log);
    const processId = await live.register();
    await jobs.start(processId);
    let running = true;
    const notTwice = (async () => {
      while (running) {
        await asOwner('update graphile_worker._private_jobs set max_attempts = 1 where max_attempts > 1');
        await new Promise((resolve) => setTimeout(resolve, NOT_TWICE_MS));
      }
    })();
    try {
      const body = { date: TODAY, jurisdictions: [OFFICE], answerWaitMs: 0 };
      const id = await orderDay(gateway, body, { ...asked(), at: clock.now() });
      const onItsWay = new OnItsWay(connectors, new InProcessTransport());
      await new DayRun(connectors, this.registry, this.engine, jobs, onItsWay, clock).takeNext(processId);
      return ((await commandStatus(gateway, id)).failure ?? '').split('\n');
    } finally {
      running = false;
      await notTwice;
      await jobs.stop();
      await live.leave();
    }
  }

  /** A connector's exchanges as a person is shown them. */
  exchanges(connector: string): Promise<ExchangeView[]> {
    return listExchanges(this.database.gateway, { connector });
  }

  async close(): Promise<void> {
    this.host.close();
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function connectorEntry(id: string, plugin: string, does: string) {
  return {
    id,
    plugin,
    title: does,
    mode: 'on',
    settings: { does },
    channel: {
      kind: 'sftp',
      host: '127.0.0.1',
      hostKeys: ['SHA256:none'],
      username: 'test',
      password: { secret: 'unused' },
      sendTo: '/inbox',
      collectFrom: '/outbox',
    },
    schedule: { every: 'month', on: 'last-business-day', at: '18:00' },
  };
}
