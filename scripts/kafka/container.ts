import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Broker } from './broker.ts';
import { run } from './command.ts';
import { freePort } from './ports.ts';
import { untilAnswers } from './probe.ts';

/** Whether a container engine answers here; `docker info` fails where only its client is installed. */
export async function haveContainers(): Promise<boolean> {
  return (await run('docker', ['info'], { timeoutMs: 10_000 })).code === 0;
}

/** The first start on a machine fetches the image. */
const START_DEADLINE_MS = 300_000;
const FETCH_DEADLINE_MS = 600_000;
const INSIDE = 9092;

/**
 * Starts the same broker from Kafka's own image, with its port on 127.0.0.1 and its data inside the container. The
 * container is removed when this process ends.
 *
 * Unconfirmed: written after the image's documentation, on a machine without a container engine.
 *
 * @param image such as apache/kafka:4.3.1
 */
export async function startContainer(image: string, onLog: (line: string) => void): Promise<Broker> {
  const name = `concord-kafka-${randomBytes(6).toString('hex')}`;
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  onLog(`starting ${image} in a container`);
  removeAtEnd(name);
  const mapping = ['--publish', `127.0.0.1:${port}:${INSIDE}`];
  const settings = Object.entries(environment(port)).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  await docker(['run', '--detach', '--name', name, ...mapping, ...settings, image], FETCH_DEADLINE_MS);
  const broker = new ContainerBroker(name, address);
  await broker.untilUp();
  return broker;
}

/**
 * The image turns KAFKA_ABC_DEF into the property abc.def, and takes its own defaults only where none is given. Inside,
 * the broker must listen on every address, because the engine's port mapping comes in from outside.
 */
function environment(port: number): Record<string, string> {
  return {
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_LISTENERS: `INTERNAL://localhost:19092,EXTERNAL://:${INSIDE},CONTROLLER://localhost:9093`,
    KAFKA_ADVERTISED_LISTENERS: `INTERNAL://localhost:19092,EXTERNAL://127.0.0.1:${port}`,
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    KAFKA_INTER_BROKER_LISTENER_NAME: 'INTERNAL',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '5',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS: '5',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
    KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '500',
    KAFKA_BROKER_SESSION_TIMEOUT_MS: '3000',
    KAFKA_HEAP_OPTS: '-Xms128m -Xmx384m',
  };
}

/** A shell that waits on a pipe from this process, which the system closes when this process ends, however it ends. */
function removeAtEnd(name: string): void {
  const script = `read -r never; exec docker rm --force --volumes "$1"`;
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', name], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watcher.on('error', () => undefined);
  watcher.unref();
  // Node makes a child's pipe of a socket, which its types leave out; it must not keep this process from ending.
  (watcher.stdin as Socket).unref();
}

async function docker(parameters: readonly string[], timeoutMs = 300_000): Promise<void> {
  const end = await run('docker', parameters, { timeoutMs });
  if (end.code !== 0) throw new Error(`docker ${parameters[0]} failed: ${end.err.trim().split('\n').at(-1)}`);
}

class ContainerBroker implements Broker {
  readonly how = 'container';
  readonly owned = true;
  readonly brokers: string;
  readonly pid = undefined;
  readonly secure = undefined;
  readonly #name: string;
  #up = true;

  constructor(name: string, address: string) {
    this.#name = name;
    this.brokers = address;
  }

  async untilUp(): Promise<void> {
    const problem = await untilAnswers(this.brokers, START_DEADLINE_MS);
    if (problem === undefined) return;
    const logged = await run('docker', ['logs', '--tail', '15', this.#name], { timeoutMs: 10_000 });
    throw new Error(`the Kafka broker did not start: ${problem}; the end of its log:\n${logged.out}${logged.err}`);
  }

  async stop(): Promise<void> {
    if (this.#up) await docker(['stop', '-t', '20', this.#name]);
    this.#up = false;
  }

  async kill(): Promise<void> {
    if (this.#up) await docker(['kill', this.#name]);
    this.#up = false;
  }

  async restart(): Promise<void> {
    await this.stop();
    await docker(['start', this.#name]);
    this.#up = true;
    await this.untilUp();
  }

  async pause(): Promise<void> {
    await docker(['pause', this.#name]);
  }

  async resume(): Promise<void> {
    await docker(['unpause', this.#name]);
  }
}
