import type { PartnerRecord } from '@concord/plugin-sdk';
import { isIsoDate } from '../../calendar/domain/iso-date.js';
import type { HostFileSettings } from '../../configuration/host-system-settings.js';

/** What puts a file in order. */
export interface FileOrder {
  readonly date: string;
  /** 1 where a day has one file. */
  readonly sequence: number;
}

/** The order that a file's name states; null where it states none, or is to be found in the header. */
export function orderInName(dated: HostFileSettings['dated'], name: string): FileOrder | null {
  if (!('name' in dated)) return null;
  const groups = new RegExp(dated.name).exec(name)?.groups;
  return orderOf(groups?.['date'], groups?.['sequence']);
}

/** The order that a file's header states; null where it states none. */
export function orderInHeader(dated: HostFileSettings['dated'], header: PartnerRecord): FileOrder | null {
  if (!('header' in dated)) return null;
  const { date, sequence } = dated.header;
  return orderOf(header[date], sequence === undefined ? undefined : header[sequence]);
}

function orderOf(date: unknown, sequence: unknown): FileOrder | null {
  if (typeof date !== 'string') return null;
  const day = /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
  if (!isIsoDate(day)) return null;
  if (sequence === undefined) return { date: day, sequence: 1 };
  const number = Number(sequence);
  return Number.isSafeInteger(number) && number >= 0 && number < 2 ** 31 ? { date: day, sequence: number } : null;
}
