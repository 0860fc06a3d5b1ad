import type { FieldAddress } from '../crypto/field-cipher.js';
import type { FieldCipher } from '../crypto/field-cipher.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import type { IntakeRow } from '../cases/domain/intake-row.js';
import type { Clock } from '../platform/clock.js';

/** A file that is being applied, and what is needed for it. */
export interface HostWork {
  readonly cipher: FieldCipher;
  readonly jurisdiction: Jurisdiction;
  readonly context: ChangeContext;
  readonly systemId: string;
  readonly fileId: string;
  readonly kind: 'debts' | 'payments';
  readonly picture: 'changes' | 'full';
  /** The business date of the file, and its number on it. */
  readonly date: string;
  readonly sequence: number;
  /** The office's today: what a file causes is booked on it. */
  readonly bookedOn: string;
  readonly firstReviewOn: (row: IntakeRow) => string | null;
  readonly clock: Clock;
}

/** Source of everything that a host system causes in a ledger. */
export function hostSource(systemId: string): string {
  return `host:${systemId}`;
}

/** Where a row of a file is sealed until it is applied. */
export function rowAddress(fileId: string, line: number): FieldAddress {
  return { table: 'cases.host_row', column: 'content', row: `${fileId}:${line}` };
}
