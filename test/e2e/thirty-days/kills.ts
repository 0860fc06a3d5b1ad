import { CHECKPOINTS } from '../../../libs/core/src/platform/checkpoints.js';
import type { Checkpoint } from '../../../libs/core/src/platform/checkpoints.js';

/** The points in the order in which a day passes them: what partners left is applied before anything is sent. */
const IN_ORDER: readonly Checkpoint[] = [
  ...CHECKPOINTS.filter((point) => point.startsWith('mid-')),
  ...CHECKPOINTS.filter((point) => !point.startsWith('mid-')),
];

/** What passes only when a partner said something for the cases, which it may not do on the first day. */
const FIRST_DAY: Checkpoint = 'after-rename';

/**
 * Where a day is killed: at one point, in rotation, at its first, second or third time; or at every point, one after the
 * other, each time in the run that goes on after the kill before.
 *
 * @param day number of the day, from 0
 * @returns values of `CONCORD_KILL_AT`
 */
export function killsOf(day: number, everyPoint: boolean): readonly string[] {
  if (everyPoint) return IN_ORDER;
  if (day === 0) return [FIRST_DAY];
  const point = IN_ORDER[day % IN_ORDER.length]!;
  const time = point.startsWith('mid-') ? 1 : 1 + (Math.floor(day / IN_ORDER.length) % 3);
  return [`${point}:${time}`];
}
