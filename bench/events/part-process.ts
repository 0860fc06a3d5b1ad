import { StatementTimes } from '../database/statement-times.ts';
import type { StatementTime } from '../database/statement-times.ts';

/** What a part did and what it took. */
export interface PartReport<R> {
  readonly result: R;
  /** When it had done its work, in milliseconds since 1970, with fractions. */
  readonly doneAt: number;
  /** Processor time of its process while it worked. */
  readonly cpuSeconds: number;
  readonly statements: readonly Pick<StatementTime, 'statement' | 'seconds' | 'runs'>[];
}

/** A part that is ready to work. */
export interface OpenPart<R> {
  work(): Promise<R>;
  close(): Promise<void>;
}

/** The clock that all processes of this machine share, in milliseconds with fractions. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Runs a part in this process for the one that started it; ends when that one says so, or is gone. */
export async function serve<P, R>(open: (parameters: P) => Promise<OpenPart<R>>): Promise<void> {
  const say = (message: object): void => void process.send?.(message);
  const told = (word: string): Promise<void> =>
    new Promise((resolve) => {
      process.on('message', (message) => {
        if (message === word) resolve();
      });
    });
  // Whoever started it is gone, and with it everything that this could still be waiting for.
  process.once('disconnect', () => process.exit(1));
  const given = new Promise<P>((resolve) => process.once('message', (message) => resolve(message as P)));
  const go = told('go');
  const end = told('end');
  try {
    const part = await open(await given);
    say({ ready: true });
    await go;
    const times = new StatementTimes();
    times.start();
    const before = process.cpuUsage();
    const result = await part.work();
    const doneAt = sharedNow();
    const { user, system } = process.cpuUsage(before);
    times.stop();
    const statements = times.costliest().map(({ statement, seconds, runs }) => ({ statement, seconds, runs }));
    say({ report: { result, doneAt, cpuSeconds: (user + system) / 1e6, statements } });
    await end;
    await part.close();
  } catch (error) {
    say({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    process.exitCode = 1;
  }
  process.exit();
}
