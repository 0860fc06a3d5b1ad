import type { Readable } from 'node:stream';
import { maskNumbers } from './plugin-failure.js';

/** Where the host says what plugins print; pino's loggers fit. */
export interface PluginLog {
  warn(fields: object, message: string): void;
}

/** A plugin that prints more than this in one job is not listened to any further. */
const LOGGED_CHARACTERS = 8 * 1024;
const TAIL_CHARACTERS = 1_000;
/** One that prints more than this in one job would keep the host busy with reading it. */
const READ_CHARACTERS = 32 * 1024 * 1024;

/** What a plugin prints: read always, so that it never waits, but logged within bounds and with long numbers masked. */
export class PrintedOutput {
  readonly #specifier: string;
  readonly #log: PluginLog;
  readonly #onFlood: () => void;
  #left = LOGGED_CHARACTERS;
  #unread = READ_CHARACTERS;
  #errors = '';
  #ranOutOfMemory = false;

  /** @param onFlood called when more is printed in one job than is read */
  constructor(specifier: string, log: PluginLog, onFlood: () => void) {
    this.#specifier = specifier;
    this.#log = log;
    this.#onFlood = onFlood;
  }

  listen(stream: 'stdout' | 'stderr', printed: Readable): void {
    printed.setEncoding('utf8');
    printed.on('error', () => undefined);
    printed.on('data', (text: string) => {
      this.#unread -= text.length;
      if (this.#unread < 0) this.#onFlood();
      if (stream === 'stderr') this.#keep(text);
      if (this.#left <= 0) return;
      const shown = text.slice(0, this.#left);
      this.#left -= text.length;
      const message = this.#left <= 0 ? 'plugin printed, more is not logged' : 'plugin printed';
      this.#log.warn({ plugin: this.#specifier, stream, text: maskNumbers(shown) }, message);
    });
  }

  /** Whether V8, or the child's own watch, said in this job that memory ran out: it says so before many other things. */
  get ranOutOfMemory(): boolean {
    return this.#ranOutOfMemory;
  }

  startJob(): void {
    this.#left = LOGGED_CHARACTERS;
    this.#unread = READ_CHARACTERS;
    this.#errors = '';
    this.#ranOutOfMemory = false;
  }

  #keep(text: string): void {
    const errors = this.#errors + text;
    this.#ranOutOfMemory ||= /out of memory/i.test(errors);
    this.#errors = errors.slice(-TAIL_CHARACTERS);
  }

  /** The end of what was printed to standard error in this job, masked. */
  lastErrors(): string {
    return maskNumbers(this.#errors.trim());
  }
}
