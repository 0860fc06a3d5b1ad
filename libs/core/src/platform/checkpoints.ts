/** Between the steps of sending a file, in their order. */
export const SENDING_POINTS = [
  'after-choosing',
  'after-releasing',
  'after-archiving',
  'after-temporary-upload',
  'after-rename',
] as const;

/**
 * Named points between the steps of an exchange, of posting a partner's money, of carrying events and of judging. Recovery is
 * defined for each: whatever dies there, the next start, or another process, goes on from what was committed.
 */
export const CHECKPOINTS = [
  ...SENDING_POINTS,
  'mid-apply',
  'mid-posting',
  'after-publishing',
  'after-handling',
  'mid-judging',
] as const;
export type Checkpoint = (typeof CHECKPOINTS)[number];

/** Is told of each point as it is passed. */
export interface CheckpointListener {
  /** @param where the connector or the stream of events that is worked on */
  reached(point: Checkpoint, where: string): Promise<void>;
}

export const silentCheckpoints: CheckpointListener = { reached: () => Promise.resolve() };

/**
 * A seam for tests of recovery: ends this process without any clean-up, as `kill -9` does, at the point that the
 * variable CONCORD_KILL_AT names (`after-rename`, or `after-rename:3` for the third time that it is passed).
 *
 * @throws RangeError for a point that does not exist
 */
export function killingCheckpoints(instruction: string): CheckpointListener {
  const [point, count = '1'] = instruction.split(':');
  if (!CHECKPOINTS.includes(point as Checkpoint)) throw new RangeError(`CONCORD_KILL_AT: no point is called ${point}`);
  let left = Number(count);
  return {
    reached(passed) {
      if (passed === point && --left === 0) process.kill(process.pid, 'SIGKILL');
      return Promise.resolve();
    },
  };
}
