import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Processes, isAlive, pause } from '../support/processes.js';
import type { Ended, StartedProcess } from '../support/processes.js';
import { Api } from './api.js';
import type { DayReport } from './day-report.js';

const REPOSITORY = join(import.meta.dirname, '../..');
const COMMAND = join(REPOSITORY, 'apps/gateway/dist/cli/main.js');
const STAYS_WITHIN_MS = 240_000;
const APPEARS_WITHIN_MS = 90_000;
const SERVER_STOPS_WITHIN_MS = 60_000;

/** What a command may be given besides its parameters. */
export interface CommandOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string | Uint8Array;
}

/**
 * One Concord with a data folder of its own below the system's temporary folder, used as its user does: by its command
 * line, in processes of their own, with nothing of this process's environment.
 */
export class Installation {
  /** Others may pass through, because the database server runs as another user than root. */
  private readonly folder = mkdtempSync(join(tmpdir(), 'concord-e2e-'));
  private readonly processes = new Processes();
  /** The data folder; it does not exist before the first command. */
  readonly data = join(this.folder, 'data');

  constructor() {
    chmodSync(this.folder, 0o711);
  }

  /** A file beside the data folder. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** Starts a command and does not wait for it. */
  begin(parameters: readonly string[], { environment = {}, input }: CommandOptions = {}): StartedProcess {
    const { PATH, HOME } = process.env;
    return this.processes.start(
      process.execPath,
      [COMMAND, ...parameters],
      { PATH, HOME, CONCORD_DATA: this.data, ...environment },
      input,
    );
  }

  /**
   * `concord start` that stays up, once its day is run and its API listens.
   *
   * @param date the business day that it runs first
   */
  async stay(date: string): Promise<{ instance: StartedProcess; api: Api }> {
    const instance = this.begin(['start', '--date', date], { environment: { PORT: '0' } });
    const [, url] = await instance.says(/The API listens on (http:\S+)\/api\/v1,/, STAYS_WITHIN_MS);
    return { instance, api: new Api(url!) };
  }

  /** Runs a command to its end. */
  run(parameters: readonly string[], options?: CommandOptions): Promise<Ended> {
    return this.begin(parameters, options).ended;
  }

  /**
   * Runs a command that prints JSON.
   *
   * @throws Error with what it said, unless it ends well
   */
  async json<T>(parameters: readonly string[], options?: CommandOptions): Promise<T> {
    const { code, stdout, stderr } = await this.run([...parameters, '--json'], options);
    if (code !== 0) throw new Error(`concord ${parameters.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /**
   * `concord start --once` with its report.
   *
   * @param date null for the default
   */
  async day(date: string | null, options?: CommandOptions): Promise<{ ended: Ended; report: DayReport | null }> {
    const report = this.path('day.json');
    rmSync(report, { force: true });
    const chosen = date === null ? [] : ['--date', date];
    const ended = await this.run(['start', '--once', '--report', report, ...chosen], options);
    return { ended, report: existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as DayReport) : null };
  }

  /** Waits until a file or folder of the data folder is there. */
  async has(name: string): Promise<void> {
    for (const until = Date.now() + APPEARS_WITHIN_MS; !existsSync(join(this.data, name));) {
      if (Date.now() > until) throw new Error(`${name} does not appear in ${this.data}`);
      await pause(10);
    }
  }

  /** Waits until the data folder has a file or folder whose name matches. */
  async hasLike(name: RegExp): Promise<void> {
    for (const until = Date.now() + APPEARS_WITHIN_MS; ;) {
      if (existsSync(this.data) && readdirSync(this.data).some((each) => name.test(each))) return;
      if (Date.now() > until) throw new Error(`nothing like ${name} appears in ${this.data}`);
      await pause(10);
    }
  }

  /** Process id of the embedded database server, or null when none runs on this data. */
  databasePid(): number | null {
    try {
      const pid = Number(readFileSync(join(this.data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
      return isAlive(pid) ? pid : null;
    } catch {
      return null;
    }
  }

  /** Ends every process of it, the database server included, and removes the folder. */
  async remove(): Promise<void> {
    await this.processes.endAll();
    await this.stopDatabase();
    // Simulated partners end by themselves when their starter is gone; they may be writing their last.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  private async stopDatabase(): Promise<void> {
    const pid = this.databasePid();
    if (pid === null) return;
    // PostgreSQL's fast shutdown.
    process.kill(pid, 'SIGINT');
    for (const until = Date.now() + SERVER_STOPS_WITHIN_MS; isAlive(pid);) {
      if (Date.now() > until) throw new Error(`the database server ${pid} of ${this.data} does not stop`);
      await pause(50);
    }
  }
}
