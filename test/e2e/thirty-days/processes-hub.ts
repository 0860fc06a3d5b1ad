import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import type { Hub } from './hub.js';
import { writeConfiguration } from './offices.js';
import { Partners } from './partners.js';

const REPOSITORY = join(import.meta.dirname, '../../..');
const GATEWAY = join(REPOSITORY, 'apps/gateway/dist/cli/main.js');
const CONNECTORS = join(REPOSITORY, 'apps/connectors/dist/main.js');
const AT_WORK_WITHIN_MS = 120_000;

export const PROCESS_NAMES = ['gateway', 'connectors-1', 'connectors-2'] as const;
export type ProcessName = (typeof PROCESS_NAMES)[number];

/** What a process was started with, beside its name. */
interface Running {
  readonly process: StartedProcess;
  readonly waits: number;
}

/** Points that the gateway passes, and points that both halves pass. All others are the connectors'. */
const OF_GATEWAY = ['mid-posting'];
const OF_BOTH = ['after-publishing', 'after-handling'];

/** A gateway and two processes of connectors, over a real Kafka and one database; whatever of them is dead is started anew. */
export class ProcessesHub implements Hub {
  private readonly folder = mkdtempSync(join(tmpdir(), 'concord-processes-'));
  private readonly data = join(this.folder, 'data');
  private readonly configuration = join(this.folder, 'config');
  private readonly processes = new Processes();
  private readonly running = new Map<ProcessName, Running>();
  private kafka: TestBroker | null = null;
  private database: TestDatabase | null = null;
  private launched: Partners | null = null;
  private current: Api | null = null;
  private kills = 0;
  /** Who was killed, in order, with the point or `outside`. */
  readonly killed: { readonly name: ProcessName; readonly at: string }[] = [];

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
    if (this.current === null) throw new Error('no gateway runs');
    return this.current;
  }

  get broker() {
    return this.kafka!.broker;
  }

  get db(): TestDatabase {
    return this.database!;
  }

  async stay(date: string, expectsSilence: boolean): Promise<DayReport> {
    const waits = answerWaitSeconds(expectsSilence);
    if (this.running.get('gateway')?.waits !== waits) await this.running.get('gateway')?.process.end('SIGTERM');
    await this.startMissing(waits);
    return this.day(date);
  }

  async day(date: string): Promise<DayReport> {
    const { code, stdout, stderr } = await this.order(date);
    if (code !== 0) throw new Error(`${date} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as DayReport;
  }

  async runKilled(date: string, killAt: string, expectsSilence: boolean): Promise<boolean> {
    const victim = this.victimOf(killAt);
    await this.running.get(victim)?.process.end('SIGTERM');
    const waits = answerWaitSeconds(expectsSilence);
    await this.startMissing(waits, victim, killAt);
    const { process } = this.running.get(victim)!;
    const { code, stderr } = await this.order(date);
    const died = !process.isRunning && (await process.ended).signal === 'SIGKILL';
    if (died) this.killed.push({ name: victim, at: killAt });
    else await process.end('SIGTERM');
    // Without its gateway a command ends; without one of its connectors it must not.
    if (code !== 0 && !(died && victim === 'gateway'))
      throw new Error(`${date}, ${victim} killed at ${killAt}: ${stderr}`);
    return died;
  }

  async end(): Promise<void> {
    for (const { process } of this.running.values()) {
      if (!process.isRunning) continue;
      const { code, stderr } = await process.end('SIGTERM');
      if (code !== 0) throw new Error(`a process ended with ${code}: ${stderr}`);
    }
  }

  /** Kills one of the three, another one each time. The others go on. */
  async kill(): Promise<void> {
    const name = PROCESS_NAMES[this.kills++ % PROCESS_NAMES.length]!;
    const running = this.running.get(name);
    if (!running?.process.isRunning) return;
    await running.process.end('SIGKILL');
    this.killed.push({ name, at: 'outside' });
  }

  async remove(): Promise<void> {
    await this.processes.endAll();
    await this.launched?.stop();
    await this.kafka?.remove();
    await this.database?.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  /** Starts what does not run, and returns when all are at work. */
  async startMissing(waits: number, victim?: ProcessName, killAt?: string): Promise<void> {
    await Promise.all(
      PROCESS_NAMES.map(async (name) => {
        if (this.running.get(name)?.process.isRunning) return;
        await this.start(name, waits, name === victim ? killAt : undefined);
      }),
    );
  }

  private async start(name: ProcessName, waits: number, killAt: string | undefined): Promise<void> {
    const environment = { ...this.environment(), CONCORD_ANSWER_WAIT_SECONDS: String(waits), PORT: '0' };
    const program = name === 'gateway' ? [GATEWAY, 'start'] : [CONNECTORS];
    const process_ = this.processes.start(
      process.execPath,
      program,
      killAt === undefined ? environment : { ...environment, CONCORD_KILL_AT: killAt },
    );
    this.running.set(name, { process: process_, waits });
    const atWork = name === 'gateway' ? /The API listens on (http:\S+)\/api\/v1,/ : /The connectors are at work/;
    // One that is to be killed may be killed before it says so.
    const said = await process_.says(atWork, AT_WORK_WITHIN_MS).catch((error: Error) => {
      if (killAt !== undefined && !process_.isRunning) return null;
      throw error;
    });
    if (name === 'gateway' && said) this.current = new Api(said[1]!);
  }

  private order(date: string): Promise<Ended> {
    return this.processes.start(process.execPath, [GATEWAY, 'day', '--date', date, '--json'], this.environment()).ended;
  }

  private environment(): NodeJS.ProcessEnv {
    const { PATH, HOME } = process.env;
    return {
      ...{ PATH, HOME, CONCORD_DATA: this.data, CONCORD_CONFIG: this.configuration, CONCORD_SCHEDULES: 'ordered' },
      ...{ DATABASE_URL: this.db.url, KAFKA_BROKERS: this.broker.brokers, KAFKA_PARTITIONS: '6' },
    };
  }

  private victimOf(killAt: string): ProcessName {
    const [point] = killAt.split(':') as [string];
    const turn = this.kills++;
    if (OF_GATEWAY.includes(point)) return 'gateway';
    if (OF_BOTH.includes(point)) return PROCESS_NAMES[turn % 3]!;
    return turn % 2 === 0 ? 'connectors-1' : 'connectors-2';
  }
}
