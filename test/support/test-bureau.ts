import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartnerRecord } from '@concord/plugin-sdk';
import { readSettingsFile } from '@concord/plugin-sdk';
import metro2 from '@concord/plugin-metro2';
import { FolderArchive } from '@concord/core/archive/folder-archive';
import type { Connector } from '@concord/core/connectors/connector';
import { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import { loadPlugins } from '@concord/core/connectors/plugin-list';
import { rows } from '@concord/core/database/sql';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import type { CaseEvent } from '@concord/core/events/catalogue';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX } from '@concord/core/events/outboxes';
import { ExchangeEngine } from '@concord/core/exchanges/exchange-engine';
import { InboundRun } from '@concord/core/exchanges/in/inbound-run';
import { OutboundRun } from '@concord/core/exchanges/out/outbound-run';
import type { OutboundParts } from '@concord/core/exchanges/out/outbound-run';
import type { Checkpoint } from '@concord/core/platform/checkpoints';
import { PluginHost } from '@concord/core/plugin-host/pool';
import { CaseEventsController } from '@concord/core/positions/case-events.controller';
import { lookAtSubjects } from '@concord/core/positions/looks';
import { recompute } from '@concord/core/positions/recompute';
import { MemoryChannel } from './memory-channel.js';
import { rejectFile } from './reject-file.js';
import type { RejectFile } from './reject-file.js';
import { BUREAU, OFFICE, TODAY, asked } from './test-office.js';
import type { TestOffice } from './test-office.js';
import { testKeys } from './test-keys.js';

const REPOSITORY = join(import.meta.dirname, '../..');

/** A host for the plugins of the repository. Made once for a file of tests: a child process takes a moment to start. */
export function openTestHost(): PluginHost {
  return new PluginHost({ maxProcesses: 2, deadlineMs: 20_000, memoryLimitMb: 512, log: { warn: () => undefined } });
}

/** The connector of the test office as its file would propose it. */
export async function bureauEntry(changes: Record<string, unknown> = {}, withAnswers = true) {
  const { rejects, ...settings } = (await readSettingsFile(
    join(REPOSITORY, 'libs/plugins/metro2/example/settings.yaml'),
  )) as Record<string, unknown>;
  return {
    id: BUREAU,
    plugin: 'metro2',
    title: 'Test bureau',
    mode: 'on',
    settings: withAnswers ? { ...settings, rejects } : settings,
    channel: {
      kind: 'sftp',
      host: '127.0.0.1',
      hostKeys: ['SHA256:none'],
      username: 'test',
      password: { secret: 'test-bureau-password' },
      sendTo: '/inbox',
      collectFrom: '/outbox',
    },
    schedule: { every: 'month', on: 'last-business-day', at: '18:00' },
    ...changes,
  };
}

/** One position as the database has it. */
export interface PositionView {
  readonly id: string;
  readonly desired: string;
  readonly desiredMinor: number;
  readonly known: string;
  readonly knownMinor: number;
  readonly presumed: string;
  readonly inFlight: number;
  readonly outcome: string;
  readonly parked: string | null;
  readonly release: string | null;
  readonly releaseDueOn: string | null;
}

/** One record of an outgoing file. */
export interface RecordView {
  readonly sequence: number;
  readonly debtId: string;
  readonly reference: string;
  readonly state: string;
  readonly amountMinor: number;
  readonly status: string;
  readonly code: string | null;
  readonly reason: string | null;
}

/** A Metro 2 bureau of the test office, with its partner in memory, and every step of its work to be called by itself. */
export class TestBureau {
  /** What happens when an exchange passes a point: replaced by the tests that break in there. */
  onCheckpoint: (point: Checkpoint) => Promise<void> = () => Promise.resolve();
  private readonly relay: OutboxRelay;

  private constructor(
    readonly office: TestOffice,
    readonly host: PluginHost,
    readonly registry: ConnectorRegistry,
    private readonly archive: FolderArchive,
    private readonly folder: string,
    readonly channel: MemoryChannel,
  ) {
    const transport = new InProcessTransport();
    const controller = new CaseEventsController(office.database.connectors);
    void transport.subscribe('case-events', (events) => controller.mark(events as readonly CaseEvent[]));
    this.relay = new OutboxRelay(office.database.gateway, transport, CASES_OUTBOX);
  }

  /** Creates the connector that the office's jurisdiction proposes, and opens what its work needs. */
  static async open(office: TestOffice, host: PluginHost, channel = new MemoryChannel()): Promise<TestBureau> {
    const folder = await mkdtemp(join(tmpdir(), 'concord-archive-'));
    const plugins = await loadPlugins(host, join(REPOSITORY, 'config/plugins.yaml'));
    const { connectors } = office.database;
    const registry = new ConnectorRegistry(connectors, host, plugins, [office.jurisdiction], office.clock);
    await registry.propose();
    const archive = await FolderArchive.attach(folder, testKeys());
    return new TestBureau(office, host, registry, archive, folder, channel);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  connector(): Promise<Connector> {
    return this.registry.one(BUREAU);
  }

  /** The bureau's work as jobs carry it out. */
  engine(): ExchangeEngine {
    const parts = this.parts();
    const runs = [new OutboundRun(parts), new InboundRun(parts)] as const;
    return new ExchangeEngine(parts.exchange, this.registry, this.host, ...runs, this.office.clock);
  }

  async setMode(mode: Connector['mode']): Promise<void> {
    await rows(this.office.database.connectors, 'update exchange.connector set mode = $2 where id = $1', [
      BUREAU,
      mode,
    ]);
  }

  async refer(debtId: string, more: { capMinor?: number; expiresOn?: string } = {}): Promise<string> {
    const order = { debtId, act: 'report' as const, connectorId: BUREAU, capMinor: null, expiresOn: null, ...more };
    return (await this.office.commands.makeReferral(asked(), order)).referralId;
  }

  /** Hands on every event that waits. */
  publish(): Promise<number> {
    return this.relay.drain();
  }

  /** Events, then judgement. @returns how many subjects were judged */
  async judge(date = TODAY): Promise<number> {
    await this.publish();
    return recompute(this.office.database.connectors, this.host, await this.connector(), {
      asOf: date,
      bookedOn: date,
    });
  }

  async lookAtAll(): Promise<void> {
    const { connectors } = this.office.database;
    const found = await rows<{ subject_id: string }>(connectors, 'select subject_id from exchange.position');
    const subjects = found.map(({ subject_id }) => subject_id);
    await connectors.transaction((manager) => lookAtSubjects(manager, BUREAU, subjects));
  }

  /** What a run of a file needs, to be varied by tests that replace a part. */
  parts(): OutboundParts {
    const { database, cipher, clock } = this.office;
    return {
      exchange: database.connectors,
      host: this.host,
      archive: this.archive,
      cipher,
      clock,
      checkpoints: { reached: (point) => this.onCheckpoint(point) },
      openChannel: async () => this.channel,
    };
  }

  /** Sends the file of one cutoff, or goes on with it. @returns the exchange's id */
  async send(cutoffKey: string, businessDate = TODAY): Promise<string> {
    const order = { cutoffKey, first: false, businessDate, asOf: businessDate, correlationId: 'test' };
    const [id] = await new OutboundRun(this.parts()).run(await this.connector(), order);
    if (id === undefined) throw new Error(`no file was opened for ${cutoffKey}`);
    return id;
  }

  /** Leaves a file at the partner for us. */
  leave(name: string, bytes: Buffer): void {
    this.channel.files.set(`/outbox/${name}`, bytes);
  }

  /** Looks once at the partner's folder. @returns how many files there were */
  async collect(businessDate = TODAY): Promise<number> {
    return new InboundRun(this.parts()).run(await this.connector(), { businessDate, correlationId: 'test' });
  }

  /** The bureau answers one of our files: refuses some accounts, and takes the rest. */
  async answer(exchangeId: string, refused: RejectFile['refused'] = [], businessDate = TODAY): Promise<void> {
    const { fileName } = await this.exchange(exchangeId);
    const sent = await this.records(exchangeId);
    const accepted = sent.filter(({ status }) => ['delivered', 'superseded'].includes(status)).length - refused.length;
    this.leave(`${fileName}.rej`, rejectFile({ answers: fileName!, accepted, refused }));
    await this.collect(businessDate);
  }

  async exchange(id: string) {
    const [found] = await rows<{
      state: string;
      fileName: string | null;
      sequence: number | null;
      records: number;
      answerDueOn: string | null;
      failure: { step: string; message: string } | null;
    }>(
      this.office.database.connectors,
      `select state, file_name as "fileName", file_sequence as sequence, records, answer_due_on as "answerDueOn", failure
       from exchange.exchange where id = $1`,
      [id],
    );
    return found!;
  }

  records(exchangeId: string): Promise<RecordView[]> {
    return rows<RecordView>(
      this.office.database.connectors,
      `select r.sequence, p.subject_id as "debtId", r.reference, r.state, r.amount_minor as "amountMinor", r.status, r.code,
              r.reason
       from exchange.record r join exchange.position p on p.id = r.position_id where r.exchange_id = $1 order by r.sequence`,
      [exchangeId],
    );
  }

  /** The incoming files, the oldest first, with what became of their statements. */
  inbound() {
    return rows<{ id: string; state: string; name: string; failure: { message: string } | null; statuses: string[] }>(
      this.office.database.connectors,
      `select e.id, e.state, e.file_name as name, e.failure,
              array(select r.status from exchange.inbound_record r where r.exchange_id = e.id order by r.sequence) as statuses
       from exchange.exchange e where e.direction = 'in' order by e.started_at, e.file_name`,
    );
  }

  async position(debtId: string): Promise<PositionView> {
    const [found] = await rows<PositionView>(
      this.office.database.gateway,
      `select id, desired_state as desired, desired_amount_minor as "desiredMinor", known_state as known,
              known_amount_minor as "knownMinor", coalesce(presumed_state, 'absent') as presumed, in_flight as "inFlight",
              outcome, parked_reason as parked, release_rule as release, release_due_on as "releaseDueOn"
       from exchange_v1.position where subject_id = $1`,
      [debtId],
    );
    if (!found) throw new Error(`the bureau has no position for debt ${debtId}`);
    return found;
  }

  /** Why a debt does not pass, strictest first by rule. */
  async blocks(debtId: string): Promise<{ rule: string; outcome: string }[]> {
    return rows(
      this.office.database.gateway,
      'select rule, outcome from exchange_v1.block where subject_id = $1 and until is null order by rule, outcome',
      [debtId],
    );
  }

  /** The base records of the one file of this name that lies at the partner, as a bureau would read them. */
  async read(exchangeId: string): Promise<PartnerRecord[]> {
    const { fileName } = await this.exchange(exchangeId);
    const bytes = this.channel.files.get(`/inbox/${fileName}`);
    if (!bytes) throw new Error(`no ${fileName} lies at the partner`);
    const { settings } = (await this.connector()).body;
    const format = metro2.outbound[0]!.format(metro2.settings.parse(settings));
    const records: PartnerRecord[] = [];
    const once = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes;
    };
    for await (const item of format.decode(once(), { file: fileName!, date: TODAY })) {
      if (item.fault) throw new Error(JSON.stringify(item.fault));
      if (item.type === 'base') records.push(item.record);
    }
    return records;
  }
}

/** The jurisdiction's part that {@link TestBureau} needs, for `openTestOffice`. */
export async function withBureau(changes: Record<string, unknown> = {}, withAnswers = true) {
  return { id: OFFICE, connectors: [await bureauEntry(changes, withAnswers)] };
}
