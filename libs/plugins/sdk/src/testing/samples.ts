import type { Finding } from '../contract/finding.js';
import type { IsoDate } from '../contract/iso-date.js';
import type { Change } from '../contract/position.js';
import type { DebtSnapshot } from '../contract/snapshot.js';

/**
 * Checks that need something of the plugin or of its partner's files. A plugin that can't offer it leaves the check out
 * and says why.
 *
 * - `golden`: files agreed on byte by byte. - `round-trip`: what was written is read back.
 * - `totals`: the file states totals. - `truncation`: a file that was cut can be known by what is missing.
 * - `damage`: changed bytes. - `hostile`: files and records that nobody sends in good faith.
 * - `mutations`: `truncation`, `damage` and `hostile` at once.
 * - `desire`: debts to judge. - `inbound`: files of the partner.
 */
export const SKIPPABLE_CHECKS = [
  'golden',
  'round-trip',
  'totals',
  'truncation',
  'damage',
  'hostile',
  'mutations',
  'desire',
  'inbound',
] as const;
export type SkippableCheck = (typeof SKIPPABLE_CHECKS)[number];

/** A sentence: a check is left out for a reason that a reader can judge, never for a word. */
export type SkipReason = `${string} ${string} ${string}`;

export type Skips = { readonly [check in SkippableCheck]?: SkipReason };

interface FileSample {
  /** Where the last record states totals: 1-based start and length. Each digit of them, changed, must be refused. */
  readonly totals: readonly (readonly [start: number, length: number])[];
  /** Bytes of the last record, line end and all, where records are not lines. */
  readonly lastRecordLength?: number;
  /** Settings for this sample, as they are entered; the plugin's example where left out. */
  readonly settings?: unknown;
  /** Checks left out for this sample alone. */
  readonly skip?: Skips;
}

export interface OutboundSample extends FileSample {
  readonly changes: readonly Change[];
  /** File in the fixtures folder with the bytes that the changes give. */
  readonly golden: string;
  /** Sequences of the changes that must be set aside. */
  readonly setAside?: readonly number[];
}

export interface InboundSample extends FileSample {
  /** File in the fixtures folder, as the partner sends it. */
  readonly file: string;
  readonly findings: readonly Finding[];
  /** Natural keys that the partner's file repeats on purpose: the repeated statement is the same one. */
  readonly repeats?: readonly string[];
}

/** What a plugin's author supplies; the kit does the rest. */
export interface PluginSamples {
  /** Folder of the golden files, its URL ending in a slash. */
  readonly fixtures: URL;
  readonly badSettings: readonly { readonly name: string; readonly settings: unknown }[];
  /** The date of every sample. */
  readonly date: IsoDate;
  /** Values of the identifiers that the changes refer to. None may ever appear in a fault or in position content. */
  readonly identifiers: { readonly [identifier: string]: string };
  /** Debts that the plugin positions, each with a referral in force. */
  readonly debts: readonly { readonly name: string; readonly debt: DebtSnapshot; readonly settings?: unknown }[];
  /** One sample or more for each outbound kind. */
  readonly outbound: { readonly [kind: string]: OutboundSample | readonly OutboundSample[] };
  /** One sample or more for each inbound kind. */
  readonly inbound: { readonly [kind: string]: readonly InboundSample[] };
  /** Why a check is left out. */
  readonly skip?: Skips;
}

/** The samples of one outbound kind. */
export function outboundSamples(samples: PluginSamples, kind: string): readonly OutboundSample[] {
  const found = samples.outbound[kind];
  if (found === undefined) return [];
  return 'changes' in found ? [found] : found;
}
