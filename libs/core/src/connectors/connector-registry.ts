import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Caution } from '@concord/plugin-sdk';
import { judgingIn } from '../configuration/judging.js';
import { jurisdictionCalendar } from '../configuration/jurisdiction-calendar.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import type { SettingsCheck } from '../plugin-host/jobs.js';
import { PluginFailure } from '../plugin-host/plugin-failure.js';
import type { PluginHost } from '../plugin-host/pool.js';
import { lookAtReferrals } from '../positions/looks.js';
import { adverseStopsOf } from './adverse-stop.js';
import type { AdverseStop } from './adverse-stop.js';
import { modeUnderStop } from './connector.js';
import type { Connector } from './connector.js';
import type { ConnectorBody, ConnectorEntry } from './connector-entry.js';
import { expectationsOf, refuseUnknownFiles } from './entry/expectations.js';
import { incomingSettings } from './entry/incoming.js';
import { emptyFileFault } from './entry/cutoff-settings.js';
import { partnerCalendar } from './entry/partner-calendar.js';
import { judgeAnewWhereChanged } from './judge-anew.js';
import { judgedBy } from './judged-by.js';
import type { LoadedPlugin, UnusablePlugin } from './plugin-list.js';

/** What a start has to say about one connector. */
export interface ConnectorNotice {
  readonly connectorId: string;
  /** `drift`: the file proposes something else than the database holds. Nothing is overwritten. */
  readonly kind: 'created' | 'drift' | 'caution' | 'unusable' | 'stopped';
  readonly message: string;
}

/** A connector that is enabled and can't work, because its plugin fails or is missing. Its positions stay as they are. */
export interface UnusableConnector {
  readonly id: string;
  readonly reason: string;
}

export interface EnabledConnectors {
  readonly connectors: readonly Connector[];
  readonly unusable: readonly UnusableConnector[];
}

/** How long a plugin that failed is not asked again. */
const ASK_AGAIN_MS = 5 * 60 * 1000;

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
  readonly adverse_stop: AdverseStop | null;
}

/** The connectors of the database, brought together with their plugins and calendars. */
export class ConnectorRegistry {
  /** What each version of a connector's settings came to: versions never change. */
  private readonly checked = new Map<string, SettingsCheck & { ok: true }>();
  /** Versions of settings at which a plugin failed, until when it is left alone, and with what. */
  private readonly failed = new Map<string, { readonly until: number; readonly failure: PluginFailure }>();

  constructor(
    private readonly exchange: DataSource,
    private readonly host: PluginHost,
    private readonly plugins: readonly LoadedPlugin[],
    private readonly jurisdictions: readonly Jurisdiction[],
    private readonly clock: Clock,
    private readonly unusablePlugins: readonly UnusablePlugin[] = [],
  ) {}

  /**
   * Creates the connectors that the files propose and the database does not have, and says what differs. A plugin that fails
   * keeps its own connectors from working, and nothing else.
   *
   * @throws Refusal naming the connector whose settings are wrong, or whose plugin nobody named
   */
  async propose(): Promise<ConnectorNotice[]> {
    const notices: ConnectorNotice[] = [];
    for (const jurisdiction of this.jurisdictions) {
      for (const entry of jurisdiction.connectors) {
        try {
          notices.push(...(await this.proposeOne(jurisdiction, entry)));
        } catch (error) {
          if (!isPluginsFault(error)) throw error;
          notices.push({ connectorId: entry.id, kind: 'unusable', message: error.message });
        }
      }
      await this.judgeAnew(jurisdiction);
    }
    return [...notices, ...(await this.stopped())];
  }

  /**
   * Under other rules every connector's debts are judged anew, also those of one that its file no longer names, or whose plugin
   * does not work today: both have positions that were judged by the earlier rules.
   */
  private async judgeAnew(jurisdiction: Jurisdiction): Promise<void> {
    const hash = await judgedBy(jurisdiction);
    const connectors = await rows<{ id: string }>(
      this.exchange,
      'select id from exchange.connector where jurisdiction_id = $1 order by id',
      [jurisdiction.id],
    );
    for (const { id } of connectors) {
      await this.exchange.transaction((manager) => judgeAnewWhereChanged(manager, id, hash));
    }
  }

  /** That nothing adverse goes out is not to be forgotten: every start says it. */
  private async stopped(): Promise<ConnectorNotice[]> {
    const stops = await adverseStopsOf(this.exchange);
    return this.jurisdictions.flatMap(({ id, connectors }) => {
      const stop = stops.get(id);
      if (stop === undefined) return [];
      const message = `only releases and reductions go out: ${stop.actor} stopped the adverse output of ${id} on ${stop.since.slice(0, 10)}`;
      return connectors.map((entry) => ({ connectorId: entry.id, kind: 'stopped' as const, message }));
    });
  }

  private async proposeOne(jurisdiction: Jurisdiction, entry: ConnectorEntry): Promise<ConnectorNotice[]> {
    const plugin = this.pluginOf(entry.id, entry.plugin);
    const { cautions, inbound } = await this.check(entry.id, plugin, entry);
    refuseUnknownFiles(entry.id, entry, inbound);
    const created = await this.exchange.transaction((manager) => this.create(manager, jurisdiction.id, entry, plugin));
    return [
      ...(created
        ? [{ connectorId: entry.id, kind: 'created' as const, message: `created, ${entry.mode}` }]
        : await this.drift(entry)),
      ...cautions.map(({ message }) => ({ connectorId: entry.id, kind: 'caution' as const, message })),
    ];
  }

  /** Connectors of one jurisdiction or all that can work, ordered by id, `off` ones left out. */
  async active(jurisdictionId?: string): Promise<readonly Connector[]> {
    return (await this.survey(jurisdictionId)).connectors;
  }

  /** Connectors of one jurisdiction or all, those that can work and those that can't, `off` ones left out. */
  async survey(jurisdictionId?: string): Promise<EnabledConnectors> {
    const connectors: Connector[] = [];
    const unusable: UnusableConnector[] = [];
    for (const row of await this.enabled(jurisdictionId ?? null, null)) {
      try {
        connectors.push(await this.assemble(row));
      } catch (error) {
        if (!isPluginsFault(error)) throw error;
        unusable.push({ id: row.id, reason: error.message });
      }
    }
    return { connectors, unusable };
  }

  /** @throws Refusal `connector-unknown`, or naming what its plugin, settings or jurisdiction lack */
  async one(id: string): Promise<Connector> {
    const [row] = await this.enabled(null, id);
    if (!row) throw new Refusal('connector-unknown', `no connector ${id} is enabled`);
    return this.assemble(row);
  }

  /** @returns null for a connector that is off, or that there is none of: its work is passed over */
  async unlessOff(id: string): Promise<Connector | null> {
    const [row] = await this.enabled(null, id);
    return row ? this.assemble(row) : null;
  }

  /**
   * A connector as it would work, though it may be off.
   *
   * @throws Refusal `connector-unknown`, or naming what its plugin, settings or jurisdiction lack
   */
  async inAnyMode(id: string): Promise<Connector> {
    const [row] = await this.enabled(null, id, true);
    if (!row) throw new Refusal('connector-unknown', `there is no connector ${id}`);
    return this.assemble(row);
  }

  private enabled(jurisdictionId: string | null, id: string | null, orOff = false): Promise<ConnectorRow[]> {
    return rows<ConnectorRow>(
      this.exchange,
      `select c.id, c.jurisdiction_id, c.plugin_id, c.family, c.title, c.mode, c.settings_version, c.adopts, c.adopted_on, s.body,
              case when a.jurisdiction_id is not null then
                jsonb_build_object('actor', a.actor, 'reason', a.reason, 'since',
                  to_char(a.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as adverse_stop
       from exchange.connector c
       join exchange.connector_settings s on s.connector_id = c.id and s.version = c.settings_version
       left join exchange.adverse_stop a on a.jurisdiction_id = c.jurisdiction_id
       where ($3 or c.mode <> 'off') and ($1::text is null or c.jurisdiction_id = $1) and ($2::text is null or c.id = $2)
       order by c.id`,
      [jurisdictionId, id, orOff],
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
    const office = jurisdictionCalendar(jurisdiction, this.clock);
    return {
      id: row.id,
      jurisdictionId: row.jurisdiction_id,
      pluginId: row.plugin_id,
      pluginSource: plugin.source,
      family: row.family,
      title: row.title,
      mode: row.adverse_stop === null ? row.mode : modeUnderStop(row.mode),
      configuredMode: row.mode,
      adverseStop: row.adverse_stop,
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
      calendar: row.body.calendar === undefined ? office : partnerCalendar(row.body.calendar, this.clock),
      officeCalendar: office,
      judging: judgingIn(jurisdiction, this.clock),
      judgedBy: await judgedBy(jurisdiction),
      timeZone: row.body.timeZone ?? jurisdiction.timeZone,
    };
  }

  private pluginOf(connectorId: string, pluginId: string): LoadedPlugin {
    const plugin = this.plugins.find(({ description }) => description.id === pluginId);
    if (plugin) return plugin;
    // Which id a plugin would have had that can't describe itself, nobody knows.
    const failed = this.unusablePlugins.map(({ named, reason }) => `${named}: ${reason}`).join('; ');
    if (failed !== '') {
      throw new Refusal('plugin-unusable', `connector ${connectorId}: no plugin ${pluginId} is loaded (${failed})`);
    }
    throw new Refusal('plugin-unknown', `connector ${connectorId}: no plugin ${pluginId} is in the list`);
  }

  private async checkVersion(id: string, version: number, plugin: LoadedPlugin, body: ConnectorBody) {
    const key = `${id} ${version}`;
    const known = this.checked.get(key);
    if (known) return known;
    const failed = this.failed.get(key);
    const now = this.clock.now().getTime();
    if (failed && now < failed.until) throw failed.failure;
    try {
      const check = await this.check(id, plugin, body);
      this.checked.set(key, check);
      return check;
    } catch (failure) {
      if (failure instanceof PluginFailure) this.failed.set(key, { until: now + ASK_AGAIN_MS, failure });
      throw failure;
    }
  }

  private async check(id: string, plugin: LoadedPlugin, body: Pick<ConnectorBody, 'settings' | 'emptyFile'>) {
    const check = await this.host.checkSettings(plugin.source, body.settings);
    if (check.ok) {
      const unable = emptyFileFault(body, plugin.description.outboundKinds, check.emptyKinds);
      if (unable !== null) throw new Refusal('settings', `connector ${id}: ${unable}`);
      return check;
    }
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
  const { settings, channel, schedule, timeZone, answerWithinBusinessDays, limits } = entry;
  const { calendar, waitForFindingsMinutes, emptyFile } = entry;
  return {
    settings,
    channel,
    schedule,
    answerWithinBusinessDays,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...expectationsOf(entry),
    ...incomingSettings(entry),
    // What the file does not say is not kept: the fingerprint of older settings stays what it was.
    ...(calendar === undefined ? {} : { calendar }),
    ...(waitForFindingsMinutes === undefined ? {} : { waitForFindingsMinutes }),
    ...(emptyFile === undefined ? {} : { emptyFile }),
    ...(limits === undefined ? {} : { limits }),
  };
}

function fingerprint(body: ConnectorBody): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

/** Whether only the connectors of one plugin are concerned. */
function isPluginsFault(error: unknown): error is Error {
  return error instanceof PluginFailure || (error instanceof Refusal && error.code === 'plugin-unusable');
}
