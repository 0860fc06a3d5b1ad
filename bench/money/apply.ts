import { setTimeout as delay } from 'node:timers/promises';
import type { Finding } from '@concord/plugin-sdk';
import type { Connector } from '@concord/core/connectors/connector';
import { FINDINGS_REPORTED } from '@concord/core/events/findings-event';
import type { FindingsEvent } from '@concord/core/events/findings-event';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { FINDINGS_OUTBOX } from '@concord/core/events/outboxes';
import { TakeFindings } from '@concord/core/cases/findings/take-findings';
import { applyBatch } from '@concord/core/exchanges/in/apply-batch';
import { silentCheckpoints } from '@concord/core/platform/checkpoints';
import { JURISDICTIONS, TODAY } from '../database/office.ts';
import type { BenchDatabase } from '../database/server.ts';

/** How long the relay rests when nothing waits, as in production. */
const PAUSE_MS = 100;

/**
 * Applies an incoming file as one process of production does: batch by batch on the connectors' side, while the relay hands
 * what is for the cases to the gateway's side.
 *
 * @returns the events that passed
 */
export async function applyFile(
  { connectors, gateway }: BenchDatabase,
  connector: Connector,
  exchangeId: string,
  batches: Iterable<readonly Finding[]>,
): Promise<FindingsEvent[]> {
  const clock = { now: () => new Date() };
  const taking = new TakeFindings(gateway, JURISDICTIONS, silentCheckpoints, clock);
  const transport = new InProcessTransport();
  const passed: FindingsEvent[] = [];
  await transport.subscribe('findings', async (events) => {
    for (const event of events) {
      if (event.type !== FINDINGS_REPORTED) throw new Error(`an event of another kind: ${event.type}`);
      await taking.take(event);
      passed.push(event);
    }
  });
  const relay = new OutboxRelay(connectors, transport, FINDINGS_OUTBOX);
  const state = { applied: false };
  const relaying = (async (): Promise<void> => {
    for (;;) {
      const last = state.applied;
      if ((await relay.drain()) > 0) continue;
      if (last) return;
      await delay(PAUSE_MS);
    }
  })();
  // Until it is awaited below, its failure must not count as one that nobody handles.
  relaying.catch(() => undefined);
  try {
    let first = 1;
    for (const batch of batches) {
      const context = {
        connector,
        exchangeId,
        businessDate: TODAY,
        correlationId: 'bench',
        at: clock.now(),
      };
      const from = first;
      await connectors.transaction((manager) => applyBatch(manager, context, from, batch));
      first += batch.length;
    }
  } finally {
    state.applied = true;
  }
  await relaying;
  return passed;
}
