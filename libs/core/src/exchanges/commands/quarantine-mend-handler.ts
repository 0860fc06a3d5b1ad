import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Finding } from '@concord/plugin-sdk';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { findingSchema } from '../../plugin-host/result-schemas.js';
import { applyNumbered } from '../in/apply-batch.js';
import type { InboundRun } from '../in/inbound-run.js';
import { lockIncoming, readIncoming } from '../in/lock-incoming.js';
import { nextPlace } from '../in/places.js';
import { noteQuarantine } from '../in/quarantine.js';
import { commandBody } from './command-body.js';
import { decisionBy, reasonSchema } from './human-decision.js';
import { lockQuarantined } from './quarantined-record.js';

const bodySchema = z.strictObject({
  exchangeId: z.uuid(),
  sequence: z.int().positive(),
  finding: z.unknown(),
  reason: reasonSchema,
});

export interface MendedRecord {
  readonly status: 'mended';
  /** Place of the record that replaces the mended one. */
  readonly sequence: number;
}

/**
 * Applies a record that could not be read, or that contradicted an earlier one, as a person says that it should have read. It
 * gets a place of its own at the end of its file; the record that was wrong stays beside it.
 */
export class QuarantineMendHandler implements CommandHandler {
  readonly kind = 'quarantine-mend';

  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly inbound: InboundRun,
    private readonly clock: Clock,
  ) {}

  async carryOut(command: OrderedCommand): Promise<MendedRecord> {
    const { exchangeId, sequence, finding: given, reason } = commandBody(bodySchema, command.body);
    const finding = findingOf(given);
    const asRead = await readIncoming(this.exchange, exchangeId);
    const connector = await this.registry.one(asRead.connector_id);
    const context = {
      ...(await this.inbound.contextOf(connector, asRead, true)),
      correlationId: command.correlationId,
    };
    return this.exchange.transaction(async (manager) => {
      const file = await lockIncoming(manager, exchangeId);
      const record = await lockQuarantined(manager, exchangeId, sequence, command);
      if (record.decision !== null) {
        return { status: 'mended', sequence: (record.decision as { sequence: number }).sequence };
      }
      if (file.state !== 'applied') {
        throw new Refusal(
          'exchange-unfinished',
          `${file.file_name} is still being applied: mend its records afterwards`,
        );
      }
      const at = this.clock.now();
      const place = await nextPlace(manager, exchangeId);
      const decision = decisionBy(command, reason, at);
      await applyNumbered(manager, context, [{ sequence: place, statement: finding }]);
      await refuseWithoutEffect(manager, exchangeId, place);
      await keep(manager, exchangeId, place, { ...decision, mends: sequence }, null);
      await keep(manager, exchangeId, sequence, { ...decision, sequence: place }, 'mended');
      await noteQuarantine(manager, exchangeId, at);
      return { status: 'mended', sequence: place };
    });
  }
}

/** @throws Refusal `finding-invalid`, with the path and not with the value, which may be personal */
function findingOf(given: unknown): Finding {
  const parsed = findingSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal('finding-invalid', ['finding', ...(issue?.path ?? [])].join('.') + `: ${issue?.message}`);
  }
  // A field with a typing error in its name would otherwise be left out without a word.
  const unknown = Object.keys(given as object).find((key) => !(key in parsed.data));
  if (unknown !== undefined) {
    throw new Refusal('finding-invalid', `finding.${unknown}: a finding of kind ${parsed.data.kind} has no such field`);
  }
  return parsed.data;
}

/** @throws Refusal where the finding had no effect: then nothing is mended */
async function refuseWithoutEffect(manager: EntityManager, exchangeId: string, place: number): Promise<void> {
  const [applied] = await rows<{ status: string; reason: string | null; natural_key: string }>(
    manager,
    'select status, reason, natural_key from exchange.inbound_record where exchange_id = $1 and sequence = $2',
    [exchangeId, place],
  );
  const { status, reason } = applied!;
  if (status === 'applied') return;
  if (status === 'unmatched') throw new Refusal('finding-unmatched', `the finding would have no effect: ${reason}`);
  throw new Refusal(
    'key-applied',
    'the partner said something under this natural key before, and it was applied: give the key of the record that is meant',
  );
}

async function keep(
  manager: EntityManager,
  exchangeId: string,
  sequence: number,
  decision: object,
  status: 'mended' | null,
): Promise<void> {
  await rows(
    manager,
    `update exchange.inbound_record set decision = $3, status = coalesce($4, status)
     where exchange_id = $1 and sequence = $2`,
    [exchangeId, sequence, JSON.stringify(decision), status],
  );
}
