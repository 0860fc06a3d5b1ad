import type { DataSource } from 'typeorm';
import { awaitCommand, orderCommand } from '../commands/command-order.js';
import type { OrderedBy } from '../commands/command-order.js';

/** The switch acts in one statement: who waits longer has no process of connectors. */
const WITHIN_MS = 10_000;

export interface AdverseSwitch {
  readonly jurisdictionId: string;
  /** Whether the adverse output is stopped from now on, or let go again. */
  readonly stopped: boolean;
  readonly reason: string;
}

/**
 * Has the connectors stop all adverse output of a jurisdiction, or let it go again.
 *
 * @throws Refusal `jurisdiction-unknown`, `reason-missing`, or `command-waiting` where no process of connectors answers
 */
export async function switchAdverseOutput(
  gateway: DataSource,
  body: AdverseSwitch,
  by: OrderedBy,
): Promise<{ readonly stopped: boolean }> {
  const id = await orderCommand(gateway, 'adverse-stop', body, by);
  return (await awaitCommand(gateway, id, WITHIN_MS)) as { stopped: boolean };
}
