// The gateway's side of the latency run: commits changes of cases at an even pace, and publishes them as the gateway does.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { ArrangementCommands } from '@concord/core/arrangements/arrangement-commands';
import { recordChanges } from '@concord/core/cases/change-recorder';
import { LedgerRuns } from '@concord/core/cases/ledger/ledger-runs';
import { connect } from '@concord/core/database/connections';
import { GatewayWork } from '@concord/core/day/gateway-work';
import { KafkaTransport } from '@concord/core/events/kafka/kafka-transport';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX } from '@concord/core/events/outboxes';
import { StrategyReviews } from '@concord/core/strategies/strategy-reviews';
import { JURISDICTIONS, OFFICE } from '../database/office.ts';
import { benchLog, kafkaSettings } from './kafka.ts';
import { serve, sharedNow } from './part-process.ts';
import type { Side } from './side.ts';

export interface Pace {
  /** Cases that change, one after the other and then again; with a debt of each. */
  readonly cases: readonly { readonly id: string; readonly debt_id: string }[];
  readonly perSecond: number;
  readonly changes: number;
}

/** When each change was about to be committed: by case and version, in milliseconds since 1970. */
export interface Committed {
  readonly times: readonly (readonly [change: string, at: number])[];
}

await serve(async ({ databaseUrl, brokers, topicPrefix, cases, perSecond, changes }: Side & Pace) => {
  const gateway = await connect(databaseUrl, 'concord_gateway');
  const transport = await KafkaTransport.open({ settings: kafkaSettings(brokers, topicPrefix), log: benchLog });
  const clock = { now: () => new Date() };
  const reviews = new StrategyReviews(gateway, JURISDICTIONS, clock);
  const arrangements = new ArrangementCommands(gateway, JURISDICTIONS, clock);
  const ledgers = new LedgerRuns(gateway, JURISDICTIONS, clock);
  const relay = new OutboxRelay(gateway, transport, CASES_OUTBOX);
  const work = new GatewayWork(relay, reviews, arrangements, ledgers, benchLog);
  await work.start();
  return {
    work: async () => {
      const began = performance.now();
      const commits: Promise<[string, number]>[] = [];
      for (let change = 0; change < changes; change += 1) {
        const early = began + (change * 1000) / perSecond - performance.now();
        if (early > 0) await delay(early);
        const { id, debt_id } = cases[change % cases.length]!;
        commits.push(commitChange(gateway, id, debt_id));
      }
      return { times: await Promise.all(commits) } satisfies Committed;
    },
    close: async () => {
      await work.beforeApplicationShutdown();
      await transport.close();
      await gateway.destroy();
    },
  };
});

/** @returns the change, and when all but its commit was done */
async function commitChange(gateway: DataSource, caseId: string, debtId: string): Promise<[string, number]> {
  const entryId = randomUUID();
  return gateway.transaction(async (manager) => {
    const [version] = await recordChanges(
      manager,
      { jurisdictionId: OFFICE, actor: 'bench', correlationId: randomUUID(), at: new Date() },
      [{ caseId, type: 'concord.ledger.posted.v1', subjectId: entryId, data: { debtId, entryId } }],
    );
    return [`${caseId} ${version}`, sharedNow()];
  });
}
