import { readFileSync, rmSync } from 'node:fs';
import type { StartedProcess } from '../../support/processes.js';
import { Api } from '../api.js';
import type { DayReport } from '../day-report.js';
import { Installation } from '../installation.js';
import { writeConfiguration } from './offices.js';
import { Partners } from './partners.js';

const STAYS_WITHIN_MS = 180_000;

/** How long a day waits for answers. What is not there by the shorter time will not come while an agency is silent. */
export function answerWaitSeconds(expectsSilence: boolean): number {
  return expectsSilence ? 1 : 20;
}

/** A Concord with the three offices of the test, its partners running beside it, however many processes it is. */
export interface Hub {
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
  /** Has the Concord that stays run a day. */
  day(date: string): Promise<DayReport>;
  /**
   * Runs a day in which a process ends itself at a point, as `CONCORD_KILL_AT` says it.
   *
   * @returns false where the day passed no such point and came to its end
   */
  runKilled(date: string, killAt: string, expectsSilence: boolean): Promise<boolean>;
  /** Ends it, as a person does. */
  end(): Promise<void>;
  /** Ends it, or a part of it, as `kill -9` does. */
  kill(): Promise<void>;
  /** Ends everything and removes it. */
  remove(): Promise<void>;
}

/** Gateway and connectors in one process, with a database of its own. */
export class OneProcessHub implements Hub {
  private readonly concord = new Installation();
  private readonly configuration = this.concord.path('config');
  private instance: StartedProcess | null = null;
  private current: Api | null = null;
  private running: Partners | null = null;
  private removed = false;

  async launchPartners(): Promise<void> {
    writeConfiguration(this.configuration);
    this.running = await Partners.launch(this.concord.data);
  }

  get partners(): Partners {
    if (this.running === null) throw new Error('no partners run yet');
    return this.running;
  }

  get api(): Api {
    if (this.current === null) throw new Error('no instance runs');
    return this.current;
  }

  /**
   * Starts an instance, which first runs a day to its end and then stays.
   *
   * @param expectsSilence whether a partner is known not to answer, so that nobody waits for it long
   * @returns the day's report
   */
  async stay(date: string, expectsSilence: boolean): Promise<DayReport> {
    const path = this.concord.path('report.json');
    rmSync(path, { force: true });
    this.instance = this.concord.begin(['start', '--empty', '--date', date, '--report', path], {
      environment: { PORT: '0', ...this.environment(expectsSilence) },
    });
    const [, url] = await this.instance.says(/The API listens on (http:\S+)\/api\/v1,/, STAYS_WITHIN_MS);
    this.current = new Api(url!);
    return JSON.parse(readFileSync(path, 'utf8')) as DayReport;
  }

  /** Has the instance that stays run a day. */
  day(date: string): Promise<DayReport> {
    return this.concord.json<DayReport>(['day', '--date', date], { environment: this.environment(false) });
  }

  /**
   * Runs a day in a process that ends itself at a point, as `CONCORD_KILL_AT` says it.
   *
   * @returns false where the day passed no such point and came to its end
   * @throws Error when it ended in any other way than by SIGKILL
   */
  async runKilled(date: string, killAt: string, expectsSilence: boolean): Promise<boolean> {
    const { code, signal, stderr } = await this.concord.run(['start', '--empty', '--once', '--date', date], {
      environment: { ...this.environment(expectsSilence), CONCORD_KILL_AT: killAt },
    });
    if (signal === 'SIGKILL') return true;
    if (code === 0) return false;
    throw new Error(`${date}, to be killed at ${killAt}, ended with ${code}: ${stderr}`);
  }

  /** Ends the instance, as a person does. */
  async end(): Promise<void> {
    if (!this.instance?.isRunning) return;
    const { code, stderr } = await this.instance.end('SIGTERM');
    if (code !== 0) throw new Error(`the instance ended with ${code}: ${stderr}`);
  }

  /** Ends the instance as `kill -9` does: nothing is put away, and the database server goes on without it. */
  async kill(): Promise<void> {
    if (this.instance?.isRunning) await this.instance.end('SIGKILL');
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
      CONCORD_ANSWER_WAIT_SECONDS: String(answerWaitSeconds(expectsSilence)),
    };
  }
}
