import type { Logger } from 'pino';
import { z } from 'zod';
import type { PartnerReach } from '../alerts/partner-reach.js';
import { workOrder } from '../exchanges/exchange-engine.js';
import type { ExchangeEngine } from '../exchanges/exchange-engine.js';
import { withCorrelation } from '../platform/correlation.js';
import type { Task } from './job-queue.js';

const runOrder = workOrder.extend({ cutoffKey: z.string().min(1) });
const goOnOrder = z.object({
  connectorId: z.string(),
  correlationId: z.string(),
  exchangeIds: z.string().transform((ids) => ids.split(',')),
});

/** What every order says. */
interface Asked {
  readonly connectorId: string;
  readonly correlationId: string;
}

export type EngineTask = 'judge' | 'send' | 'collect' | 'run-now' | 'go-on';

/** The tasks by which connectors' work is asked for. Each attempt is logged under the correlation id of who asked for it. */
export function engineTasks(
  engine: Pick<ExchangeEngine, 'judge' | 'send' | 'collect' | 'runNow' | 'goOn'>,
  reach: PartnerReach,
  log: Logger,
): Readonly<Record<EngineTask, Task>> {
  const task =
    <Of extends Asked>(name: EngineTask, shape: z.ZodType<Of>, work: (of: Of) => Promise<void>): Task =>
    (payload) => {
      const of = shape.parse(payload);
      return withCorrelation(of.correlationId, () => logged(log, name, of, () => work(of)));
    };
  return {
    judge: task('judge', workOrder, (of) => engine.judge(of)),
    send: task('send', workOrder, (of) => reach.during(of.connectorId, 'send', () => engine.send(of))),
    collect: task('collect', workOrder, (of) => reach.during(of.connectorId, 'collect', () => engine.collect(of))),
    'run-now': task('run-now', runOrder, (of) => reach.during(of.connectorId, 'send', () => engine.runNow(of))),
    'go-on': task('go-on', goOnOrder, (of) => reach.during(of.connectorId, 'send', () => engine.goOn(of))),
  };
}

async function logged(log: Logger, job: string, of: Asked, work: () => Promise<void>): Promise<void> {
  const { connectorId } = of;
  const began = performance.now();
  try {
    await work();
    log.debug({ job, connectorId, ms: Math.round(performance.now() - began) }, 'a job is done');
  } catch (error) {
    log.warn({ job, connectorId, err: error }, 'a job failed; it is tried again');
    throw error;
  }
}
