import type {
  Act,
  Carries,
  Caution,
  Change,
  Confirmation,
  DebtSnapshot,
  Decision,
  DesiredPosition,
  FileFault,
  Finding,
  IsoDate,
  UpdateKind,
} from '@concord/plugin-sdk';

export interface FileKind {
  readonly kind: string;
  readonly title: string;
}

/** A kind of file that a plugin sends, with what goes into it. */
export interface OutboundKind extends FileKind {
  readonly carries: Carries;
  /** Null: as the connector's positions are confirmed. */
  readonly confirm: Confirmation | null;
}

/** A kind of file that is expected from the partner. */
export interface InboundKind {
  readonly kind: string;
  /** Pattern of the file names, `*` for any run of characters. */
  readonly match: string;
  /** Whether such a file lists everything that the partner holds. */
  readonly listsAll: boolean;
}

/** What a plugin says of itself, without its code. */
export interface PluginDescription {
  readonly id: string;
  readonly family: string;
  readonly title: string;
  readonly requires: string;
  /** Whether `requires` allows this version of the contract. */
  readonly contractOk: boolean;
  readonly act: Act | null;
  readonly update: UpdateKind | null;
  readonly states: readonly ('active' | 'restrained' | 'closed')[];
  readonly requests: readonly string[];
  /** In the order in which they are sent. */
  readonly outboundKinds: readonly OutboundKind[];
  readonly inboundKinds: readonly FileKind[];
  /** JSON Schema of the settings as they are entered. */
  readonly settingsSchema: Readonly<Record<string, unknown>>;
  /** The plugin's example settings with included files in place, not yet checked. */
  readonly example: unknown;
}

export interface SettingsFault {
  /** Where in the settings, e.g. `layout.fields[3].length`; empty for the settings as a whole. */
  readonly path: string;
  readonly message: string;
}

export type SettingsCheck =
  | {
      readonly ok: true;
      /** Null for a plugin without positions. */
      readonly confirm: Confirmation | null;
      readonly cautions: readonly Caution[];
      /** The kinds of file that are expected under these settings. */
      readonly inbound: readonly InboundKind[];
      /** The kinds of outgoing file that can be written without records under these settings. */
      readonly emptyKinds: readonly string[];
    }
  | { readonly ok: false; readonly faults: readonly SettingsFault[] };

export interface DesireItem {
  readonly debt: DebtSnapshot;
  readonly decision: Decision;
}

export interface EncodeItem {
  readonly change: Change;
  /** Values in clear of the identifiers that the change refers to. Readable while its batch and the next are encoded. */
  readonly identifiers: Readonly<Record<string, string>>;
}

export interface EncodeRequest {
  readonly kind: string;
  readonly date: IsoDate;
  readonly fileName: string;
  readonly fileSequence: number;
}

/** One change that the plugin left out of the file, and why. */
export interface SetAside {
  readonly sequence: number;
  readonly fault: FileFault;
}

export interface Encoding {
  /** The file. Nothing happens until it is iterated; the process is held until it ends. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Settles when `bytes` has been iterated to its end or has failed. */
  readonly done: Promise<{ readonly setAside: readonly SetAside[] }>;
}

export type DecodedItem = Finding | { readonly fault: FileFault };

/** Names one file format of a plugin. */
export interface FormatRequest {
  readonly direction: 'outbound' | 'inbound';
  readonly kind: string;
  /** Name used in faults. */
  readonly file: string;
  readonly date: IsoDate;
}

/** Part of a decoded file, in the order of its records: JSON lines (whole lines, UTF-8), or what is wrong. */
export type FormatDecoded =
  | { readonly lines: Uint8Array; readonly faults?: undefined }
  | { readonly faults: readonly FileFault[]; readonly lines?: undefined };

export interface FormatFault {
  /** Number of the input line, from 1. */
  readonly line: number;
  readonly fault: FileFault;
}

/** Part of an encoded file, or input lines that were left out of it. */
export type FormatEncoded =
  | { readonly bytes: Uint8Array; readonly faults?: undefined }
  | { readonly faults: readonly FormatFault[]; readonly bytes?: undefined };

/** What the host asks a child to do; sent as one control frame. Input and output follow as frames. */
export type JobRequest =
  | { readonly job: 'describe' }
  | { readonly job: 'check-settings'; readonly settings: string }
  | { readonly job: 'desire'; readonly settings: string; readonly date: IsoDate }
  | {
      readonly job: 'file-name';
      readonly settings: string;
      readonly kind: string;
      readonly date: IsoDate;
      readonly fileSequence: number;
    }
  | ({ readonly job: 'encode'; readonly settings: string } & EncodeRequest)
  | { readonly job: 'decode'; readonly settings: string; readonly kind: string; readonly fileName: string }
  | ({ readonly job: 'format-decode'; readonly settings: string } & FormatRequest)
  | ({ readonly job: 'format-encode'; readonly settings: string } & FormatRequest);

/** Answer of a failed job, in the payload of an `error` frame. */
export interface JobError {
  readonly message: string;
  readonly item: number | null;
}

export type DesiredBatch = DesiredPosition[][];
