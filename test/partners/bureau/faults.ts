import { isObject, readJson, writeWhole } from './state-folder.ts';

/** What the bureau is told to do wrong. Absent means: behave. */
export interface Faults {
  /** Files are judged, but no answer is written until this is switched off. */
  readonly silent?: boolean;
  /** Milliseconds between the judgement of a file and its answer. */
  readonly answerDelayMs?: number;
  /** Divisor of the made-up edit: 1 refuses all new content, 0 refuses none. Without it {@link DEFAULT_WHIM_DIVISOR}. */
  readonly refuseEvery?: number;
  /** The answer's trailer states one detail record too many. */
  readonly wrongDetailCount?: boolean;
  /** The answer breaks off inside its trailer. */
  readonly truncateAnswer?: boolean;
  /** The connection dies when this many bytes of file content have gone over it. Happens once. */
  readonly dropConnectionAfterBytes?: number;
  /** A rename that completes a file is carried out, and the connection dies before the reply. Happens once. */
  readonly dropAfterRename?: boolean;
  /** A complete file leaves the inbox before the sender gets the reply. */
  readonly collectAtOnce?: boolean;
  /** The same answer bytes are written a second time under another name. */
  readonly duplicateAnswer?: boolean;
  /** Every login is refused. */
  readonly refuseLogin?: boolean;
  /** STAT and LSTAT state one byte too few for a file. Happens once. */
  readonly wrongSize?: boolean;
}

/** One account number in this many is refused by the made-up edit. */
export const DEFAULT_WHIM_DIVISOR = 37;

const BOOLEANS = [
  'silent',
  'wrongDetailCount',
  'truncateAnswer',
  'dropAfterRename',
  'collectAtOnce',
  'duplicateAnswer',
  'refuseLogin',
  'wrongSize',
] as const;
const NUMBERS = ['answerDelayMs', 'refuseEvery', 'dropConnectionAfterBytes'] as const;

type OnceOnly = 'dropConnectionAfterBytes' | 'dropAfterRename' | 'wrongSize';

/** The switches in `faults.json`, read anew at each use, so that a test can throw them while the bureau runs. */
export class FaultSwitches {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  now(): Faults {
    const raw = this.raw();
    const faults: { [key: string]: boolean | number } = {};
    for (const key of BOOLEANS) if (raw[key] === true) faults[key] = true;
    for (const key of NUMBERS) {
      const value = raw[key];
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) faults[key] = value;
    }
    return faults;
  }

  /**
   * Whether a fault that happens once is due. Taking it removes its key from the file: a test sees that it happened, and
   * it does not happen again after a restart.
   */
  take(key: OnceOnly): boolean {
    if (this.now()[key] === undefined) return false;
    const { [key]: _taken, ...rest } = this.raw();
    writeWhole(this.path, JSON.stringify(rest));
    return true;
  }

  private raw(): { readonly [key: string]: unknown } {
    try {
      const value = readJson(this.path);
      return isObject(value) ? value : {};
    } catch {
      // Half-written by a hurried test: behaves until the file is whole.
      return {};
    }
  }
}
