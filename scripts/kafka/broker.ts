import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { freezeTethered, startTethered, stopTethered } from '../tethered-process.ts';
import type { TetheredProcess } from '../tethered-process.ts';
import { kafkaJars } from './jars.ts';
import { findJava } from './java.ts';
import type { Java } from './java.ts';
import { certificateFile, makeMaterial, readMaterial } from './keystore.ts';
import type { SecureMaterial } from './keystore.ts';
import { freePort } from './ports.ts';
import { untilAnswers } from './probe.ts';
import { serverProperties } from './server-properties.ts';
import type { Listeners } from './server-properties.ts';
import { format, isFormatted } from './storage.ts';

/** The SASL_SSL listener; its user may log in by SCRAM-SHA-512 and by PLAIN. */
export interface SecureListener {
  /** 127.0.0.1:PORT */
  readonly brokers: string;
  /** The broker's certificate, PEM: the authority that clients trust. It names 127.0.0.1 and localhost. */
  readonly caFile: string;
  readonly username: string;
  readonly password: string;
}

/** One Kafka broker, from its start on. Its methods are for one caller at a time. */
export interface Broker {
  readonly how: 'brokers' | 'container' | 'jars';
  /** Whether it is ours to stop. Where it is not, every method refuses. */
  readonly owned: boolean;
  /** 127.0.0.1:PORT without encryption or login; of a broker that is not ours, KAFKA_BROKERS as it stands. */
  readonly brokers: string;
  /** Java's process; undefined while the broker is down, and where it runs in a container or is not ours. */
  readonly pid: number | undefined;
  /** Only where it was asked for. */
  readonly secure: SecureListener | undefined;
  /** An orderly end, forced after 60 s. Nothing happens where it is down. */
  stop(): Promise<void>;
  /** The end without warning. Nothing happens where it is down. */
  kill(): Promise<void>;
  /** Stops it if it is up, and starts it on the same ports with the same data. Resolves when it answers. */
  restart(): Promise<void>;
  /** Freezes it: connections stand, and nothing answers. Resolves when it is frozen. */
  pause(): Promise<void>;
  /** Ends the freezing. */
  resume(): Promise<void>;
}

export interface BrokerOptions {
  /** Data, settings and broker.log; made where missing. Data from an earlier broker is taken up again. */
  readonly folder: string;
  /** The plain listener's port on 127.0.0.1; undefined or 0: a free one. */
  readonly port?: number;
  /** Adds a SASL_SSL listener. The folder's data must be new or made with it. */
  readonly secure?: boolean;
  /** Its life is short, as in a test: started with less of the processor, at the price of its highest speed. */
  readonly shortLived?: boolean;
  /** What is being done, a line a time: fetching takes a minute the first time on a machine. */
  readonly onLog?: (line: string) => void;
  /** Called when the broker ends without having been told to. */
  readonly onEnd?: (how: string) => void;
}

/** Against hanging only: a broker that ends is noticed at once, and on a busy machine a start has taken over a minute. */
const START_DEADLINE_MS = 300_000;
const STOP_GRACE_MS = 60_000;
const PORT_TRIES = 3;

/**
 * Starts one Apache Kafka broker that is its own controller, from jars, on 127.0.0.1. Resolves when it answers; it ends
 * with this process, however this process ends.
 *
 * Throws where Java or Maven is missing, and where the broker does not answer within 300 s: with its log's last lines.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const java = await findJava();
  if ('reason' in java) throw new Error(java.reason);
  const onLog = options.onLog ?? ((): void => undefined);
  const jars = await kafkaJars(onLog);
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const material = options.secure === true ? await secureMaterial(java, folder) : undefined;
  const chosen = options.port === undefined || options.port === 0 ? undefined : options.port;
  for (let tries = 1; ; tries += 1) {
    const listeners: Listeners = {
      plain: chosen ?? (await freePort()),
      controller: await freePort(),
      ...(material === undefined ? {} : { secure: { port: await freePort(), material } }),
    };
    const broker = new JarBroker(java.java, jars, folder, listeners, options.shortLived ?? false, onLog, options.onEnd);
    try {
      await broker.start();
      return broker;
    } catch (error) {
      // Between the choice of a port and its use another program may have taken it.
      const taken = error instanceof Error && error.message.includes('Address already in use');
      if (!taken || chosen !== undefined || tries === PORT_TRIES) throw error;
    }
  }
}

async function secureMaterial(java: Java, folder: string): Promise<SecureMaterial> {
  const made = await readMaterial(folder);
  if (made !== undefined) return made;
  if (await isFormatted(folder)) {
    throw new Error(`${folder} holds a broker made without the secure listener; choose a new folder`);
  }
  return makeMaterial(java, folder);
}

class JarBroker implements Broker {
  readonly how = 'jars';
  readonly owned = true;
  readonly brokers: string;
  readonly secure: SecureListener | undefined;
  readonly #java: string;
  readonly #classPath: string;
  readonly #folder: string;
  readonly #listeners: Listeners;
  readonly #shortLived: boolean;
  readonly #onLog: (line: string) => void;
  readonly #onEnd: ((how: string) => void) | undefined;
  #process: TetheredProcess | undefined;
  /** The processes that were told to end. */
  readonly #told = new WeakSet<TetheredProcess>();

  constructor(
    java: string,
    jars: string,
    folder: string,
    listeners: Listeners,
    shortLived: boolean,
    onLog: (line: string) => void,
    onEnd: ((how: string) => void) | undefined,
  ) {
    this.#java = java;
    this.#classPath = join(jars, '*');
    this.#folder = folder;
    this.#listeners = listeners;
    this.#shortLived = shortLived;
    this.#onLog = onLog;
    this.#onEnd = onEnd;
    this.brokers = `127.0.0.1:${listeners.plain}`;
    this.secure = secureListener(folder, listeners);
  }

  get pid(): number | undefined {
    return this.#process?.end() === undefined ? this.#process?.pid : undefined;
  }

  async start(): Promise<void> {
    const begun = Date.now();
    const propertiesFile = join(this.#folder, 'server.properties');
    await writeFile(propertiesFile, serverProperties(this.#folder, this.#listeners), { mode: 0o600 });
    if (!(await isFormatted(this.#folder))) {
      await format(this.#java, this.#classPath, propertiesFile, this.#listeners.secure?.material);
    }
    const logFile = join(this.#folder, 'broker.log');
    const alreadyLogged = (await logText(logFile)).length;
    const started = await startTethered(this.#java, this.#parameters(propertiesFile), { logFile });
    this.#process = started;
    const problem = await untilAnswers(this.brokers, START_DEADLINE_MS, () => started.end());
    if (problem !== undefined) {
      await stopTethered(started, 0);
      const logged = (await logText(logFile)).slice(alreadyLogged).trimEnd().split('\n').slice(-15).join('\n');
      throw new Error(`the Kafka broker did not start: ${problem}; the end of ${logFile}:\n${logged}`);
    }
    void started.ended.then(() => {
      if (!this.#told.has(started)) this.#onEnd?.(started.end() ?? 'ended');
    });
    this.#onLog(`Kafka answers on ${this.brokers} after ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }

  async stop(): Promise<void> {
    const running = this.#running();
    if (running !== undefined) await stopTethered(running, STOP_GRACE_MS);
  }

  async kill(): Promise<void> {
    const running = this.#running();
    running?.signal('SIGKILL');
    await running?.ended;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async pause(): Promise<void> {
    if (this.#process !== undefined) await freezeTethered(this.#process);
  }

  async resume(): Promise<void> {
    this.#process?.signal('SIGCONT');
  }

  /** The process that is about to be ended on purpose. */
  #running(): TetheredProcess | undefined {
    const running = this.#process;
    if (running === undefined || running.end() !== undefined) return undefined;
    this.#told.add(running);
    return running;
  }

  #parameters(propertiesFile: string): string[] {
    const log4j = join(import.meta.dirname, 'log4j2.properties');
    const memory = ['-Xms128m', '-Xmx384m', '-XX:+UseSerialGC'];
    // The thorough compiler costs two of the five seconds of processor that a start takes.
    const compiler = this.#shortLived ? ['-XX:TieredStopAtLevel=1'] : [];
    return [
      ...memory,
      ...compiler,
      `-Dlog4j2.configurationFile=${log4j}`,
      '-cp',
      this.#classPath,
      'kafka.Kafka',
      propertiesFile,
    ];
  }
}

function secureListener(folder: string, listeners: Listeners): SecureListener | undefined {
  if (listeners.secure === undefined) return undefined;
  const { port, material } = listeners.secure;
  const { username, password } = material;
  return { brokers: `127.0.0.1:${port}`, caFile: certificateFile(folder), username, password };
}

async function logText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
