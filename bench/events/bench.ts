import { join } from 'node:path';
import { testBroker } from '../../scripts/kafka/test-broker.ts';
import { startBenchServer } from '../database/server.ts';
import type { BenchResult } from '../result.ts';
import { applyWaiting, sendBare } from './bulk.ts';
import { checkApplied } from './check.ts';
import { measureLatency } from './latency.ts';
import { storeReferredDebts } from './referred-debts.ts';
import { report } from './report.ts';
import { ServerTimes } from './server-times.ts';
import { CHANGES_PER_CASE, dumpMessages, storeWaitingEvents } from './waiting-events.ts';

/** `CONCORD_BENCH_EVENTS` asks for more. */
const EVENTS = Number(process.env['CONCORD_BENCH_EVENTS'] ?? 200_000);
/** As many as the relay publishes at once. */
const BATCH = 1_000;

/**
 * Carries case changes from the outbox to the connectors over a Kafka broker, gateway and connectors in processes of their own,
 * beside a producer and a consumer that do nothing but carry the same messages; once before and once after, because other work on
 * the machine comes and goes. Then commits changes at an even pace and measures how long each is under way.
 *
 * @throws Error when an event was lost or a look is missing
 */
export async function run(events = EVENTS): Promise<BenchResult> {
  const server = await startBenchServer();
  try {
    const broker = await testBroker(join(server.folder, 'kafka'), { shortLived: false });
    try {
      const database = await server.open('events');
      await storeReferredDebts(database, events / CHANGES_PER_CASE);
      await storeWaitingEvents(database);
      const file = join(server.folder, 'messages');
      await dumpMessages(database, file);
      const { brokers } = broker;
      const run = `bench-${process.pid}`;
      const bare = (number: number) =>
        sendBare({ brokers, topicPrefix: `${run}.bare-${number}` }, { file, batch: BATCH }, events);

      const before = await bare(1);
      const side = { databaseUrl: database.url, brokers, topicPrefix: `${run}.concord` };
      const servers = await ServerTimes.of(database.owner, broker.pid);
      const applied = await applyWaiting(side, events);
      const spent = await servers.since();
      await checkApplied(database.owner);
      const after = await bare(2);

      await database.owner.query('truncate exchange.look');
      const latency = await measureLatency(database, { ...side, topicPrefix: `${run}.latency` });
      return report({ events, bare: [before, after], applied, servers: spent, latency });
    } finally {
      if (broker.owned) await broker.stop();
    }
  } finally {
    await server.stop();
  }
}
