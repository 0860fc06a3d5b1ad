import type { Finding } from '../contract/finding.js';
import type { IsoDate } from '../contract/iso-date.js';
import type { Change } from '../contract/position.js';
import type { DebtSnapshot } from '../contract/snapshot.js';

/** Checks that need something of the plugin. A plugin that can't offer it skips the check and says why. */
export type SkippableCheck = 'golden' | 'totals' | 'mutations' | 'desire' | 'inbound';

export interface OutboundSample {
  readonly changes: readonly Change[];
  /** File in the fixtures folder with the bytes that the changes give. */
  readonly golden: string;
  /** Sequences of the changes that must be set aside. */
  readonly setAside?: readonly number[];
  /** Where the last record states totals: 1-based start and length. Each digit of them, changed, must be refused. */
  readonly totals: readonly (readonly [start: number, length: number])[];
}

export interface InboundSample {
  /** File in the fixtures folder, as the partner sends it. */
  readonly file: string;
  readonly findings: readonly Finding[];
  readonly totals: readonly (readonly [start: number, length: number])[];
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
  readonly debts: readonly { readonly name: string; readonly debt: DebtSnapshot }[];
  /** One sample for each outbound kind. */
  readonly outbound: { readonly [kind: string]: OutboundSample };
  /** One sample or more for each inbound kind. */
  readonly inbound: { readonly [kind: string]: readonly InboundSample[] };
  /** Why a check is left out. */
  readonly skip?: { readonly [check in SkippableCheck]?: string };
}
