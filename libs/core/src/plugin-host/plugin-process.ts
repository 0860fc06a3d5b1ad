import { randomInt } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { FrameError, FrameReader, FrameWriter, parseFrame, type Frame } from './frames.js';
import type { JobRequest } from './jobs.js';
import { MEMORY_POLL_MS, residentBytes } from './memory-use.js';
import { maskNumbers, PluginFailure } from './plugin-failure.js';
import { PrintedOutput, type PluginLog } from './printed-output.js';
import { jobErrorSchema } from './result-schemas.js';
import { startChild } from './start-child.js';

export interface ProcessLimits {
  /** Longest silence while the host waits for the plugin, in milliseconds. */
  readonly deadlineMs: number;
  /** Longest time in all that the host waits for the plugin in one job, in milliseconds. */
  readonly jobMs: number;
  readonly memoryLimitMb: number;
}

/** A frame has 32 bits for the number of its job. */
const MOST_JOBS = 2 ** 32;

/** A part of a job's input. */
export type FeedPart = { readonly items: readonly unknown[] } | { readonly bytes: Uint8Array };

type KillReason = 'deadline' | 'memory' | 'rubbish' | 'printed' | 'source' | 'finished';

/** How long the pipes of an ended process may stay open in the hands of a process that the plugin started. */
const PIPE_GRACE_MS = 200;
/** How long a process may go on that has closed the pipe of its answers: one that ends is gone long before. */
const END_GRACE_MS = 1_000;
const CLOCK_MS = 50;
/** What Node says when there is no room for a buffer: more was asked for than the limit on writable memory leaves. */
const NO_ROOM_FOR_BUFFER = /Array buffer allocation failed|Failed to allocate memory/;

/** One child process with one plugin in it, doing one job at a time. */
export class PluginProcess {
  readonly specifier: string;
  jobsDone = 0;
  #job = 0;
  readonly #limits: ProcessLimits;
  readonly #child: ChildProcess;
  readonly #writer: FrameWriter;
  readonly #reader: FrameReader;
  readonly #printed: PrintedOutput;
  readonly #exited: Promise<string>;
  readonly #memoryTimer: NodeJS.Timeout;
  #alive = true;
  #killed: KillReason | null = null;
  /** The host waits for output, and not for more of its own input. */
  #awaiting = false;
  #sourcing = false;
  #lastProgress = 0;
  #waitedMs = 0;
  #sourceError: { readonly error: unknown } | null = null;

  constructor(specifier: string, childFile: URL, workingFolder: URL, limits: ProcessLimits, log: PluginLog) {
    this.specifier = specifier;
    this.#limits = limits;
    this.#child = startChild(specifier, { childFile, workingFolder, memoryLimitMb: limits.memoryLimitMb });
    const [input, , , toChild, fromChild] = this.#child.stdio as unknown as [
      Writable,
      Readable,
      Readable,
      Writable,
      Readable,
    ];
    input.on('error', () => undefined);
    this.#printed = new PrintedOutput(specifier, log, () => this.kill('printed'));
    this.#printed.listen('stdout', this.#child.stdout!);
    this.#printed.listen('stderr', this.#child.stderr!);
    this.#writer = new FrameWriter(toChild);
    this.#reader = new FrameReader(fromChild);
    fromChild.on('error', () => undefined);
    this.#exited = new Promise((resolve) => {
      const ended = (how: string): void => {
        this.#alive = false;
        clearInterval(this.#memoryTimer);
        // What the plugin started must not outlive it, nor keep its pipes open.
        this.#killGroup();
        setTimeout(() => this.#child.stdio.forEach((pipe) => pipe?.destroy()), PIPE_GRACE_MS).unref();
        resolve(how);
      };
      this.#child.once('error', (error) => ended(error.message));
      this.#child.once('exit', (code, signal) => ended(signal === null ? `exit code ${code}` : `signal ${signal}`));
    });
    this.#memoryTimer = setInterval(() => void this.#checkMemory(), MEMORY_POLL_MS);
    this.#memoryTimer.unref();
  }

  /** Whether it can do another job: it lives, and has said nothing beyond the end of the last one. */
  get usable(): boolean {
    return this.#running && !this.#reader.holdsMore;
  }

  get #running(): boolean {
    return this.#alive && this.#killed === null;
  }

  /** Calls back once, when the process has ended. */
  onExit(listener: () => void): void {
    void this.#exited.then(listener);
  }

  kill(reason: KillReason = 'finished'): void {
    if (!this.#running) return;
    this.#killed = reason;
    this.#child.kill('SIGKILL');
    this.#killGroup();
  }

  /**
   * Does one job: yields the frames of its output and, last, its `end` frame. Input is taken from the feed as fast as
   * the plugin reads it. Leaving the iteration early kills the process.
   *
   * @throws PluginFailure when the plugin fails; what the feed threw when that fails.
   */
  async *run(request: JobRequest, feed: AsyncIterable<FeedPart> | null): AsyncGenerator<Frame, void, undefined> {
    let settled = false;
    this.jobsDone++;
    // Drawn, so that a plugin can't answer a job that it was not given yet.
    this.#job = randomInt(MOST_JOBS);
    this.#writer.job = this.#job;
    this.#waitedMs = 0;
    this.#printed.startJob();
    const clock = setInterval(() => this.#checkTime(), CLOCK_MS);
    const source = feed?.[Symbol.asyncIterator]() ?? null;
    const stop = { feeding: false };
    try {
      const feeding = this.#feed(request, source, stop);
      for (;;) {
        const frame = await this.#read();
        if (frame.kind === 'data' || frame.kind === 'bytes') {
          yield frame;
          continue;
        }
        // The plugin may have finished without reading all of its input.
        stop.feeding = true;
        if (!this.#sourcing) await this.#taken(feeding);
        else void feeding;
        if (this.#sourceError !== null) throw this.#sourceError.error;
        if (this.#killed !== null) throw this.#ended(await this.#exited);
        settled = !this.#sourcing;
        if (frame.kind === 'error') throw this.#thrown(frame);
        if (frame.kind !== 'end')
          throw new PluginFailure('rubbish', this.specifier, `answered with a ${frame.kind} frame`);
        yield frame;
        return;
      }
    } finally {
      clearInterval(clock);
      stop.feeding = true;
      if (!settled) this.kill();
      if (source?.return !== undefined) void source.return().catch(() => undefined);
    }
  }

  #killGroup(): void {
    if (process.platform === 'win32' || this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // Nobody is left in the group.
    }
  }

  async #feed(
    request: JobRequest,
    source: AsyncIterator<FeedPart> | null,
    stop: { readonly feeding: boolean },
  ): Promise<void> {
    await this.#writer.writeJson('control', request);
    while (source !== null && !stop.feeding && this.#running) {
      const part = await this.#nextPart(source);
      if (part === null || stop.feeding) break;
      if ('items' in part) await this.#writer.writeItems(part.items);
      else await this.#writer.writeBytes(part.bytes);
      this.#lastProgress = Date.now();
    }
    if (this.#sourceError === null) await this.#writer.writeJson('end', null);
  }

  async #nextPart(source: AsyncIterator<FeedPart>): Promise<FeedPart | null> {
    this.#sourcing = true;
    try {
      const next = await source.next();
      return next.done === true ? null : next.value;
    } catch (error) {
      this.#sourceError = { error };
      this.kill('source');
      return null;
    } finally {
      this.#sourcing = false;
      this.#lastProgress = Date.now();
    }
  }

  async #read(): Promise<Frame> {
    this.#lastProgress = Date.now();
    this.#awaiting = true;
    try {
      const frame = await this.#reader.next();
      if (frame !== null && frame.job !== this.#job) throw new FrameError(`a frame of job ${frame.job}`);
      if (frame !== null) return frame;
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.kill('rubbish');
    } finally {
      this.#awaiting = false;
    }
    // A plugin that closed its pipe and goes on would be waited for without end.
    const late = setTimeout(() => this.kill('rubbish'), END_GRACE_MS);
    const how = await this.#exited;
    clearTimeout(late);
    if (this.#sourceError !== null) throw this.#sourceError.error;
    throw this.#ended(how);
  }

  /** Waits until the child has read its input to the end, which its own code may keep it from. */
  async #taken(feeding: Promise<void>): Promise<void> {
    this.#lastProgress = Date.now();
    this.#awaiting = true;
    try {
      await feeding;
    } finally {
      this.#awaiting = false;
    }
  }

  #ended(how: string): PluginFailure {
    switch (this.#killed) {
      case 'deadline':
        return new PluginFailure('deadline', this.specifier, `killed: no result within ${this.#limits.deadlineMs} ms`);
      case 'memory':
        return this.#outOfMemory('killed');
      case 'printed':
        return new PluginFailure('rubbish', this.specifier, 'killed: it printed without end');
      case 'rubbish':
        return new PluginFailure('rubbish', this.specifier, 'killed: it disturbed the exchange with its host');
      default:
    }
    if (this.#printed.ranOutOfMemory) return this.#outOfMemory('ended');
    const said = this.#printed.lastErrors();
    return new PluginFailure('crashed', this.specifier, `its process ended (${how})${said === '' ? '' : `: ${said}`}`);
  }

  #outOfMemory(how: 'killed' | 'ended'): PluginFailure {
    const limit = this.#limits.memoryLimitMb;
    return new PluginFailure('memory', this.specifier, `${how}: it took more than ${limit} MB`);
  }

  #thrown(frame: Frame): PluginFailure {
    const error = jobErrorSchema.safeParse(readable(frame));
    if (!error.success) return new PluginFailure('rubbish', this.specifier, 'its error can not be read');
    if (NO_ROOM_FOR_BUFFER.test(error.data.message)) return this.#outOfMemory('ended');
    return new PluginFailure('threw', this.specifier, maskNumbers(error.data.message), error.data.item);
  }

  #checkTime(): void {
    if (!this.#awaiting || this.#sourcing) return;
    this.#waitedMs += CLOCK_MS;
    if (Date.now() - this.#lastProgress > this.#limits.deadlineMs || this.#waitedMs > this.#limits.jobMs)
      this.kill('deadline');
  }

  async #checkMemory(): Promise<void> {
    const pid = this.#child.pid;
    const resident = pid === undefined ? null : await residentBytes(pid);
    if (resident !== null && resident > this.#limits.memoryLimitMb * 1024 * 1024) this.kill('memory');
  }
}

/** What a frame says, or undefined when it is not JSON. */
function readable(frame: Frame): unknown {
  try {
    return parseFrame(frame);
  } catch {
    return undefined;
  }
}
