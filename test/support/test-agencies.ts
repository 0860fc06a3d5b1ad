import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartnerRecord } from '@concord/plugin-sdk';
import { readSettingsFile } from '@concord/plugin-sdk';
import agencyAim from '@concord/plugin-agency-aim';
import { FolderArchive } from '@concord/core/archive/folder-archive';
import { TakeFindings } from '@concord/core/cases/findings/take-findings';
import type { Connector } from '@concord/core/connectors/connector';
import { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import { loadPlugins } from '@concord/core/connectors/plugin-list';
import { rows } from '@concord/core/database/sql';
import type { CaseEvent } from '@concord/core/events/catalogue';
import type { FindingsEvent } from '@concord/core/events/findings-event';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX, FINDINGS_OUTBOX } from '@concord/core/events/outboxes';
import { InboundRun } from '@concord/core/exchanges/in/inbound-run';
import { ExchangeEngine } from '@concord/core/exchanges/exchange-engine';
import { OutboundRun } from '@concord/core/exchanges/out/outbound-run';
import type { OutboundParts } from '@concord/core/exchanges/out/outbound-run';
import type { Checkpoint } from '@concord/core/platform/checkpoints';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { CaseEventsController } from '@concord/core/positions/case-events.controller';
import { recompute } from '@concord/core/positions/recompute';
import { MemoryChannel } from './memory-channel.js';
import { testKeys } from './test-keys.js';
import { OFFICE, TODAY, asked } from './test-office.js';
import type { TestOffice } from './test-office.js';

const REPOSITORY = join(import.meta.dirname, '../..');
export const HARBOR = `${OFFICE}-harbor`;
export const SUMMIT = `${OFFICE}-summit`;

const EXAMPLE = new URL('../../libs/plugins/agency-aim/example/settings.yaml', import.meta.url);

/** The jurisdiction's part with two agencies, for `openTestOffice`. */
export async function withAgencies(changes: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) {
  const example = (await readSettingsFile(EXAMPLE)) as Record<string, unknown>;
  return {
    id: OFFICE,
    connectors: [HARBOR, SUMMIT].map((id) => ({
      id,
      plugin: 'agency-aim',
      title: id,
      mode: 'on',
      settings: { ...example, ...settings },
      channel: {
        kind: 'sftp',
        host: '127.0.0.1',
        hostKeys: ['SHA256:none'],
        username: 'test',
        password: { secret: 'none' },
        sendTo: '/inbox',
        collectFrom: '/outbox',
      },
      schedule: { every: 'business-day', at: '18:00' },
      answerWithinBusinessDays: 2,
      ...changes,
    })),
  };
}

/** One record of a file that was sent. */
export interface SentRecord {
  readonly debtId: string;
  readonly state: string;
  readonly amountMinor: number;
  readonly status: string;
  readonly kind: string;
  readonly entry: { readonly kind: string; readonly effectMinor: number } | null;
}

/** What an agency should hold for one debt, and is known to. */
export interface PlacementView {
  readonly desired: string;
  readonly desiredMinor: number;
  readonly known: string;
  readonly knownMinor: number;
  readonly presumed: string;
  readonly parked: string | null;
  readonly release: string | null;
}

/** Two agencies of the test office, with the partners in memory, and every step of the work to be called by itself. */
export class TestAgencies {
  readonly channels: Record<string, MemoryChannel> = { [HARBOR]: new MemoryChannel(), [SUMMIT]: new MemoryChannel() };
  onCheckpoint: (point: Checkpoint) => Promise<void> = () => Promise.resolve();
  private readonly cases: OutboxRelay;
  private readonly findings: OutboxRelay;
  private files = 0;
  private held = false;

  private constructor(
    readonly office: TestOffice,
    readonly host: PluginHost,
    readonly registry: ConnectorRegistry,
    private readonly archive: FolderArchive,
    private readonly folder: string,
  ) {
    const { gateway, connectors } = office.database;
    const checkpoints = { reached: (point: Checkpoint) => this.onCheckpoint(point) };
    const positions = new CaseEventsController(connectors);
    const taking = new TakeFindings(gateway, [office.jurisdiction], checkpoints, office.clock);
    const toConnectors = new InProcessTransport();
    void toConnectors.subscribe('case-events', (events) => positions.mark(events as readonly CaseEvent[]));
    const toCases = new InProcessTransport();
    void toCases.subscribe('findings', async (events) => {
      for (const event of events as readonly FindingsEvent[]) await taking.take(event);
    });
    this.cases = new OutboxRelay(gateway, toConnectors, CASES_OUTBOX);
    this.findings = new OutboxRelay(connectors, toCases, FINDINGS_OUTBOX);
  }

  static async open(office: TestOffice, host: PluginHost): Promise<TestAgencies> {
    const folder = await mkdtemp(join(tmpdir(), 'concord-archive-'));
    const plugins = await loadPlugins(host, join(REPOSITORY, 'config/plugins.yaml'));
    const { connectors } = office.database;
    const registry = new ConnectorRegistry(connectors, host, plugins, [office.jurisdiction], office.clock);
    await registry.propose();
    const archive = await FolderArchive.attach(folder, testKeys());
    return new TestAgencies(office, host, registry, archive, folder);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  connector(id = HARBOR): Promise<Connector> {
    return this.registry.one(id);
  }

  async refer(debtId: string, connectorId = HARBOR): Promise<string> {
    const order = { debtId, act: 'place' as const, connectorId, capMinor: null, expiresOn: null };
    return (await this.office.commands.makeReferral(asked(), order)).referralId;
  }

  /** Keeps what agencies say from the cases until it is released. */
  holdFindings(): { release(): void } {
    this.held = true;
    return { release: () => (this.held = false) };
  }

  /** Findings to the cases, changes of cases to the connectors, until nothing is on its way. */
  async publish(): Promise<void> {
    if (!this.held) await this.findings.drain();
    await this.cases.drain();
  }

  /** Events both ways, then judgement. */
  async judge(id = HARBOR, date = TODAY): Promise<number> {
    await this.publish();
    return recompute(this.office.database.connectors, this.host, await this.connector(id), {
      asOf: date,
      bookedOn: date,
    });
  }

  parts(id: string): OutboundParts {
    const { database, cipher, clock } = this.office;
    return {
      exchange: database.connectors,
      host: this.host,
      archive: this.archive,
      cipher,
      clock,
      checkpoints: { reached: (point) => this.onCheckpoint(point) },
      openChannel: async () => this.channels[id]!,
    };
  }

  /** The work of one agency as jobs carry it out. */
  engine(id = HARBOR): ExchangeEngine {
    const { database, clock } = this.office;
    const parts = this.parts(id);
    const runs = [new OutboundRun(parts), new InboundRun(parts)] as const;
    return new ExchangeEngine(database.connectors, this.registry, this.host, ...runs, clock);
  }

  async setMode(mode: Connector['mode'], id = HARBOR): Promise<void> {
    await rows(this.office.database.connectors, 'update exchange.connector set mode = $2 where id = $1', [id, mode]);
  }

  /** Sends the files of one cutoff, or goes on with them. @returns the records that went out, by kind of file */
  async send(cutoffKey: string, id = HARBOR, date = TODAY): Promise<SentRecord[]> {
    const order = { cutoffKey, first: false, businessDate: date, asOf: date, correlationId: 'test' };
    const ids = await new OutboundRun(this.parts(id)).run(await this.connector(id), order);
    return rows<SentRecord>(
      this.office.database.connectors,
      `select p.subject_id as "debtId", r.state, r.amount_minor as "amountMinor", r.status, e.kind, r.entry
       from exchange.record r join exchange.position p on p.id = r.position_id join exchange.exchange e on e.id = r.exchange_id
       where r.exchange_id = any($1) and r.status <> 'dropped'
       order by array_position($1::uuid[], r.exchange_id), r.sequence`,
      [ids],
    );
  }

  /** Judges, then sends. */
  async cutoff(cutoffKey: string, id = HARBOR, date = TODAY): Promise<SentRecord[]> {
    await this.judge(id, date);
    return this.send(cutoffKey, id, date);
  }

  /** The agency leaves a file of its own and we collect it: what it says has had its effect when this returns. */
  async says(kind: string, records: readonly PartnerRecord[], id = HARBOR, date = TODAY, name?: string): Promise<void> {
    const file = agencyAim.inbound.find((each) => each.kind === kind)!;
    const settings = agencyAim.settings.parse((await this.connector(id)).body.settings);
    const chunks: Uint8Array[] = [];
    const format = file.format(settings).encode(records, { file: kind, date }, (fault) => {
      throw new Error(JSON.stringify(fault));
    });
    for await (const chunk of format) chunks.push(chunk);
    this.files += 1;
    const given = name ?? file.match(settings).replace('*', String(this.files).padStart(6, '0'));
    this.channels[id]!.files.set(`/outbox/${given}`, Buffer.concat(chunks));
    await this.collect(id, date);
  }

  async collect(id = HARBOR, date = TODAY): Promise<void> {
    await new InboundRun(this.parts(id)).run(await this.connector(id), { businessDate: date, correlationId: 'test' });
    await this.publish();
  }

  /** The agency acknowledges debts as they were placed. */
  async acknowledges(debts: readonly { number: string; sourceReference: string; balanceMinor: number }[], id = HARBOR) {
    await this.says(
      'acknowledgements',
      debts.map((debt) => ({
        recordType: 'AACK',
        fileNumber: fileNumber(debt),
        account: debt.sourceReference,
        originalBalance: debt.balanceMinor,
        receivedDate: TODAY,
        currentBalance: debt.balanceMinor,
      })),
      id,
    );
  }

  async placement(debtId: string, id = HARBOR): Promise<PlacementView> {
    const [found] = await rows<PlacementView>(
      this.office.database.gateway,
      `select desired_state as desired, desired_amount_minor as "desiredMinor", known_state as known,
              known_amount_minor as "knownMinor", coalesce(presumed_state, 'absent') as presumed, parked_reason as parked,
              release_rule as release
       from exchange_v1.position where subject_id = $1 and connector_id = $2`,
      [debtId, id],
    );
    if (!found) throw new Error(`${id} has no position for debt ${debtId}`);
    return found;
  }

  /** What waits in suspense or was settled there, in the order of the files. */
  suspense(): Promise<SuspenseRow[]> {
    return rows<SuspenseRow>(
      this.office.database.gateway,
      `select id, kind, code, state, reference, natural_key as key, amount_minor as "amountMinor", currency,
              debt_id as "debtId", sequence from cases.suspense order by booked_on, natural_key`,
    );
  }

  /** What was put before a person. */
  proposals(): Promise<ProposalRow[]> {
    return rows<ProposalRow>(
      this.office.database.gateway,
      `select id, kind, state, reference, debt_id as "debtId", details, connector_id as "connectorId"
       from cases.proposal order by raised_on, kind, reference`,
    );
  }

  /** The stops of a case, as the cases have them. */
  stops(
    caseId: string,
  ): Promise<{ kind: string; scope: string; subjectId: string; startsOn: string; details: object }[]> {
    return rows(
      this.office.database.gateway,
      `select kind, scope, subject_id as "subjectId", starts_on as "startsOn", details from cases.stop
       where case_id = $1 order by kind, recorded_at`,
      [caseId],
    );
  }

  async balance(debtId: string): Promise<number> {
    const [sum] = await rows<{ minor: number }>(
      this.office.database.gateway,
      'select coalesce(sum(effect_minor), 0) as minor from cases.ledger_entry where debt_id = $1',
      [debtId],
    );
    return sum!.minor;
  }
}

export interface SuspenseRow {
  readonly id: string;
  readonly kind: string;
  readonly code: string;
  readonly state: string;
  readonly reference: string;
  readonly key: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly debtId: string | null;
  readonly sequence: number;
}

export interface ProposalRow {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly reference: string;
  readonly debtId: string | null;
  readonly details: Record<string, unknown>;
  readonly connectorId: string;
}

/** How a debt is named in the files between an office and its agency. */
export interface NamedDebt {
  readonly number: string;
  readonly sourceReference: string;
}

/** A payment of cents that an agency took (`PA`) or takes back (`PAR`), and what it kept of it. */
export function paymentRecord(
  debt: NamedDebt,
  identifier: string,
  amount: number,
  { type = 'PA', commission = 0, on = TODAY }: { type?: 'PA' | 'PAR'; commission?: number; on?: string } = {},
): PartnerRecord {
  return {
    recordType: 'APAY',
    fileNumber: fileNumber(debt),
    account: debt.sourceReference,
    paymentAmount: amount,
    paymentDate: on,
    type,
    paymentIdentifier: identifier,
    bucket2: commission,
  };
}

/** A status of an agency, about one of the debtors. */
export function statusRecord(
  debt: NamedDebt,
  statusCode: string,
  note = '',
  debtorNumber = '000000001',
): PartnerRecord {
  return {
    recordType: 'ASTS',
    debtorNumber,
    fileNumber: fileNumber(debt),
    statusCode,
    noteDate: TODAY,
    ...(note === '' ? {} : { note }),
  };
}

/** An account of a reconciliation, with the balance in cents that the agency has. */
export function balanceRecord(debt: NamedDebt, balance: number): PartnerRecord {
  return {
    recordType: 'AREC',
    fileNumber: fileNumber(debt),
    account: debt.sourceReference,
    originalBalance: Math.abs(balance),
    receivedDate: TODAY,
    currentBalance: balance,
  };
}

/** How an agency names a debt. */
export function fileNumber({ number }: { readonly number: string }): string {
  return number.padStart(9, '0');
}
