import { randomUUID } from 'node:crypto';
import type { CommandKind } from '@concord/core/commands/command-kinds';
import type { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import { rows } from '@concord/core/database/sql';
import { openPreview } from '@concord/core/exchanges/commands/preview-result';
import type { OpenedFile, PreviewResult } from '@concord/core/exchanges/commands/preview-result';
import type { OrderedWork } from '@concord/core/exchanges/commands/ordered-work';
import { outgoingHandlers } from '@concord/core/exchanges/commands/outgoing-handlers';
import type { ExchangeEngine } from '@concord/core/exchanges/exchange-engine';
import type { OutboundParts } from '@concord/core/exchanges/out/outbound-run';

/** A partner of the test office whose work is carried out by its engine. */
export interface Workplace {
  readonly registry: ConnectorRegistry;
  parts(): OutboundParts;
  engine(): ExchangeEngine;
}

/** Work that is carried out at once instead of by a job; it is not tried again. */
function atOnce(engine: ExchangeEngine): OrderedWork {
  const failures = new Map<string, string | null>();
  const carryOut = async (key: string, work: Promise<void>): Promise<string> => {
    failures.set(
      key,
      await work.then(
        () => null,
        (error: Error) => error.message,
      ),
    );
    return key;
  };
  return {
    goOn: (connectorId, exchangeIds) => carryOut(exchangeIds.join(), engine.goOn({ connectorId, exchangeIds })),
    runNow: (order) => carryOut(order.cutoffKey, engine.runNow(order)),
    finished: (key) => Promise.resolve(failures.get(key) ?? null),
  };
}

/** What people order about outgoing files, carried out as the connectors' side does. */
export class ExchangeDesk {
  constructor(private readonly workplace: Workplace) {}

  /** @param id the same id twice is the same command begun anew */
  async order<R>(kind: CommandKind, body: object, actor = 'officer.jane', id: string = randomUUID()): Promise<R> {
    const { registry } = this.workplace;
    const handlers = outgoingHandlers(this.workplace.parts(), registry, atOnce(this.workplace.engine()));
    const handler = handlers.find((each) => each.kind === kind)!;
    const progress = (): Promise<void> => Promise.resolve();
    return (await handler.carryOut({ id, body, actor, correlationId: 'desk', progress })) as R;
  }

  async preview(body: object): Promise<readonly OpenedFile[]> {
    const id = randomUUID();
    const sealed = await this.order<PreviewResult>('exchange-preview', body, 'officer.jane', id);
    return openPreview(this.workplace.parts().cipher, id, sealed).files;
  }

  /** Alerts that stand, as cause and what they are about. */
  async alerts(): Promise<{ cause: string; about: string; message: string }[]> {
    return rows(
      this.workplace.parts().exchange,
      'select cause, about, message from exchange.alert where cleared_at is null order by raised_at, cause',
    );
  }

  /** Outgoing files in the order in which they were released; then those that were not, and copies. */
  async files(): Promise<OutgoingFile[]> {
    return rows<OutgoingFile>(
      this.workplace.parts().exchange,
      `select e.id, e.cutoff_key as key, e.kind, e.state, e.file_sequence as sequence, e.records, e.file_name as "fileName",
              e.held, e.decision, e.part_of_id as "partOf"
       from exchange.exchange e where e.direction = 'out'
       order by e.release_number nulls last, e.resends_id is not null, e.started_at, e.cutoff_key, e.kind`,
    );
  }
}

export interface OutgoingFile {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly state: string;
  readonly sequence: number | null;
  readonly records: number;
  readonly fileName: string | null;
  readonly held: { readonly limits?: unknown; readonly toldNow?: string | null } | null;
  readonly decision: { readonly actor: string; readonly was: string } | null;
  readonly partOf: string | null;
}
