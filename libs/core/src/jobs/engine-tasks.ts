import { z } from 'zod';
import type { ExchangeEngine, WorkOrder } from '../exchanges/exchange-engine.js';
import type { Task } from './job-queue.js';

const order = z.object({ connectorId: z.string(), businessDate: z.iso.date(), correlationId: z.string() });

/** The tasks by which connectors' work is asked for. */
export function engineTasks(engine: ExchangeEngine): Readonly<Record<'judge' | 'send' | 'collect', Task>> {
  const task =
    (work: (of: WorkOrder) => Promise<void>): Task =>
    (payload) =>
      work(order.parse(payload));
  return {
    judge: task((of) => engine.judge(of)),
    send: task((of) => engine.send(of)),
    collect: task((of) => engine.collect(of)),
  };
}
