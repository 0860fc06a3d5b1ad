import { storableText } from './storable-text.js';

/** Long enough to see what is wrong; what a plugin says may be of any length. */
const SHOWN_CHARACTERS = 1_500;

/**
 * Why a job failed in a plugin. Only the job fails; the host and other jobs go on.
 *
 * - `deadline`: the plugin made no progress in time and was killed.
 * - `memory`: it took more memory than its cap and was killed, or asked for more and was refused.
 * - `crashed`: its process ended by itself.
 * - `threw`: it threw, could not be loaded, or refused its settings.
 * - `rubbish`: what it returned is not what the contract says.
 */
export class PluginFailure extends Error {
  override readonly name = 'PluginFailure';
  readonly code: 'deadline' | 'memory' | 'crashed' | 'threw' | 'rubbish';
  readonly specifier: string;
  /** Index in the batch of the item that the plugin threw on, so that the caller can leave it out; null when unknown. */
  readonly item: number | null;

  constructor(code: PluginFailure['code'], specifier: string, message: string, item: number | null = null) {
    // Kept with the exchange for people to read: whatever it holds must be storable.
    super(storableText(`plugin ${specifier}: ${message}`, SHOWN_CHARACTERS));
    this.code = code;
    this.specifier = specifier;
    this.item = item;
  }
}

/** Plugins see identifiers in clear while they encode, and may print them: long numbers never reach a log or an error. */
export function maskNumbers(text: string): string {
  return text.replace(/\d[\d \-./]{4,}\d/g, (number) => number.replace(/\d/g, '#'));
}
