import type { z } from 'zod';
import type { DecodeContext, DesireContext, EncodeContext, NameContext } from './context.js';
import type { FileFault, FileFormat } from './files.js';
import type { Finding } from './finding.js';
import type { Change, DesiredPosition, PositionState } from './position.js';
import type { Act, DebtSnapshot } from './snapshot.js';

/** Version of this contract. A plugin's `requires` range is checked against it at start. */
export const CONTRACT_VERSION = '1.3.0';

/**
 * How a partner takes updates.
 *
 * - `replace`: new content replaces old. - `balance`: the new balance, never a payment.
 * - `delta`: ledger entries by id, each exactly once. - `snapshot`: everything held, at each cutoff.
 */
export type UpdateKind = 'replace' | 'balance' | 'delta' | 'snapshot';

/** Whether the partner answers each file, or what is delivered must be taken as held. */
export type Confirmation = 'answer' | 'delivery';

export interface PositionDefinition<S> {
  readonly per: 'debt';
  readonly act: Act;
  readonly update: UpdateKind;
  /** May depend on settings: a bureau whose answers the office can't read yet is confirmed by delivery. */
  readonly confirm: (settings: S) => Confirmation;
  /** The states that this partner's language can express. Where `restrained` is missing, `closed` is desired instead. */
  readonly states: readonly Exclude<PositionState, 'absent'>[];
  /** Pure. What the partner should hold for this debt; an empty list means nothing. Expected refusals are not exceptions. */
  readonly desire: (debt: DebtSnapshot, context: DesireContext<S>) => readonly DesiredPosition[];
}

/** Which changes go into files of one kind. */
export interface Carries {
  /** Positions in these desired states. */
  readonly states: readonly PositionState[];
  /** Ledger entries of positions that the partner holds (`delta`). */
  readonly entries: boolean;
}

/**
 * A kind of file that we send. A plugin with several kinds has them sent in the order in which it lists them, all at the
 * same cutoff.
 */
export interface OutboundFile<S> {
  readonly kind: string;
  readonly title: string;
  /** Left out: every change. */
  readonly carries?: Carries;
  /** Whether the partner answers files of this kind. Left out: as the position says. */
  readonly confirm?: Confirmation;
  /**
   * Whether `encode` writes, from no changes at all, a file that the partner reads as one with nothing to say (a header and a
   * trailer, say). Left out: it does not, and offices can't choose to send such files.
   */
  readonly empty?: (settings: S) => boolean;
  readonly name: (context: NameContext<S>) => string;
  readonly format: (settings: S) => FileFormat;
  readonly encode: (changes: AsyncIterable<Change>, context: EncodeContext<S>) => AsyncIterable<Uint8Array>;
}

/** A kind of file that we receive. */
export interface InboundFile<S> {
  readonly kind: string;
  readonly title: string;
  /**
   * Whether a file of this kind lists everything that the partner holds: what it does not list is a difference, too.
   * Left out: it does not.
   */
  readonly listsAll?: boolean;
  /** Whether files of this kind are expected under these settings (a mapping may be missing). */
  readonly available: (settings: S) => boolean;
  /** Pattern of the file names, `*` for any run of characters. */
  readonly match: (settings: S) => string;
  readonly format: (settings: S) => FileFormat;
  /** Yields findings, and faults for what can't be read. A `file` fault means that nothing of the file may be applied. */
  readonly decode: (
    bytes: AsyncIterable<Uint8Array>,
    context: DecodeContext<S>,
  ) => AsyncIterable<Finding | { readonly fault: FileFault }>;
}

export interface PluginDefinition<S> {
  /** Permanent: settings, positions and scripts are keyed by it. */
  readonly id: string;
  readonly family: string;
  readonly title: string;
  /** Range of {@link CONTRACT_VERSION} that this plugin was written for, e.g. `^1`. */
  readonly requires: string;
  readonly settings: z.ZodType<S>;
  /**
   * A YAML file with settings that work without any partner, shipped with the plugin: for the command line and the
   * conformance kit. Read with `readSettingsFile`; its content is input of `settings`.
   */
  readonly example: URL;
  readonly position?: PositionDefinition<S>;
  readonly outbound: readonly OutboundFile<S>[];
  readonly inbound: readonly InboundFile<S>[];
  /**
   * Restrictions that follow from the settings, said at start. `loopbackOnly` refuses any partner host that is not this
   * machine: for layouts that are made up.
   */
  readonly cautions?: (settings: S) => readonly Caution[];
}

export interface Caution {
  readonly code: string;
  readonly message: string;
  readonly loopbackOnly: boolean;
}

/** A plugin whose settings type is known only to itself. */
export type Plugin = PluginDefinition<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- existential type

/** Declares a plugin. The package's default export must be what this returns. */
export function definePlugin<S>(definition: PluginDefinition<S>): PluginDefinition<S> {
  return definition;
}
