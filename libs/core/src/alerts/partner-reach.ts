import type { DataSource, EntityManager } from 'typeorm';
import { ChannelError } from '../channels/file-channel.js';
import type { ChannelFailure } from '../channels/file-channel.js';
import type { ConnectorBody } from '../connectors/connector-entry.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { raiseAlert } from './alerts.js';

/** Work of a connector that speaks with its partner. */
export type PartnerTask = 'send' | 'collect';

/** A task of a connector that does not get through. */
export interface Unreached {
  readonly task: PartnerTask;
  readonly step: ChannelFailure['step'];
  readonly message: string;
}

/** By connector and task, such as `harbor send`. */
type UnreachedBy = Readonly<Record<string, Unreached>>;

/** Of a partner's own words, which may be long. */
const MESSAGE_LENGTH = 300;
const NAMED = 5;

/**
 * Notes whether partners can be reached. A partner that is down is one alert, however many connectors share its host: it
 * stands until the last of them has got through again.
 */
export class PartnerReach {
  constructor(
    private readonly exchange: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Does a connector's task, and notes whether the partner could be reached. Failures pass through. */
  async during<T>(connectorId: string, task: PartnerTask, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      await this.reached(connectorId, task);
      return result;
    } catch (error) {
      if (error instanceof ChannelError && isPartnersTrouble(error)) await this.missed(connectorId, task, error);
      throw error;
    }
  }

  /** Forgets connectors that do no work any more: nothing of theirs will ever get through. */
  async forgetAllBut(connectorIds: readonly string[]): Promise<void> {
    await this.change(null, (unreached) => without(unreached, (key) => !connectorIds.includes(key.split(' ')[0]!)));
  }

  /** Who has looked into the partner's folder has reached it, whatever kept the connector from connecting before. */
  private async reached(connectorId: string, task: PartnerTask): Promise<void> {
    const keys = new Set([`${connectorId} ${task}`]);
    await this.change(connectorId, (unreached) =>
      without(unreached, (key, { step }) => {
        const ofThisConnector = key.startsWith(`${connectorId} `);
        return keys.has(key) || (ofThisConnector && task === 'collect' && step === 'connect');
      }),
    );
  }

  private async missed(connectorId: string, task: PartnerTask, { step, message }: ChannelError): Promise<void> {
    const partner = await this.partnerOf(connectorId);
    if (partner === null) return;
    const at = this.clock.now();
    await this.exchange.transaction(async (manager) => {
      // Two connectors that fail at once must both be named.
      await rows(manager, 'select pg_advisory_xact_lock(hashtext($1))', [`concord partner ${partner}`]);
      const [standing] = await rows<{ unreached: UnreachedBy }>(
        manager,
        `select details->'unreached' as unreached from exchange.alert
         where cause = 'partner-down' and about = $1 and cleared_at is null`,
        [partner],
      );
      const failed: Unreached = { task, step, message: message.slice(0, MESSAGE_LENGTH) };
      await raiseAlert(
        manager,
        described(partner, { ...standing?.unreached, [`${connectorId} ${task}`]: failed }, failed),
        at,
      );
    });
  }

  /** Changes what stands, and clears what has nobody left who does not get through. Mostly nothing stands. */
  private async change(connectorId: string | null, left: (unreached: UnreachedBy) => UnreachedBy): Promise<void> {
    const [any] = await rows<{ standing: boolean }>(
      this.exchange,
      `select exists (select 1 from exchange.alert where cause = 'partner-down' and cleared_at is null) as standing`,
    );
    if (!any!.standing) return;
    await this.exchange.transaction(async (manager) => {
      for (const { id, about, unreached } of await standing(manager, connectorId)) {
        const remaining = left(unreached);
        if (Object.keys(remaining).length === Object.keys(unreached).length) continue;
        const last = Object.values(remaining).at(-1);
        const { message, details } = last ? described(about, remaining, last) : { message: null, details: null };
        await rows(
          manager,
          `update exchange.alert set message = coalesce($2, message), details = coalesce($3::jsonb, details),
             cleared_at = case when $2::text is null then $4::timestamptz end
           where id = $1`,
          [id, message, details && JSON.stringify(details), this.clock.now()],
        );
      }
    });
  }

  /** The partner's host as the settings name it. A host that is a secret is named by the secret's name. */
  private async partnerOf(connectorId: string): Promise<string | null> {
    const [found] = await rows<{ channel: ConnectorBody['channel'] }>(
      this.exchange,
      `select s.body->'channel' as channel from exchange.connector c
       join exchange.connector_settings s on s.connector_id = c.id and s.version = c.settings_version where c.id = $1`,
      [connectorId],
    );
    if (!found) return null;
    const { host, port } = found.channel;
    return [host, port].map((value) => (typeof value === 'string' ? value : value.secret)).join(':');
  }
}

function standing(manager: EntityManager, connectorId: string | null) {
  return rows<{ id: string; about: string; unreached: UnreachedBy }>(
    manager,
    `select id, about, details->'unreached' as unreached from exchange.alert
     where cause = 'partner-down' and cleared_at is null and ($1::text is null or details->'connectors' ? $1)
     order by id for update`,
    [connectorId],
  );
}

/** What another attempt may mend, and a partner that does not let us in. Anything else that it refuses is about one file. */
function isPartnersTrouble({ kind, step }: ChannelFailure): boolean {
  return kind !== 'refused' || step === 'connect';
}

function without(unreached: UnreachedBy, over: (key: string, entry: Unreached) => boolean): UnreachedBy {
  return Object.fromEntries(Object.entries(unreached).filter(([key, entry]) => !over(key, entry)));
}

function described(partner: string, unreached: UnreachedBy, last: Unreached) {
  const connectors = [...new Set(Object.keys(unreached).map((key) => key.split(' ')[0]!))].sort();
  const named = connectors.slice(0, NAMED).join(', ');
  const more = connectors.length > NAMED ? ` and ${connectors.length - NAMED} more` : '';
  return {
    jurisdictionId: null,
    connectorId: null,
    cause: 'partner-down' as const,
    about: partner,
    message: `The partner at ${partner} can't be reached (${last.message}). Files of ${named}${more} wait and are tried again.`,
    details: { connectors, unreached },
  };
}
