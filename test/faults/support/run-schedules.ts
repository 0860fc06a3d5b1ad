import { SEED } from './seed.js';

/** As many as fit in the time, unless `CONCORD_TEST_SCHEDULES` says how many; `CONCORD_TEST_SCHEDULE` runs a single one. */
const { CONCORD_TEST_SCHEDULES: howMany, CONCORD_TEST_SCHEDULE: single } = process.env;

/** What a schedule came to: nothing in `wrong`, or everything that is. */
export interface ScheduleResult {
  readonly faults: number;
  readonly wrong: readonly string[];
  readonly sequence: readonly string[];
}

/**
 * Runs one schedule after the other.
 *
 * @param run one schedule, by its number under the run's seed
 * @returns how many there were, and how many faults were made in them
 * @throws Error with the seed and everything that was done, when anything is not as it must be
 */
export async function runSchedules(
  minutes: number,
  run: (number: number) => Promise<ScheduleResult>,
): Promise<{ readonly runs: number; readonly faults: number }> {
  const end = performance.now() + minutes * 60_000;
  let [runs, faults] = [0, 0];
  const first = Number(single ?? 0);
  const last = single === undefined ? Number(howMany ?? Infinity) - 1 : first;
  for (let number = first; number <= last && (howMany !== undefined || performance.now() < end); number += 1) {
    const result = await run(number);
    expectRight(number, result);
    runs += 1;
    faults += result.faults;
  }
  return { runs, faults };
}

function expectRight(number: number, { wrong, sequence }: ScheduleResult): void {
  if (wrong.length === 0) return;
  const again = `CONCORD_TEST_SEED=${SEED} CONCORD_TEST_SCHEDULE=${number}`;
  throw new Error(`${again} does this again:\n  ${wrong.join('\n  ')}\nwhat was done:\n  ${sequence.join('\n  ')}`);
}
