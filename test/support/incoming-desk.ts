import { randomUUID } from 'node:crypto';
import { incomingHandlers } from '@concord/core/exchanges/commands/incoming-handlers';
import type { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import type { CommandKind } from '@concord/core/commands/command-kinds';
import { InboundRun } from '@concord/core/exchanges/in/inbound-run';
import type { InboundParts } from '@concord/core/exchanges/in/inbound-run';
import { listQuarantine } from '@concord/core/exchanges/quarantine-reads';
import type { TestDatabase } from './test-database.js';

/** What a clerk does about a partner's files, carried out at once, and what a clerk sees of them. */
export class IncomingDesk {
  constructor(
    private readonly database: TestDatabase,
    private readonly registry: ConnectorRegistry,
    private readonly parts: InboundParts,
  ) {}

  /** @param id of the command: the same again is one whose process died before it was noted as done */
  order(kind: CommandKind, body: object, id: string = randomUUID()): Promise<unknown> {
    const inbound = new InboundRun(this.parts);
    const { exchange, clock } = this.parts;
    const handler = incomingHandlers({ exchange, registry: this.registry, clock, inbound }).find(
      (each) => each.kind === kind,
    );
    if (!handler) throw new Error(`nobody carries out ${kind}`);
    const progress = () => Promise.resolve();
    return handler.carryOut({ id, body, actor: 'clerk', correlationId: `of ${id}`, progress });
  }

  /** Incoming files, the oldest first, with what became of their statements. */
  files() {
    return this.database.asOwner<{ id: string; name: string; state: string; statuses: string[] }>(
      `select e.id, e.file_name as name, e.state,
              array(select r.status from exchange.inbound_record r where r.exchange_id = e.id order by r.sequence) as statuses
       from exchange.exchange e where e.direction = 'in' order by e.started_at, e.file_name`,
    );
  }

  /** The file that came last under a name. */
  async file(name: string, state?: string): Promise<string> {
    const found = (await this.files()).filter((file) => file.name === name && (!state || file.state === state));
    if (found.length !== 1) throw new Error(`${found.length} files are called ${name}`);
    return found[0]!.id;
  }

  /** Causes of the alerts that stand, with what they are about. */
  alerts() {
    return this.database.asOwner<{ cause: string; about: string; message: string; details: object }>(
      'select cause, about, message, details from exchange.alert where cleared_at is null order by cause, about',
    );
  }

  arrivals() {
    return this.database.asOwner<{ name: string; repeated: boolean; gone: boolean }>(
      `select file_name as name, repeated, gone_at is not null as gone from exchange.arrival order by arrived_at, repeated`,
    );
  }

  quarantine(filter: Parameters<typeof listQuarantine>[1] = {}) {
    return listQuarantine(this.database.gateway, filter);
  }

  /** A version of settings, as a person would have changed them. */
  async changeSettings(connectorId: string, path: string[], value: unknown): Promise<void> {
    await this.database.asOwner(
      `insert into exchange.connector_settings (connector_id, version, fingerprint, body, actor, created_at)
       select s.connector_id, s.version + 1, 'changed', jsonb_set(s.body, $2, $3::jsonb), 'tester', now()
       from exchange.connector_settings s join exchange.connector c on c.id = s.connector_id
       where c.id = $1 and s.version = c.settings_version`,
      [connectorId, path, JSON.stringify(value)],
    );
    await this.database.asOwner('update exchange.connector set settings_version = settings_version + 1 where id = $1', [
      connectorId,
    ]);
  }
}
