import { fileURLToPath } from 'node:url';
import { ConnectorsWork } from '@concord/core/day/connectors-work';
import { readEnvironment } from '@concord/core/platform/environment';
import { Refusal } from '@concord/core/platform/errors';
import { openLog } from '@concord/core/platform/log';
import { pino } from 'pino';
import { openConnectors } from './open-connectors.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const REFUSED = 2;
const FAILED = 1;

/** Where its health is asked for, beside a gateway on the same machine. */
const DEFAULT_PORT = '3001';

/**
 * One process of connectors: takes events in, keeps positions, exchanges files, until it is asked to stop. Its log goes to standard
 * output as JSON lines.
 */
async function main(): Promise<void> {
  const environment = readEnvironment(ROOT, { PORT: DEFAULT_PORT, ...process.env });
  if (environment.kafka === null) {
    throw new Refusal(
      'environment',
      'KAFKA_BROKERS is not set: without Kafka, gateway and connectors are one process, which `npm start` runs',
    );
  }
  const asked = untilAskedToStop();
  const log = openLog(environment.logLevel, pino.destination({ dest: 1, sync: true }));
  const app = await openConnectors(environment, log);
  try {
    const work = app.get(ConnectorsWork);
    for (const notice of await work.start()) log.info(notice, 'connector');
    if (environment.schedules === 'clock') work.actByTheClock();
    await app.listen(environment.port, '127.0.0.1');
    process.stderr.write(`The connectors are at work; their health is at ${await app.getUrl()}/health/ready\n`);
    await asked;
  } finally {
    await app.close();
  }
}

function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof Refusal ? REFUSED : FAILED;
}
