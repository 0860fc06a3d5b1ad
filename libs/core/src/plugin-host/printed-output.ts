import type { Readable } from 'node:stream';
import { maskNumbers } from './plugin-failure.js';

/** Where the host says what plugins print; pino's loggers fit. */
export interface PluginLog {
  warn(fields: object, message: string): void;
}

/** A plugin that prints more than this in one job is not listened to any further. */
const LOGGED_CHARACTERS = 8 * 1024;
const TAIL_CHARACTERS = 2_000;

/** What a plugin prints: read always, so that it never waits, but logged within bounds and with long numbers masked. */
export class PrintedOutput {
  readonly #specifier: string;
  readonly #log: PluginLog;
  #left = LOGGED_CHARACTERS;
  #errors = '';

  constructor(specifier: string, log: PluginLog) {
    this.#specifier = specifier;
    this.#log = log;
  }

  listen(stream: 'stdout' | 'stderr', printed: Readable): void {
    printed.setEncoding('utf8');
    printed.on('error', () => undefined);
    printed.on('data', (text: string) => {
      if (stream === 'stderr') this.#errors = (this.#errors + text).slice(-TAIL_CHARACTERS);
      if (this.#left <= 0) return;
      const shown = text.slice(0, this.#left);
      this.#left -= text.length;
      const message = this.#left <= 0 ? 'plugin printed, more is not logged' : 'plugin printed';
      this.#log.warn({ plugin: this.#specifier, stream, text: maskNumbers(shown) }, message);
    });
  }

  startJob(): void {
    this.#left = LOGGED_CHARACTERS;
    this.#errors = '';
  }

  /** The end of what was printed to standard error in this job, masked. */
  lastErrors(): string {
    return maskNumbers(this.#errors.trim());
  }
}
