import type { IsoDate } from '@concord/plugin-sdk';
import { z } from 'zod';
import { ChildPool } from './child-pool.js';
import { parseFrame, type Frame } from './frames.js';
import type {
  DecodedItem,
  DesiredBatch,
  DesireItem,
  EncodeItem,
  EncodeRequest,
  Encoding,
  FormatDecoded,
  FormatEncoded,
  FormatRequest,
  JobRequest,
  PluginDescription,
  SetAside,
  SettingsCheck,
} from './jobs.js';
import { OutputAllowance } from './output-allowance.js';
import { maskNumbers, PluginFailure } from './plugin-failure.js';
import { PluginProcess, type FeedPart } from './plugin-process.js';
import type { PluginLog } from './printed-output.js';
import {
  descriptionSchema,
  desiredPositionsSchema,
  fileFaultsSchema,
  fileNameSchema,
  formatFaultsSchema,
  parseDecodedItem,
  setAsideSchema,
  settingsCheckSchema,
} from './result-schemas.js';
import { SetAsideAccount } from './set-aside-account.js';

export interface PluginHostOptions {
  readonly maxProcesses: number;
  /** Longest silence of a plugin that the host waits for. Time in which the host itself is slow does not count. */
  readonly deadlineMs: number;
  readonly memoryLimitMb: number;
  readonly log: PluginLog;
  /** Longest waiting in all in one job; default 60 deadlines. Ends what makes progress for ever. */
  readonly jobMs?: number;
  /** Default 200. */
  readonly jobsPerProcess?: number;
  /** Default 60,000 ms. */
  readonly idleMs?: number;
}

/** What any job may return beyond what its input allows. */
const BASE_BYTES = 16 * 1024 * 1024;
/** What a plugin may say of one debt, of one change, and of one byte of a partner's file: many times what it needs. */
const BYTES_PER_DEBT = 32 * 1024;
const BYTES_PER_CHANGE = 64 * 1024;
const BYTES_PER_BYTE = 256;
/** Small frames let the host write the next while the plugin reads this one: half as fast again as frames of 250. */
const DESIRE_ITEMS_IN_FRAME = 50;
/** A package name with an optional path in it; anything else must be an absolute path. */
const PACKAGE_NAME = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(\/[\w./-]+)?$/i;

/**
 * Runs plugin code, always in child processes. A plugin that throws, hangs, leaks, crashes or returns rubbish fails its job
 * with a {@link PluginFailure} and nothing else.
 *
 * A plugin is named by its package or by the absolute path of its module. Its settings are given with every job, as they
 * are stored, and read in the child.
 */
export class PluginHost {
  readonly #pool: ChildPool;

  constructor(options: PluginHostOptions) {
    const { deadlineMs, memoryLimitMb } = options;
    const limits = { deadlineMs, memoryLimitMb, jobMs: options.jobMs ?? deadlineMs * 60 };
    const { childFile, workingFolder } = locations();
    this.#pool = new ChildPool(
      {
        maxProcesses: options.maxProcesses,
        jobsPerProcess: options.jobsPerProcess ?? 200,
        idleMs: options.idleMs ?? 60_000,
      },
      (specifier) => new PluginProcess(specifier, childFile, workingFolder, limits, options.log),
    );
  }

  describe(specifier: string): Promise<PluginDescription> {
    return this.#ask(specifier, { job: 'describe' }, descriptionSchema);
  }

  checkSettings(specifier: string, settings: unknown): Promise<SettingsCheck> {
    return this.#ask(specifier, { job: 'check-settings', settings: asText(settings) }, settingsCheckSchema);
  }

  /** What the partner should hold for each debt, in the order of the batch. */
  async desire(
    specifier: string,
    settings: unknown,
    date: IsoDate,
    batch: readonly DesireItem[],
  ): Promise<DesiredBatch> {
    const desired: DesiredBatch = [];
    const feed = inParts(batch, DESIRE_ITEMS_IN_FRAME);
    const allowance = new OutputAllowance(specifier, BASE_BYTES, BYTES_PER_DEBT);
    allowance.given(batch.length);
    for await (const frame of this.#run(specifier, { job: 'desire', settings: asText(settings), date }, feed)) {
      if (frame.kind !== 'data') continue;
      allowance.take(frame.payload.length);
      const more = accept(specifier, frame, z.array(desiredPositionsSchema).max(batch.length - desired.length));
      desired.push(...more);
    }
    if (desired.length < batch.length)
      throw new PluginFailure('rubbish', specifier, `answered for ${desired.length} of ${batch.length} debts`);
    return desired;
  }

  /** Name of an outgoing file: at most 255 bytes, no separator, no control character. */
  fileName(
    specifier: string,
    settings: unknown,
    kind: string,
    of: { date: IsoDate; fileSequence: number },
  ): Promise<string> {
    const { date, fileSequence } = of;
    return this.#ask(
      specifier,
      { job: 'file-name', settings: asText(settings), kind, date, fileSequence },
      fileNameSchema,
    );
  }

  /** Encodes an outgoing file. Changes are read as the file is, and never more than a few batches ahead. */
  encode(
    specifier: string,
    settings: unknown,
    of: EncodeRequest,
    changes: AsyncIterable<readonly EncodeItem[]>,
  ): Encoding {
    const { promise: done, resolve, reject } = Promise.withResolvers<{ setAside: readonly SetAside[] }>();
    // Whoever iterates the bytes hears of a failure there; `done` need not be watched.
    done.catch(() => undefined);
    const { kind, date, fileName, fileSequence } = of;
    const request: JobRequest = { job: 'encode', settings: asText(settings), kind, date, fileName, fileSequence };
    const run = this.#run.bind(this);
    async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
      const account = new SetAsideAccount(specifier);
      const allowance = new OutputAllowance(specifier, BASE_BYTES, BYTES_PER_CHANGE);
      const feed = mapParts(changes, (items) => {
        account.given(items.map(({ change }) => change.sequence));
        allowance.given(items.length);
        return { items };
      });
      try {
        for await (const frame of run(specifier, request, feed)) {
          allowance.take(frame.payload.length);
          if (frame.kind === 'bytes') yield frame.payload;
          if (frame.kind !== 'data') continue;
          for (const set of accept(specifier, frame, setAsideSchema.max(account.room))) account.add(set);
        }
        resolve({ setAside: account.all() });
      } catch (error) {
        reject(error);
        throw error;
      } finally {
        reject(new Error('the encoding was abandoned'));
      }
    }
    return { bytes: bytes(), done };
  }

  /** Reads a partner's file. `fileName` is for faults only. Batches come in the order of the file. */
  async *decode(
    specifier: string,
    settings: unknown,
    kind: string,
    fileName: string,
    bytes: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<DecodedItem[], void, undefined> {
    const request: JobRequest = { job: 'decode', settings: asText(settings), kind, fileName };
    const allowance = new OutputAllowance(specifier, BASE_BYTES, BYTES_PER_BYTE);
    const feed = mapParts(bytes, (chunk) => {
      allowance.given(chunk.length);
      return { bytes: chunk };
    });
    for await (const frame of this.#run(specifier, request, feed)) {
      allowance.take(frame.payload.length);
      if (frame.kind !== 'data') continue;
      yield guarded(specifier, () => (parseFrame(frame) as unknown[]).map(parseDecodedItem));
    }
  }

  /** Reads a file of one of the plugin's formats as JSON lines, for the command line. */
  async *formatDecode(
    specifier: string,
    settings: unknown,
    of: FormatRequest,
    bytes: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<FormatDecoded, void, undefined> {
    const request: JobRequest = { ...of, job: 'format-decode', settings: asText(settings) };
    for await (const frame of this.#run(specifier, request, bytesFeed(bytes))) {
      if (frame.kind === 'bytes') yield { lines: frame.payload };
      if (frame.kind === 'data') yield { faults: accept(specifier, frame, fileFaultsSchema) };
    }
  }

  /** Writes JSON lines as a file of one of the plugin's formats, for the command line. */
  async *formatEncode(
    specifier: string,
    settings: unknown,
    of: FormatRequest,
    lines: AsyncIterable<Uint8Array>,
  ): AsyncGenerator<FormatEncoded, void, undefined> {
    const request: JobRequest = { ...of, job: 'format-encode', settings: asText(settings) };
    for await (const frame of this.#run(specifier, request, bytesFeed(lines))) {
      if (frame.kind === 'bytes') yield { bytes: frame.payload };
      if (frame.kind === 'data') yield { faults: accept(specifier, frame, formatFaultsSchema) };
    }
  }

  /** Ends all plugin processes. Jobs under way fail. */
  close(): void {
    this.#pool.close();
  }

  /** A job without input whose result is in its last frame. */
  async #ask<S extends z.ZodType>(specifier: string, request: JobRequest, schema: S): Promise<z.output<S>> {
    for await (const frame of this.#run(specifier, request, null)) {
      if (frame.kind === 'end') return accept(specifier, frame, schema);
    }
    throw new PluginFailure('rubbish', specifier, 'gave no result');
  }

  async *#run(
    specifier: string,
    request: JobRequest,
    feed: AsyncIterable<FeedPart> | null,
  ): AsyncGenerator<Frame, void, undefined> {
    if (!PACKAGE_NAME.test(specifier) && !/^(\/|[A-Za-z]:[\\/])/.test(specifier)) {
      throw new PluginFailure('threw', specifier, 'is neither a package name nor an absolute path');
    }
    const process = await this.#pool.acquire(specifier);
    try {
      yield* process.run(request, feed);
    } finally {
      this.#pool.release(process);
    }
  }
}

/** Compiled code starts its sibling; the sources, which tests run from, have theirs in the compiled folder. */
function locations(): { childFile: URL; workingFolder: URL } {
  const compiled = import.meta.url.endsWith('.ts') ? '../../dist/plugin-host/child.js' : './child.js';
  return { childFile: new URL(compiled, import.meta.url), workingFolder: new URL('../../../../', import.meta.url) };
}

function asText(settings: unknown): string {
  return JSON.stringify(settings) ?? 'null';
}

async function* inParts(items: readonly unknown[], size: number): AsyncGenerator<FeedPart, void, undefined> {
  for (let from = 0; from < items.length; from += size) yield { items: items.slice(from, from + size) };
}

async function* mapParts<T>(
  source: AsyncIterable<T>,
  toPart: (value: T) => FeedPart,
): AsyncGenerator<FeedPart, void, undefined> {
  for await (const value of source) yield toPart(value);
}

function bytesFeed(bytes: AsyncIterable<Uint8Array>): AsyncIterable<FeedPart> {
  return mapParts(bytes, (chunk) => ({ bytes: chunk }));
}

function accept<S extends z.ZodType>(specifier: string, frame: Frame, schema: S): z.output<S> {
  return guarded(specifier, () => schema.parse(parseFrame(frame)));
}

/** Says where a result breaks the contract, without repeating the value, which may be a person's. */
function guarded<T>(specifier: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const what = issue === undefined ? 'it can not be read' : maskNumbers(`${issue.path.join('.')}: ${issue.message}`);
    throw new PluginFailure('rubbish', specifier, `its result is not what the contract says (${what})`);
  }
}
