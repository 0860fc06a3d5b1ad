import type { DataSource } from 'typeorm';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import type { ConnectorMode } from '../../connectors/connector-entry.js';
import type { Connector } from '../../connectors/connector.js';
import { officeDate } from '../../configuration/office-date.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import type { Alert, AlertCause } from '../alerts.js';
import { partnersNow } from '../domain/moment.js';
import type { PartnerReach } from '../partner-reach.js';
import { settleAlerts, settleOfficeAlerts } from '../settle-alerts.js';
import { HOST_FILE_CAUSES, hostFilesWaiting } from './host-files.js';
import { missingAnswers } from './missing-answers.js';
import { missingFiles } from './missing-files.js';
import { overdueReleases } from './overdue-releases.js';
import { strategiesUnweighed } from './strategies-unweighed.js';

interface ConnectorRow {
  readonly id: string;
  readonly jurisdiction_id: string;
  readonly mode: ConnectorMode;
}

/** Of what a plugin's failure says. */
const MESSAGE_LENGTH = 500;

/** In which a connector sends to its partner and collects from it. */
const SPEAKING: ReadonlySet<ConnectorMode> = new Set(['on', 'paused', 'retiring']);

/** Looks for what nobody would notice by itself: what did not come, what is past its deadline, and what can't work. */
export class Watch {
  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly reach: PartnerReach,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at every connector and at the offices' own work, raises what is wrong and clears what is over. What can't be looked at keeps nothing else from it.
   *
   * @param atLeast a business date that was run, where it may be ahead of the office's own
   * @throws the first failure, after everything else was looked at
   */
  async look(atLeast = ''): Promise<void> {
    const failures: unknown[] = [];
    const attempt = (work: Promise<void>): Promise<void> => work.catch((error: unknown) => void failures.push(error));
    const all = await rows<ConnectorRow>(
      this.exchange,
      'select id, jurisdiction_id, mode from exchange.connector order by id',
    );
    await attempt(this.reach.forgetAllBut(all.filter(speaks).map(({ id }) => id)));
    const { connectors, unusable } = await this.registry.survey();
    const reasons = new Map(unusable.map(({ id, reason }) => [id, reason]));
    const usable = new Map(connectors.map((connector) => [connector.id, connector]));
    for (const row of all) {
      await attempt(this.settle(row.id, 'plugin-unusable', unusableAlert(row, reasons.get(row.id))));
      const connector = usable.get(row.id);
      // Of one whose plugin fails, what was missing still is.
      if (connector || !speaks(row)) await attempt(this.lookAtPartner(row, connector, atLeast));
    }
    for (const jurisdictionId of new Set(all.map(({ jurisdiction_id }) => jurisdiction_id))) {
      await attempt(this.lookAtReleases(jurisdictionId, all, atLeast));
    }
    await attempt(this.settleOffices(HOST_FILE_CAUSES, hostFilesWaiting(this.exchange, this.clock.now())));
    await attempt(this.settleOffices(['strategies-unweighed'], strategiesUnweighed(this.exchange)));
    if (failures.length > 0) throw failures[0];
  }

  /** Of a connector that does not speak with its partner nothing is expected. */
  private async lookAtPartner(row: ConnectorRow, connector: Connector | undefined, atLeast: string): Promise<void> {
    const expectsAnything = connector !== undefined && speaks(row);
    const now = expectsAnything
      ? partnersNow(this.clock.now(), await this.dateOf(row.jurisdiction_id, atLeast), connector.timeZone)
      : this.clock.now();
    const answers = expectsAnything ? await missingAnswers(this.exchange, connector, now) : [];
    await this.settle(row.id, 'answer-missing', answers);
    const files = expectsAnything ? await missingFiles(this.exchange, connector, now) : [];
    await this.settle(row.id, 'file-missing', files);
    // Raised by those who look into the partner's folder: once nobody looks, nobody would find that it is over.
    if (!speaks(row)) await this.settle(row.id, 'file-unusable', []);
  }

  private async lookAtReleases(jurisdictionId: string, all: readonly ConnectorRow[], atLeast: string): Promise<void> {
    const overdue = await overdueReleases(this.exchange, jurisdictionId, await this.dateOf(jurisdictionId, atLeast));
    for (const { id } of all.filter(({ jurisdiction_id }) => jurisdiction_id === jurisdictionId)) {
      await this.settle(
        id,
        'release-overdue',
        overdue.filter(({ connectorId }) => connectorId === id),
      );
    }
  }

  private async dateOf(jurisdictionId: string, atLeast: string): Promise<string> {
    const today = await officeDate(this.exchange, this.clock, jurisdictionId);
    return atLeast > today ? atLeast : today;
  }

  private async settleOffices(causes: readonly AlertCause[], looked: Promise<readonly Alert[]>): Promise<void> {
    const alerts = await looked;
    await this.exchange.transaction(async (manager) => {
      for (const cause of causes) {
        const standing = alerts.filter((alert) => alert.cause === cause);
        await settleOfficeAlerts(manager, cause, standing, this.clock.now());
      }
    });
  }

  private settle(connectorId: string, cause: AlertCause, alerts: readonly Alert[]): Promise<void> {
    return this.exchange.transaction((manager) =>
      settleAlerts(manager, { connectorId, cause, alerts }, this.clock.now()),
    );
  }
}

function speaks({ mode }: ConnectorRow): boolean {
  return SPEAKING.has(mode);
}

function unusableAlert({ id, jurisdiction_id: jurisdictionId }: ConnectorRow, reason: string | undefined): Alert[] {
  if (reason === undefined) return [];
  return [
    {
      jurisdictionId,
      connectorId: id,
      cause: 'plugin-unusable',
      about: '',
      message: `The connector ${id} stands still, because its plugin does not work: ${reason}`.slice(0, MESSAGE_LENGTH),
    },
  ];
}
