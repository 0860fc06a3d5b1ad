import { isObject, readJson, writeWhole } from './state-folder.ts';

/** What the front door of any simulated partner can be told to do wrong. Absent means: behave. */
export interface DoorFaults {
  /** The connection dies when this many bytes of file content have gone over it. Happens once. */
  readonly dropConnectionAfterBytes?: number;
  /** A rename that completes a file is carried out, and the connection dies before the reply. Happens once. */
  readonly dropAfterRename?: boolean;
  /** A complete file leaves the inbox before the sender gets the reply. */
  readonly collectAtOnce?: boolean;
  /** Every login is refused. */
  readonly refuseLogin?: boolean;
  /** STAT and LSTAT state one byte too few for a file. Happens once. */
  readonly wrongSize?: boolean;
}

const DOOR_BOOLEANS = ['dropAfterRename', 'collectAtOnce', 'refuseLogin', 'wrongSize'];
const DOOR_NUMBERS = ['dropConnectionAfterBytes'];

type OnceOnly = 'dropConnectionAfterBytes' | 'dropAfterRename' | 'wrongSize';

/** A partner's own switches, by the kind of their value. */
export interface OwnSwitches<F> {
  readonly booleans: readonly (keyof F & string)[];
  readonly numbers: readonly (keyof F & string)[];
}

/** The switches in `faults.json`, read anew at each use, so that a test can throw them while the partner runs. */
export class FaultSwitches<F extends DoorFaults = DoorFaults> {
  private readonly path: string;
  private readonly own: OwnSwitches<F>;

  constructor(path: string, own: OwnSwitches<F>) {
    this.path = path;
    this.own = own;
  }

  now(): F {
    const raw = this.raw();
    const faults: { [key: string]: boolean | number } = {};
    for (const key of [...DOOR_BOOLEANS, ...this.own.booleans]) if (raw[key] === true) faults[key] = true;
    for (const key of [...DOOR_NUMBERS, ...this.own.numbers]) {
      const value = raw[key];
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) faults[key] = value;
    }
    return faults as unknown as F;
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
