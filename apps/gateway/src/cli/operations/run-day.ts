import type { DayResult } from '@concord/core/day/run-day';
import type { Operation } from './operation.js';

export interface DayParameters {
  readonly date: string | null;
  readonly jurisdictionId: string | null;
  readonly actor: string;
}

export const runDay: Operation<DayParameters, DayResult> = {
  name: 'day',
  works: true,
  run: async (app, parameters, onProgress) => {
    const { RunDay } = await import('@concord/core/day/run-day');
    return app.get(RunDay).run({ ...parameters, onProgress });
  },
};
