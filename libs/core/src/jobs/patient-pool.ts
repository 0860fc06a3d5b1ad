import pg from 'pg';
import { databaseTrouble } from '../database/database-trouble.js';

/** PostgreSQL's "cannot connect now": the one code of a server that is away which graphile-worker waits for and tries again. */
const COMES_BACK = '57P03';

/**
 * A pool whose every failure that is about the way to the server says that it will pass. graphile-worker notes the end of a job
 * without waiting for it, and tries again only for a few codes: any other failure there would end the process as nobody hears of
 * it, and of all that a restarting server causes only one is among them.
 */
export class PatientPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('connect', (client) => {
      const query = client.query.bind(client) as (...all: unknown[]) => unknown;
      const patient = (...all: unknown[]): unknown => {
        const answer = query(...all);
        return answer instanceof Promise ? answer.catch(asPassing) : answer;
      };
      client.query = patient as typeof client.query;
    });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(done: Parameters<pg.Pool['connect']>[0]): void;
  override connect(done?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | void {
    if (done) return super.connect(done);
    return super.connect().catch(asPassing);
  }
}

function asPassing(error: unknown): never {
  if (databaseTrouble(error) === null) throw error;
  throw Object.assign(new Error((error as Error).message, { cause: error }), { code: COMES_BACK });
}
