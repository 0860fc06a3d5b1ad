import { InvalidArgumentError } from 'commander';
import { isIsoDate } from '@concord/core/calendar/domain/iso-date';

/** A date as an option takes it. */
export function dateArgument(value: string): string {
  if (!isIsoDate(value)) throw new InvalidArgumentError('it must be a date that exists, written YYYY-MM-DD.');
  return value;
}

/** A number from 1 up, as an option or argument takes it. */
export function countArgument(value: string): number {
  const number = Number(value);
  if (!/^\d{1,9}$/.test(value) || number < 1) throw new InvalidArgumentError('it must be a number from 1 up.');
  return number;
}

/** How many debts a preview names at each count. */
export function exampleCount(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 100) {
    throw new InvalidArgumentError('must be a whole number from 0 to 100');
  }
  return number;
}
