import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { StartedProcess } from '../../support/processes.js';
import { Api } from '../api.js';
import type { DayReport } from '../day-report.js';
import { Installation } from '../installation.js';
import { writeConfiguration } from './offices.js';
import { Partners } from './partners.js';

const STAYS_WITHIN_MS = 180_000;
const ANSWER_WAIT_SECONDS = 20;
/** What is not there by then will not come while an agency is silent. */
const SHORT_ANSWER_WAIT_SECONDS = 1;

/** How a run of the instance is begun. */
export interface Begin {
  /** Where it ends itself, as `CONCORD_KILL_AT` says it; null for nowhere. */
  readonly killAt: string | null;
  /** Whether a partner is known not to answer. */
  readonly expectsSilence: boolean;
}

export const UNDISTURBED: Begin = { killAt: null, expectsSilence: false };

/** A Concord with the three offices of the test, its partners running beside it. */
export class Hub {
  private readonly concord = new Installation();
  private readonly configuration = this.concord.path('config');
  private instance: StartedProcess | null = null;
  private current: Api | null = null;
  private running: Partners | null = null;

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
   * Starts an instance, which first runs a day to its end.
   *
   * @returns the day's report, or null when the instance ended itself before it listened
   * @throws Error when it ended in any other way than by SIGKILL
   */
  async stay(date: string, begin: Begin): Promise<DayReport | null> {
    const path = this.concord.path('report.json');
    rmSync(path, { force: true });
    const wait = begin.expectsSilence ? SHORT_ANSWER_WAIT_SECONDS : ANSWER_WAIT_SECONDS;
    const instance = this.concord.begin(['start', '--empty', '--date', date, '--report', path], {
      environment: {
        ...{ PORT: '0', CONCORD_CONFIG: this.configuration, CONCORD_ANSWER_WAIT_SECONDS: `${wait}` },
        ...(begin.killAt === null ? {} : { CONCORD_KILL_AT: begin.killAt }),
      },
    });
    this.instance = instance;
    try {
      const [, url] = await instance.says(/The API listens on (http:\S+)\/api\/v1,/, STAYS_WITHIN_MS);
      this.current = new Api(url!);
    } catch (error) {
      if (!(await this.wasKilled())) throw error;
      return null;
    }
    if (!existsSync(path)) throw new Error(`no report of ${date}`);
    return JSON.parse(readFileSync(path, 'utf8')) as DayReport;
  }

  /**
   * Has the instance run a day.
   *
   * @returns the day's report, or null when the instance ended itself meanwhile
   */
  async day(date: string): Promise<DayReport | null> {
    const { code, stdout, stderr } = await this.concord.run(['day', '--date', date, '--json'], {
      environment: { CONCORD_CONFIG: this.configuration },
    });
    if (code === 0) return JSON.parse(stdout) as DayReport;
    if (await this.wasKilled()) return null;
    throw new Error(`${date} ended with ${code}: ${stderr}`);
  }

  /** Ends the instance, as a person does. */
  async end(): Promise<void> {
    if (!this.instance?.isRunning) return;
    const { code, stderr } = await this.instance.end('SIGTERM');
    if (code !== 0) throw new Error(`the instance ended with ${code}: ${stderr}`);
  }

  async remove(): Promise<void> {
    await this.concord.remove();
    await this.running?.stop();
  }

  private async wasKilled(): Promise<boolean> {
    const ended = await this.instance?.endsWithin(5_000);
    return ended?.signal === 'SIGKILL';
  }
}
