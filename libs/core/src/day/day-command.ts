import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { rows } from '../database/sql.js';

/** What a day's run asks of the connectors. */
export const dayBody = z.strictObject({
  date: z.iso.date(),
  jurisdictions: z.array(z.string()),
  answerWaitMs: z.number().nonnegative(),
});
export type DayBody = z.infer<typeof dayBody>;

/** How far a day has come, for people who watch. */
export interface DayProgress {
  readonly step: string;
  readonly done: number;
  readonly of: number;
}

export interface CommandStatus {
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly progress: Partial<DayProgress>;
  readonly failure: string | null;
}

/** Asks the connectors to run a day: inserted by the gateway, carried out by whoever takes it. */
export async function orderDay(
  gateway: DataSource,
  body: DayBody,
  by: { readonly actor: string; readonly correlationId: string; readonly at: Date },
): Promise<string> {
  const id = randomUUID();
  await rows(
    gateway,
    `insert into exchange.command (id, kind, body, actor, correlation_id, requested_at)
     values ($1, 'run-day', $2, $3, $4, $5)`,
    [id, JSON.stringify(body), by.actor, by.correlationId, by.at],
  );
  return id;
}

export async function commandStatus(gateway: DataSource, id: string): Promise<CommandStatus> {
  const [command] = await rows<CommandStatus>(
    gateway,
    'select state, progress, failure from exchange_v1.command where id = $1',
    [id],
  );
  return command!;
}
