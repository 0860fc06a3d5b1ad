import type { Logger } from 'pino';
import { z } from 'zod';
import type { PartnerReach } from '../alerts/partner-reach.js';
import type { ExchangeEngine, WorkOrder } from '../exchanges/exchange-engine.js';
import { withCorrelation } from '../platform/correlation.js';
import type { Task } from './job-queue.js';

const order = z.object({ connectorId: z.string(), businessDate: z.iso.date(), correlationId: z.string() });

/** The tasks by which connectors' work is asked for. Each attempt is logged under the correlation id of who asked for it. */
export function engineTasks(
  engine: Pick<ExchangeEngine, 'judge' | 'send' | 'collect'>,
  reach: PartnerReach,
  log: Logger,
): Readonly<Record<'judge' | 'send' | 'collect', Task>> {
  const task =
    (name: string, work: (of: WorkOrder) => Promise<void>): Task =>
    (payload) => {
      const of = order.parse(payload);
      return withCorrelation(of.correlationId, () => logged(log, name, of, () => work(of)));
    };
  return {
    judge: task('judge', (of) => engine.judge(of)),
    send: task('send', (of) => reach.during(of.connectorId, 'send', () => engine.send(of))),
    collect: task('collect', (of) => reach.during(of.connectorId, 'collect', () => engine.collect(of))),
  };
}

async function logged(log: Logger, job: string, of: WorkOrder, work: () => Promise<void>): Promise<void> {
  const { connectorId, businessDate } = of;
  const began = performance.now();
  try {
    await work();
    log.debug({ job, connectorId, businessDate, ms: Math.round(performance.now() - began) }, 'a job is done');
  } catch (error) {
    log.warn({ job, connectorId, businessDate, err: error }, 'a job failed; it is tried again');
    throw error;
  }
}
