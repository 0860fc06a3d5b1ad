import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { socketPath } from '@concord/core/platform/data-folder';
import type { DayReport } from '../day-report.js';

/** What is said back on the socket: lines of JSON, of which the last one is not progress. */
interface Said {
  readonly progress?: object;
  readonly result?: { readonly report: DayReport; readonly failures: readonly string[] };
  readonly refusal?: { readonly message: string };
  readonly failure?: string;
}

/**
 * Has the Concord that runs on a data folder run a day, by the socket that `concord day` uses: that command has tests of its own, and
 * starting it takes as long as many a day.
 *
 * @throws Error when the day fails, when a connector's work could not be done, or when that Concord ends before it answers
 */
export async function runDayOf(dataFolder: string, date: string): Promise<DayReport> {
  const socket = connect(socketPath(dataFolder));
  const lines = createInterface({ input: socket });
  const lost = new Promise<never>((_, reject) => socket.once('error', reject));
  socket.write(`${JSON.stringify({ operation: 'day', parameters: { date, jurisdictionId: null, actor: 'test' } })}\n`);
  const answered = (async (): Promise<DayReport> => {
    for await (const line of lines) {
      const { progress, result, refusal, failure } = JSON.parse(line) as Said;
      if (progress) continue;
      const wrong = [...(result?.failures ?? []), ...(refusal ? [refusal.message] : []), ...(failure ? [failure] : [])];
      if (result === undefined || wrong.length > 0) throw new Error(`${date}: ${wrong.join('; ')}`);
      return result.report;
    }
    throw new Error(`${date}: the running Concord ended before it answered`);
  })();
  try {
    return await Promise.race([answered, lost]);
  } finally {
    answered.catch(() => undefined);
    lost.catch(() => undefined);
    socket.destroy();
  }
}
