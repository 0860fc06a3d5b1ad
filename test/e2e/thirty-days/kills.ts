import { CHECKPOINTS } from '../../../libs/core/src/platform/checkpoints.js';
import type { Checkpoint } from '../../../libs/core/src/platform/checkpoints.js';

/** The points in the order in which a day passes them: what partners left is applied before anything is sent. */
const IN_ORDER: readonly Checkpoint[] = [
  ...CHECKPOINTS.filter((point) => point.startsWith('mid-')),
  ...CHECKPOINTS.filter((point) => !point.startsWith('mid-')),
];

/** On the first day partners may say nothing for the cases: what is passed then in any case. */
const FIRST_DAY: Checkpoint = 'after-rename';

/** How a run is ended again and again. */
export interface Killing {
  /** At every point on every day, one after the other, each time in the run that goes on after the kill before. */
  readonly everyPoint: boolean;
  /** How often each point must have killed; afterwards days are killed from outside only. Null for no end. */
  readonly timesEach: number | null;
  /** Before every how many days it is killed from outside, too: 1 for each day. */
  readonly outsideEvery: number;
}

/** The point that a value of `CONCORD_KILL_AT` names. */
export function pointOf(killAt: string): Checkpoint {
  return killAt.split(':')[0] as Checkpoint;
}

/**
 * At which points the days are killed: at one a day, in rotation, at its first, second or third time. A point that a day did not pass
 * comes again on the next, at its first time.
 */
export class KillPlan {
  private readonly deaths = new Map<Checkpoint, number>();
  private readonly missed = new Set<Checkpoint>();

  constructor(private readonly killing: Killing) {}

  /** @param day number of the day, from 0 */
  fromOutside(day: number): boolean {
    return day % this.killing.outsideEvery === 0;
  }

  /**
   * @param day number of the day, from 0
   * @returns values of `CONCORD_KILL_AT`
   */
  of(day: number): readonly string[] {
    if (this.killing.everyPoint) return IN_ORDER;
    if (day === 0) return [FIRST_DAY];
    const { timesEach } = this.killing;
    const least = Math.min(...IN_ORDER.map((point) => this.deathsAt(point)));
    if (timesEach !== null && least >= timesEach) return [];
    const next = IN_ORDER.filter((point) => this.deathsAt(point) === least);
    // One that was missed waits for the others of its round, so that it does not fall on the same kind of day.
    const point = next.find((each) => !this.missed.has(each)) ?? next[0]!;
    const time = this.missed.has(point) || point.startsWith('mid-') ? 1 : 1 + (this.deathsAt(point) % 3);
    return [`${point}:${time}`];
  }

  /** @param died whether the point was passed and killed */
  tried(killAt: string, died: boolean): void {
    const point = pointOf(killAt);
    if (died) {
      this.deaths.set(point, this.deathsAt(point) + 1);
      this.missed.delete(point);
    } else {
      this.missed.add(point);
    }
  }

  private deathsAt(point: Checkpoint): number {
    return this.deaths.get(point) ?? 0;
  }
}
