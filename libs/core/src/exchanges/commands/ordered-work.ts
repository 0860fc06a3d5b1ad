import type { JobQueue } from '../../jobs/job-queue.js';

/** Has connectors' work done by whichever process is free, one job at a time for each connector. */
export interface OrderedWork {
  /** Asks for files to go on, in this order, and does not wait for it. */
  goOn(connectorId: string, exchangeIds: readonly string[], correlationId: string): Promise<string>;
  /** Asks for a cutoff beyond the schedule. */
  runNow(order: {
    readonly connectorId: string;
    readonly businessDate: string;
    readonly correlationId: string;
    readonly cutoffKey: string;
  }): Promise<string>;
  /**
   * Waits for what was asked for.
   *
   * @param key what asking returned
   * @returns why it was given up, or null when it was done
   */
  finished(key: string): Promise<string | null>;
}

/** By the job queue, in which a connector's jobs come one after the other. */
export class JobsAsOrdered implements OrderedWork {
  constructor(private readonly jobs: Pick<JobQueue, 'add' | 'finished'>) {}

  async goOn(connectorId: string, exchangeIds: readonly string[], correlationId: string): Promise<string> {
    const key = `go-on:${exchangeIds[0]}`;
    const payload = { connectorId, exchangeIds: exchangeIds.join(','), correlationId };
    await this.jobs.add({ task: 'go-on', payload, key, queue: connectorId });
    return key;
  }

  async runNow(order: Parameters<OrderedWork['runNow']>[0]): Promise<string> {
    await this.jobs.add({ task: 'run-now', payload: { ...order }, key: order.cutoffKey, queue: order.connectorId });
    return order.cutoffKey;
  }

  async finished(key: string): Promise<string | null> {
    const [givenUp] = await this.jobs.finished([key]);
    return givenUp?.reason ?? null;
  }
}
