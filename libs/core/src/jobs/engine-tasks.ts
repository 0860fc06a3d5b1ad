import { z } from 'zod';
import { workOrder } from '../exchanges/exchange-engine.js';
import type { ExchangeEngine, WorkOrder } from '../exchanges/exchange-engine.js';
import type { Task } from './job-queue.js';

const runOrder = workOrder.extend({ cutoffKey: z.string().min(1) });
const goOnOrder = z.object({
  connectorId: z.string(),
  exchangeIds: z.string().transform((ids) => ids.split(',')),
});

/** The tasks by which connectors' work is asked for. */
export function engineTasks(
  engine: ExchangeEngine,
): Readonly<Record<'judge' | 'send' | 'collect' | 'run-now' | 'go-on', Task>> {
  const task =
    (work: (of: WorkOrder) => Promise<void>): Task =>
    (payload) =>
      work(workOrder.parse(payload));
  return {
    judge: task((of) => engine.judge(of)),
    send: task((of) => engine.send(of)),
    collect: task((of) => engine.collect(of)),
    'run-now': (payload) => engine.runNow(runOrder.parse(payload)),
    'go-on': (payload) => engine.goOn(goOnOrder.parse(payload)),
  };
}
