import type { Hindrance } from './hindrance.js';
import type { NoticePosition } from './position.js';

/** A debt about which no letter was made, and why. */
export interface LeftOut extends Hindrance {
  readonly debtId: string;
  /** By which people know it. */
  readonly debtNumber: number;
}

/** What is said of a debt that is left out. */
export function leaveOut({ debtId, number }: NoticePosition, hindrance: Hindrance): LeftOut {
  return { debtId, debtNumber: number, ...hindrance };
}
