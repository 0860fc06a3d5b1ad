import pg from 'pg';

/** What one statement took, over all its runs. */
export interface StatementTime {
  readonly statement: string;
  readonly seconds: number;
  readonly runs: number;
  /** What its last run was given. */
  readonly parameters: readonly unknown[];
}

/** Whatever runs statements, as the driver's client does. */
interface Runs {
  query: (this: unknown, ...parameters: unknown[]) => unknown;
}

/**
 * Measures how long the statements of this process take, from sending one to having its last row: waiting for locks and
 * for the other statements of two processor cores is in it.
 */
export class StatementTimes {
  private readonly times = new Map<string, { seconds: number; runs: number; parameters: readonly unknown[] }>();
  private readonly original = (pg.Client.prototype as unknown as Runs).query;

  start(): void {
    const { times, original } = this;
    (pg.Client.prototype as unknown as Runs).query = function (this: unknown, ...parameters) {
      const began = performance.now();
      const result = original.apply(this, parameters);
      const [statement, given] = parameters;
      if (typeof statement === 'string' && result instanceof Promise) {
        const note = (): void => {
          const time = times.get(statement) ?? { seconds: 0, runs: 0, parameters: [] };
          time.seconds += (performance.now() - began) / 1000;
          time.runs += 1;
          if (Array.isArray(given)) time.parameters = given;
          times.set(statement, time);
        };
        void result.then(note, note);
      }
      return result;
    };
  }

  stop(): void {
    (pg.Client.prototype as unknown as Runs).query = this.original;
  }

  /** The costliest first. */
  costliest(): StatementTime[] {
    return [...this.times].map(([statement, time]) => ({ statement, ...time })).sort((a, b) => b.seconds - a.seconds);
  }
}
