/**
 * Runs one Kafka broker until it is told to end:
 *
 *     npm run kafka [-- --port 9092 --data FOLDER]
 *
 * Standard output gets one line, KAFKA_BROKERS=127.0.0.1:PORT, once the broker answers; progress goes to standard error.
 * Data stays in .concord/kafka, or in the folder that --data names.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startBroker } from './broker.ts';

const USAGE = 'usage: npm run kafka [-- --port PORT --data FOLDER]\n';

interface Chosen {
  readonly port: number;
  readonly data: string;
}

function chosen(): Chosen | undefined {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } });
    const port = Number(values.port ?? '9092');
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return undefined;
    return { port, data: resolve(values.data ?? join(import.meta.dirname, '../../.concord/kafka')) };
  } catch {
    return undefined;
  }
}

async function main(): Promise<number> {
  const choice = chosen();
  if (choice === undefined) {
    process.stderr.write(USAGE);
    return 64;
  }
  const told = new Promise<undefined>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done(undefined));
  });
  let onEnd: (how: string) => void = () => undefined;
  const ended = new Promise<string>((done) => (onEnd = done));
  const starting = startBroker({
    folder: choice.data,
    port: choice.port,
    onLog: (line) => process.stderr.write(`${line}\n`),
    onEnd,
  });
  // Told while it starts: the broker ends with this process, and its next start recovers what it had written.
  const broker = await Promise.race([starting, told]);
  if (broker === undefined) {
    starting.catch(() => undefined);
    return 0;
  }
  process.stdout.write(`KAFKA_BROKERS=${broker.brokers}\n`);
  const how = await Promise.race([told, ended]);
  if (how !== undefined) {
    process.stderr.write(`the broker ${how}; see ${join(choice.data, 'broker.log')}\n`);
    return 1;
  }
  await broker.stop();
  return 0;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
