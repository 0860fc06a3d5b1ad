import { isObject } from '../sftp/state-folder.ts';
import { isDate } from './record-reader.ts';

/** Something that a debtor owns, as AAST states it. Money in cents. */
export interface FoundAsset {
  readonly id: string;
  readonly typeId?: string;
  readonly name: string;
  readonly valueMinor?: number;
  readonly lienMinor?: number;
}

/** A debtor's bankruptcy as ABKR states it, or takes it back. Dates `YYYY-MM-DD`. */
export interface ToldBankruptcy {
  readonly chapter: string;
  readonly caseNumber: string;
  readonly court?: string;
  readonly filedOn?: string;
  readonly dismissedOn?: string;
  readonly takenBack?: boolean;
}

/** An asset whose parts fit into their fields. */
export function isAsset(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, typeId = '', name, valueMinor = 0, lienMinor = 0 } = value;
  return isShort(id, 9) && isShort(typeId, 9) && isShort(name, 50) && isMoney(valueMinor) && isMoney(lienMinor);
}

/** A bankruptcy whose parts fit into their fields. */
export function isBankruptcy(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { chapter, caseNumber, court = '', filedOn, dismissedOn, takenBack = false } = value;
  const days = [filedOn, dismissedOn].every((day) => day === undefined || (typeof day === 'string' && isDate(day)));
  const texts = isShort(chapter, 3) && isShort(caseNumber, 20) && isShort(court, 40);
  return days && texts && typeof takenBack === 'boolean';
}

function isShort(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.length <= longest && /^[\x20-\x7e]*$/.test(value);
}

/** Up to twelve positions, the point and two decimals among them. */
function isMoney(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 99_999_999_999;
}
