import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Caution } from '@concord/plugin-sdk';
import { jurisdictionCalendar } from '../configuration/jurisdiction-calendar.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import type { SettingsCheck } from '../plugin-host/jobs.js';
import type { PluginHost } from '../plugin-host/pool.js';
import { lookAtReferrals } from '../positions/looks.js';
import type { Connector } from './connector.js';
import type { ConnectorBody, ConnectorEntry } from './connector-entry.js';
import type { LoadedPlugin } from './plugin-list.js';

/** What a start has to say about one connector. */
export interface ConnectorNotice {
  readonly connectorId: string;
  /** `drift`: the file proposes something else than the database holds. Nothing is overwritten. */
  readonly kind: 'created' | 'drift' | 'caution';
  readonly message: string;
}

interface ConnectorRow {
  readonly id: string;
  readonly jurisdiction_id: string;
  readonly plugin_id: string;
  readonly family: string;
  readonly title: string;
  readonly mode: Connector['mode'];
  readonly settings_version: number;
  readonly body: ConnectorBody;
  readonly adopts: boolean;
  readonly adopted_on: string | null;
}

/** The connectors of the database, brought together with their plugins and calendars. */
export class ConnectorRegistry {
  /** What each version of a connector's settings came to: versions never change. */
  private readonly checked = new Map<string, SettingsCheck & { ok: true }>();

  constructor(
    private readonly exchange: DataSource,
    private readonly host: PluginHost,
    private readonly plugins: readonly LoadedPlugin[],
    private readonly jurisdictions: readonly Jurisdiction[],
    private readonly clock: Clock,
  ) {}

  /**
   * Creates the connectors that the files propose and the database does not have, and says what differs.
   *
   * @throws Refusal naming the connector whose plugin or settings can't be used
   */
  async propose(): Promise<ConnectorNotice[]> {
    const notices: ConnectorNotice[] = [];
    for (const jurisdiction of this.jurisdictions) {
      for (const entry of jurisdiction.connectors) {
        const plugin = this.pluginOf(entry.id, entry.plugin);
        const check = await this.check(entry.id, plugin, entry);
        const created = await this.exchange.transaction((manager) =>
          this.create(manager, jurisdiction.id, entry, plugin),
        );
        if (created) notices.push({ connectorId: entry.id, kind: 'created', message: `created, ${entry.mode}` });
        else notices.push(...(await this.drift(entry)));
        notices.push(
          ...check.cautions.map(({ message }) => ({ connectorId: entry.id, kind: 'caution' as const, message })),
        );
      }
    }
    return notices;
  }

  /** Connectors of one jurisdiction or all, ordered by id, `off` ones left out. */
  async active(jurisdictionId?: string): Promise<Connector[]> {
    return Promise.all((await this.enabled(jurisdictionId ?? null, null)).map((row) => this.assemble(row)));
  }

  /** @throws Refusal `connector-unknown`, or naming what its plugin, settings or jurisdiction lack */
  async one(id: string): Promise<Connector> {
    const [row] = await this.enabled(null, id);
    if (!row) throw new Refusal('connector-unknown', `no connector ${id} is enabled`);
    return this.assemble(row);
  }

  private enabled(jurisdictionId: string | null, id: string | null): Promise<ConnectorRow[]> {
    return rows<ConnectorRow>(
      this.exchange,
      `select c.id, c.jurisdiction_id, c.plugin_id, c.family, c.title, c.mode, c.settings_version, c.adopts, c.adopted_on, s.body
       from exchange.connector c
       join exchange.connector_settings s on s.connector_id = c.id and s.version = c.settings_version
       where c.mode <> 'off' and ($1::text is null or c.jurisdiction_id = $1) and ($2::text is null or c.id = $2)
       order by c.id`,
      [jurisdictionId, id],
    );
  }

  /** @throws Refusal when the settings' own restrictions forbid the host that they are used with */
  async cautionsOf(connector: Connector): Promise<readonly Caution[]> {
    const plugin = this.pluginOf(connector.id, connector.pluginId);
    return (await this.checkVersion(connector.id, connector.settingsVersion, plugin, connector.body)).cautions;
  }

  private async assemble(row: ConnectorRow): Promise<Connector> {
    const plugin = this.pluginOf(row.id, row.plugin_id);
    const { description } = plugin;
    const jurisdiction = this.jurisdictions.find(({ id }) => id === row.jurisdiction_id);
    if (!jurisdiction)
      throw new Refusal('configuration', `connector ${row.id}: no file describes ${row.jurisdiction_id}`);
    if (!description.act || !description.update || description.outboundKinds.length === 0) {
      throw new Refusal('configuration', `connector ${row.id}: plugin ${description.id} keeps no positions`);
    }
    const check = await this.checkVersion(row.id, row.settings_version, plugin, row.body);
    return {
      id: row.id,
      jurisdictionId: row.jurisdiction_id,
      pluginId: row.plugin_id,
      pluginSource: plugin.source,
      family: row.family,
      title: row.title,
      mode: row.mode,
      settingsVersion: row.settings_version,
      body: row.body,
      act: description.act,
      update: description.update,
      states: description.states,
      outbound: description.outboundKinds.map(({ kind, carries, confirm }) => ({
        kind,
        carries,
        confirm: confirm ?? check.confirm ?? 'delivery',
      })),
      inbound: check.inbound,
      awaitsAdoption: row.adopts && row.adopted_on === null,
      calendar: jurisdictionCalendar(jurisdiction, this.clock),
      timeZone: row.body.timeZone ?? jurisdiction.timeZone,
    };
  }

  private pluginOf(connectorId: string, pluginId: string): LoadedPlugin {
    const plugin = this.plugins.find(({ description }) => description.id === pluginId);
    if (!plugin) throw new Refusal('plugin-unknown', `connector ${connectorId}: no plugin ${pluginId} is in the list`);
    return plugin;
  }

  private async checkVersion(id: string, version: number, plugin: LoadedPlugin, body: ConnectorBody) {
    const key = `${id} ${version}`;
    const known = this.checked.get(key);
    if (known) return known;
    const check = await this.check(id, plugin, body);
    this.checked.set(key, check);
    return check;
  }

  private async check(id: string, plugin: LoadedPlugin, body: Pick<ConnectorBody, 'settings'>) {
    const check = await this.host.checkSettings(plugin.source, body.settings);
    if (check.ok) return check;
    const [fault] = check.faults;
    throw new Refusal('settings', `connector ${id}: settings${fault?.path ? `.${fault.path}` : ''}: ${fault?.message}`);
  }

  private async create(
    manager: EntityManager,
    jurisdictionId: string,
    entry: ConnectorEntry,
    { description }: LoadedPlugin,
  ): Promise<boolean> {
    const at = this.clock.now();
    const [created] = await rows<{ id: string }>(
      manager,
      `insert into exchange.connector (id, jurisdiction_id, plugin_id, family, act, update_kind, title, mode,
         settings_version, created_at, adopts)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10) on conflict (id) do nothing returning id`,
      [
        entry.id,
        jurisdictionId,
        description.id,
        description.family,
        description.act,
        description.update,
        entry.title,
        entry.mode,
        at,
        entry.adopts,
      ],
    );
    if (!created) return false;
    const body = bodyOf(entry);
    await rows(
      manager,
      `insert into exchange.connector_settings (connector_id, version, fingerprint, body, actor, created_at)
       values ($1, 1, $2, $3, 'configuration', $4)`,
      [entry.id, fingerprint(body), JSON.stringify(body), at],
    );
    await lookAtReferrals(manager, entry.id);
    return true;
  }

  private async drift(entry: ConnectorEntry): Promise<ConnectorNotice[]> {
    const [held] = await rows<{ fingerprint: string; mode: string; version: number }>(
      this.exchange,
      `select s.fingerprint, c.mode, s.version from exchange.connector c
       join exchange.connector_settings s on s.connector_id = c.id and s.version = c.settings_version
       where c.id = $1`,
      [entry.id],
    );
    const differences = [
      ...(held!.mode === entry.mode ? [] : [`it is ${held!.mode}, the file says ${entry.mode}`]),
      ...(held!.fingerprint === fingerprint(bodyOf(entry))
        ? []
        : [`its settings (version ${held!.version}) are not the file's`]),
    ];
    return differences.map((message) => ({ connectorId: entry.id, kind: 'drift' as const, message }));
  }
}

function bodyOf(entry: ConnectorEntry): ConnectorBody {
  const { settings, channel, schedule, timeZone, answerWithinBusinessDays } = entry;
  return { settings, channel, schedule, answerWithinBusinessDays, ...(timeZone === undefined ? {} : { timeZone }) };
}

function fingerprint(body: ConnectorBody): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}
