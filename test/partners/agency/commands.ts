import { isObject } from '../sftp/state-folder.ts';
import type { FoundAsset, ToldBankruptcy } from './found-facts.ts';
import { isAsset, isBankruptcy } from './found-facts.ts';
import type { NewAddress } from './new-address.ts';
import { isDate } from './record-reader.ts';

/** An account that the agency holds since before the office used these files. Money in cents. */
export interface AdoptedAccount {
  readonly fileNumber: string;
  readonly account: string;
  readonly placedMinor: number;
  readonly balanceMinor: number;
  readonly placedOn: string;
  readonly debtorNumbers?: readonly string[];
}

interface OnAccount {
  readonly date: string;
  readonly fileNumber: string;
}

/** What the agency is told to do. Dates are `YYYY-MM-DD`, file numbers have nine digits, money is in cents. */
export type AgencyCommand =
  | ({ readonly do: 'collect'; readonly amountMinor: number } & OnAccount)
  | { readonly do: 'remit'; readonly date: string }
  | { readonly do: 'reverse'; readonly date: string; readonly identifier: string }
  | ({ readonly do: 'object' | 'return' | 'dispute' | 'insolvent' | 'deceased' } & OnAccount)
  | ({ readonly do: 'move'; readonly address?: NewAddress } & OnAccount)
  | ({ readonly do: 'phone'; readonly number?: string } & OnAccount)
  | ({ readonly do: 'asset'; readonly asset: FoundAsset } & OnAccount)
  | ({ readonly do: 'bankruptcy'; readonly bankruptcy: ToldBankruptcy } & OnAccount)
  | { readonly do: 'reconcile'; readonly date: string }
  | { readonly do: 'resend'; readonly file?: string }
  | { readonly do: 'correct' | 'contradict'; readonly date: string }
  | { readonly do: 'adopt'; readonly accounts: readonly AdoptedAccount[] }
  | { readonly do: 'day'; readonly date: string; readonly seed: string | number };

/** One thing that a random day brought. */
export interface DayAction {
  readonly did: 'collect' | 'reverse' | 'dispute' | 'move' | 'phone' | 'remit' | 'resend' | 'correct';
  readonly fileNumber?: string;
  readonly amountMinor?: number;
  /** Of the payment. */
  readonly identifier?: string;
  /** The file that tells it. */
  readonly file?: string;
}

export type RefusalCode = 'MALFORMED' | 'NOT_HELD' | 'NOT_OPEN' | 'TOO_MUCH' | 'NO_PAYMENT' | 'NOTHING' | 'HELD';

/** What became of a command. `files` are the names that it wrote, in order. */
export type CommandResult =
  | {
      readonly done: true;
      readonly files: readonly string[];
      /** Identifier of the payment that was collected, added or contradicted. */
      readonly identifier?: string;
      readonly actions?: readonly DayAction[];
    }
  | { readonly done: false; readonly code: RefusalCode; readonly reason: string };

const NEEDED: { readonly [command: string]: readonly string[] | undefined } = {
  collect: ['date', 'fileNumber', 'amountMinor'],
  remit: ['date'],
  reverse: ['date', 'identifier'],
  object: ['date', 'fileNumber'],
  return: ['date', 'fileNumber'],
  dispute: ['date', 'fileNumber'],
  insolvent: ['date', 'fileNumber'],
  deceased: ['date', 'fileNumber'],
  move: ['date', 'fileNumber'],
  phone: ['date', 'fileNumber'],
  asset: ['date', 'fileNumber', 'asset'],
  bankruptcy: ['date', 'fileNumber', 'bankruptcy'],
  reconcile: ['date'],
  resend: [],
  correct: ['date'],
  contradict: ['date'],
  adopt: ['accounts'],
  day: ['date', 'seed'],
};

/** A command as it was dropped, or what is wrong with it. */
export function parseCommand(value: unknown): { readonly command: AgencyCommand } | { readonly wrong: string } {
  if (!isObject(value) || typeof value.do !== 'string') return { wrong: 'no command' };
  const needed = Object.hasOwn(NEEDED, value.do) ? NEEDED[value.do] : undefined;
  if (needed === undefined) return { wrong: `no command ${value.do}` };
  for (const key of needed) if (!isGiven(key, value[key])) return { wrong: `${value.do} without a good ${key}` };
  if (value.do === 'move' && value.address !== undefined && !isAddress(value.address))
    return { wrong: 'move without a good address' };
  if (value.do === 'phone' && !isShort(value.number ?? '', 30)) return { wrong: 'phone without a good number' };
  return { command: value as unknown as AgencyCommand };
}

/** A whole address whose parts fit into their fields. */
function isAddress(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { street1, city, state, zip } = value;
  return isShort(street1, 128) && isShort(city, 30) && isShort(state, 3) && isShort(zip, 10);
}

function isShort(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.length <= longest && /^[\x20-\x7e]*$/.test(value);
}

function isGiven(key: string, value: unknown): boolean {
  switch (key) {
    case 'date':
      return typeof value === 'string' && isDate(value);
    case 'fileNumber':
      return typeof value === 'string' && /^\d{9}$/.test(value);
    case 'amountMinor':
      return isAmount(value) && value > 0;
    case 'asset':
      return isAsset(value);
    case 'bankruptcy':
      return isBankruptcy(value);
    case 'accounts':
      return Array.isArray(value) && value.every(isAdopted);
    default:
      return typeof value === 'string' || typeof value === 'number';
  }
}

function isAdopted(value: unknown): boolean {
  return (
    isObject(value) &&
    isGiven('fileNumber', value.fileNumber) &&
    isShort(value.account, 30) &&
    isAmount(value.placedMinor) &&
    isAmount(value.balanceMinor) &&
    isGiven('date', value.placedOn)
  );
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}
