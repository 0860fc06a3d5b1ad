import { workOrder } from '../exchanges/exchange-engine.js';
import type { ExchangeEngine, WorkOrder } from '../exchanges/exchange-engine.js';
import type { Task } from './job-queue.js';

/** The tasks by which connectors' work is asked for. */
export function engineTasks(engine: ExchangeEngine): Readonly<Record<'judge' | 'send' | 'collect', Task>> {
  const task =
    (work: (of: WorkOrder) => Promise<void>): Task =>
    (payload) =>
      work(workOrder.parse(payload));
  return {
    judge: task((of) => engine.judge(of)),
    send: task((of) => engine.send(of)),
    collect: task((of) => engine.collect(of)),
  };
}
