import { readFileSync, rmSync } from 'node:fs';
import type { StartedProcess } from '../../support/processes.js';
import { Api } from '../api.js';
import type { DayReport } from '../day-report.js';
import { Installation } from '../installation.js';
import { writeConfiguration } from './offices.js';
import { runDayOf } from './ordered-day.js';
import { Partners } from './partners.js';

const STAYS_WITHIN_MS = 180_000;

/** How long a day waits for answers. What is not there by the shorter time will not come while an agency is silent. */
export function answerWaitSeconds(expectsSilence: boolean): number {
  return expectsSilence ? 1 : 20;
}

/** What became of a day in which a process was to end itself. */
export interface KilledDay {
  /** Whether the day passed the point. */
  readonly died: boolean;
  /** The day's report where others brought the day to its end all the same. */
  readonly report: DayReport | null;
}

/** A Concord with the three offices of the test, its partners running beside it, however many processes it is. */
export interface Hub {
  /** What it is, for whoever watches the tests. */
  readonly name: string;
  readonly partners: Partners;
  readonly api: Api;
  launchPartners(): Promise<void>;
  /**
   * Has Concord run a day to its end, and stay.
   *
   * @param expectsSilence whether a partner is known not to answer, so that nobody waits for it long
   * @returns the day's report
   */
  stay(date: string, expectsSilence: boolean): Promise<DayReport>;
  /** Runs a day in which a process ends itself at a point, as `CONCORD_KILL_AT` says it. */
  runKilled(date: string, killAt: string, expectsSilence: boolean): Promise<KilledDay>;
  /** Ends it, as a person does; what ends in any other way than well is an Error. */
  end(): Promise<void>;
  /** Ends it, or a part of it, as `kill -9` does. */
  kill(): Promise<void>;
  /** Ends everything and removes it. */
  remove(): Promise<void>;
}

/**
 * When a Concord works by itself. One that looks for partners' files by the clock finds them on the day before, or not, as it happens:
 * it must not run while partners write.
 */
export type Schedules = 'clock' | 'ordered';

/** Gateway and connectors in one process, with a database of its own. */
export class OneProcessHub implements Hub {
  private readonly concord = new Installation();
  private readonly configuration = this.concord.path('config');
  private instance: { readonly process: StartedProcess; readonly waits: number } | null = null;
  private current: Api | null = null;
  private running: Partners | null = null;
  private removed = false;

  readonly name: string;

  /**
   * @param configure writes its configuration folder; the three offices where it is left out
   * @param more variables beside its own, such as those of a database from outside
   */
  constructor(
    private readonly schedules: Schedules,
    private readonly configure: (folder: string) => void = writeConfiguration,
    private readonly more: () => NodeJS.ProcessEnv = () => ({}),
  ) {
    this.name = `one process, by ${schedules === 'clock' ? 'the clock' : 'order'}`;
  }

  async launchPartners(): Promise<void> {
    this.configure(this.configuration);
    this.running = await Partners.launch(this.concord.data);
  }

  /** The data folder; it does not exist before the partners were launched. */
  get data(): string {
    return this.concord.data;
  }

  get partners(): Partners {
    if (this.running === null) throw new Error('no partners run yet');
    return this.running;
  }

  get api(): Api {
    if (this.current === null) throw new Error('no instance runs');
    return this.current;
  }

  /** By the instance that stays, if there is one that waits as long for answers; else by a new one. */
  async stay(date: string, expectsSilence: boolean): Promise<DayReport> {
    const waits = answerWaitSeconds(expectsSilence);
    if (this.instance?.process.isRunning && this.instance.waits === waits) {
      return runDayOf(this.concord.data, date);
    }
    await this.end();
    const path = this.concord.path('report.json');
    rmSync(path, { force: true });
    const started = this.concord.begin(['start', '--empty', '--date', date, '--report', path], {
      environment: { PORT: '0', ...this.environment(expectsSilence) },
    });
    this.instance = { process: started, waits };
    const [, url] = await started.says(/The API listens on (http:\S+)\/api\/v1,/, STAYS_WITHIN_MS);
    this.current = new Api(url!);
    return JSON.parse(readFileSync(path, 'utf8')) as DayReport;
  }

  /** @throws Error when the process ended in any other way than well or by SIGKILL */
  async runKilled(date: string, killAt: string, expectsSilence: boolean): Promise<KilledDay> {
    await this.end();
    const { code, signal, stderr } = await this.concord.run(['start', '--empty', '--once', '--date', date], {
      environment: { ...this.environment(expectsSilence), CONCORD_KILL_AT: killAt },
    });
    if (signal === 'SIGKILL' || code === 0) return { died: code !== 0, report: null };
    throw new Error(`${date}, to be killed at ${killAt}, ended with ${code}: ${stderr}`);
  }

  async end(): Promise<void> {
    if (!this.instance?.process.isRunning) return;
    const { code, stderr } = await this.instance.process.end('SIGTERM');
    if (code !== 0) throw new Error(`the instance ended with ${code}: ${stderr}`);
  }

  /** Ends the instance as `kill -9` does: nothing is put away, and the database server goes on without it. */
  async kill(): Promise<void> {
    if (this.instance?.process.isRunning) await this.instance.process.end('SIGKILL');
  }

  /** Ends everything. A run that is still going on fails with its next step, instead of beginning anew. */
  async remove(): Promise<void> {
    this.removed = true;
    await this.kill();
    await this.running?.stop();
    await this.concord.remove();
  }

  private environment(expectsSilence: boolean): NodeJS.ProcessEnv {
    if (this.removed) throw new Error('everything is put away already');
    return {
      CONCORD_CONFIG: this.configuration,
      CONCORD_SCHEDULES: this.schedules,
      CONCORD_ANSWER_WAIT_SECONDS: String(answerWaitSeconds(expectsSilence)),
      ...this.more(),
    };
  }
}
