import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checkpoint } from '@concord/core/platform/checkpoints';
import { loadKeyRing } from '@concord/core/crypto/key-file';
import { openTestBroker } from '../../support/kafka.js';
import type { TestBroker } from '../../support/kafka.js';
import { Processes } from '../../support/processes.js';
import type { Ended, StartedProcess } from '../../support/processes.js';
import { openTestDatabase } from '../../support/test-database.js';
import type { TestDatabase } from '../../support/test-database.js';
import { Api } from '../api.js';
import type { DayReport } from '../day-report.js';
import { answerWaitSeconds } from './hub.js';
import type { Hub, KilledDay } from './hub.js';
import { pointOf } from './kills.js';
import { writeConfiguration } from './offices.js';
import { runDayOf } from './ordered-day.js';
import { Partners } from './partners.js';

const REPOSITORY = join(import.meta.dirname, '../../..');
const GATEWAY = join(REPOSITORY, 'apps/gateway/dist/cli/main.js');
const CONNECTORS = join(REPOSITORY, 'apps/connectors/dist/main.js');
const AT_WORK_WITHIN_MS = 120_000;
/** After each kill the rest waits this long for the dead one's partitions: less than usual, because there are many kills. */
const SESSION_SECONDS = 4;

export const PARTITIONS = 6;
export const PROCESS_NAMES = ['gateway', 'connectors-1', 'connectors-2'] as const;
export type ProcessName = (typeof PROCESS_NAMES)[number];

/** What a process was started with, beside its name. */
interface Running {
  readonly process: StartedProcess;
  readonly waits: number;
}

/** Which process is to end itself, and where, as `CONCORD_KILL_AT` says it. */
interface Armed {
  readonly name: ProcessName;
  readonly killAt: string;
}

/** A gateway and two processes of connectors, over a real Kafka and one database; whatever of them is dead is started anew. */
export class ProcessesHub implements Hub {
  readonly name = 'three processes';
  private readonly folder = mkdtempSync(join(tmpdir(), 'concord-processes-'));
  private readonly data = join(this.folder, 'data');
  private readonly configuration = join(this.folder, 'config');
  private readonly processes = new Processes();
  private readonly running = new Map<ProcessName, Running>();
  private kafka: TestBroker | null = null;
  private database: TestDatabase | null = null;
  private launched: Partners | null = null;
  private readonly urls = new Map<ProcessName, string>();
  private turn = 0;
  /** Who was killed, in order, with the point or `outside`. */
  readonly killed: { readonly name: ProcessName; readonly at: Checkpoint | 'outside' }[] = [];

  constructor() {
    chmodSync(this.folder, 0o711);
    mkdirSync(this.data);
  }

  async launchPartners(): Promise<void> {
    writeConfiguration(this.configuration);
    this.launched = await Partners.launch(this.data);
    this.kafka = await openTestBroker();
    this.database = await openTestDatabase();
    await loadKeyRing({ env: {}, dataFolder: this.data, createIfMissing: true });
  }

  get partners(): Partners {
    if (this.launched === null) throw new Error('no partners run yet');
    return this.launched;
  }

  get api(): Api {
    return new Api(this.url('gateway'));
  }

  /** Where a process listens, without a path. */
  url(name: ProcessName): string {
    const url = this.urls.get(name);
    if (url === undefined) throw new Error(`${name} was not started`);
    return url;
  }

  process(name: ProcessName): StartedProcess {
    return this.running.get(name)!.process;
  }

  get broker() {
    return this.kafka!.broker;
  }

  get db(): TestDatabase {
    return this.database!;
  }

  async stay(date: string, expectsSilence: boolean): Promise<DayReport> {
    await this.start(answerWaitSeconds(expectsSilence));
    return runDayOf(this.data, date);
  }

  /**
   * The day must come to its end although one of the connectors dies. When the gateway dies, nobody is left to tell whoever
   * ordered the day: it must be ordered again.
   */
  async runKilled(date: string, killAt: string, expectsSilence: boolean): Promise<KilledDay> {
    const victim = this.victimOf(pointOf(killAt));
    const waits = answerWaitSeconds(expectsSilence);
    await this.stop(victim);
    await this.start(waits, { name: victim, killAt });
    const { process } = this.running.get(victim)!;
    const ordered = await runDayOf(this.data, date).catch((error: Error) => error);
    // One that did not pass the point may still do so: it must not be left like that.
    const died = (await process.end('SIGTERM')).signal === 'SIGKILL';
    if (died) this.killed.push({ name: victim, at: pointOf(killAt) });
    const failed = ordered instanceof Error;
    if (died && victim === 'gateway' && failed) return { died, report: null };
    if (failed) throw new Error(`${victim} killed at ${killAt}: ${ordered.message}`);
    if (victim === 'gateway') await this.start(waits);
    return { died, report: ordered };
  }

  async end(): Promise<void> {
    for (const name of PROCESS_NAMES) await this.stop(name);
  }

  /** Ends one process as a person does, if it runs. */
  async stop(name: ProcessName): Promise<void> {
    if (!this.isRunning(name)) return;
    const { code, stderr } = await this.process(name).end('SIGTERM');
    if (code !== 0) throw new Error(`${name} ended with ${code}: ${stderr}`);
  }

  /** Kills one of the three, another one each time, passing over what is dead already. The others go on. */
  async kill(): Promise<void> {
    const inTurn = PROCESS_NAMES.map((_, index) => PROCESS_NAMES[(this.turn + index) % PROCESS_NAMES.length]!);
    const name = inTurn.find((each) => this.isRunning(each));
    if (name === undefined) return;
    this.turn = PROCESS_NAMES.indexOf(name) + 1;
    await this.process(name).end('SIGKILL');
    this.killed.push({ name, at: 'outside' });
  }

  async remove(): Promise<void> {
    await this.processes.endAll();
    await this.launched?.stop();
    await this.kafka?.remove();
    await this.database?.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /**
   * Starts what does not run, and returns when all are at work.
   *
   * @param waits how long a day waits for answers, in seconds: the gateway is started anew when it has another time
   * @param armed who is to end itself, and where
   */
  async start(waits: number, armed?: Armed): Promise<void> {
    const gateway = this.running.get('gateway');
    if (gateway?.process.isRunning && gateway.waits !== waits) await this.stop('gateway');
    await Promise.all(
      PROCESS_NAMES.filter((name) => !this.isRunning(name)).map((name) =>
        this.startOne(name, waits, name === armed?.name ? armed.killAt : null),
      ),
    );
  }

  private isRunning(name: ProcessName): boolean {
    return this.running.get(name)?.process.isRunning ?? false;
  }

  private async startOne(name: ProcessName, waits: number, killAt: string | null): Promise<void> {
    const program = name === 'gateway' ? [GATEWAY, 'start'] : [CONNECTORS];
    const started = this.processes.start(process.execPath, program, {
      ...this.environment(),
      ...{ CONCORD_ANSWER_WAIT_SECONDS: String(waits), PORT: '0' },
      ...(killAt === null ? {} : { CONCORD_KILL_AT: killAt }),
    });
    this.running.set(name, { process: started, waits });
    const atWork = name === 'gateway' ? /The API listens on (http:\S+)\/api\/v1,/ : /health is at (http:\S+)\/health/;
    // One that is to be killed may be killed before it says so.
    const said = await started.says(atWork, AT_WORK_WITHIN_MS).catch((error: Error) => {
      if (killAt !== null && !started.isRunning) return null;
      throw error;
    });
    if (said) this.urls.set(name, said[1]!);
  }

  /** `concord day`, which the gateway carries out. */
  order(date: string): Promise<Ended> {
    return this.processes.start(process.execPath, [GATEWAY, 'day', '--date', date, '--json'], this.environment()).ended;
  }

  private environment(): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    return {
      ...{ PATH, HOME, CONCORD_DATA: this.data, CONCORD_CONFIG: this.configuration, CONCORD_SCHEDULES: 'ordered' },
      ...{ DATABASE_URL: this.db.url, KAFKA_BROKERS: this.broker.brokers, KAFKA_PARTITIONS: String(PARTITIONS) },
      KAFKA_SESSION_SECONDS: String(SESSION_SECONDS),
    };
  }

  /**
   * Whoever of those that pass the point died there least often; of equals one that is dead and must be started anyway, else the one
   * that died least often at any point.
   */
  private victimOf(point: Checkpoint): ProcessName {
    const atPoints = this.killed.filter(({ at }) => at !== 'outside');
    const deaths = (name: ProcessName) => atPoints.filter((each) => each.name === name && each.at === point).length;
    const all = (name: ProcessName) => atPoints.filter((each) => each.name === name).length / 1_000;
    const rank = (name: ProcessName) => deaths(name) + (this.isRunning(name) ? 0.5 : 0) + all(name);
    return passing(point).sort((a, b) => rank(a) - rank(b))[0]!;
  }
}

/** The processes that pass a point. */
function passing(point: Checkpoint): ProcessName[] {
  if (point === 'mid-posting') return ['gateway'];
  if (point === 'after-publishing' || point === 'after-handling') return [...PROCESS_NAMES];
  return ['connectors-1', 'connectors-2'];
}
