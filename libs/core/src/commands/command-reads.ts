import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { CommandKind } from './command-kinds.js';

/** A command as whoever ordered it may follow it. What was ordered is not repeated: it may hold what a partner said. */
export interface CommandView {
  readonly id: string;
  readonly kind: CommandKind;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly progress: { readonly step?: string; readonly done?: number; readonly of?: number };
  readonly result: unknown;
  readonly failure: string | null;
  /** Code of the refusal that ended it; null for any other failure. */
  readonly failureCode: string | null;
  readonly actor: string;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
}

/** @throws Refusal `command-unknown` */
export async function readCommand(gateway: DataSource, id: string): Promise<CommandView> {
  const [command] = await rows<CommandView>(
    gateway,
    `select id, kind, state, progress, result, failure, failure_code as "failureCode", actor,
            requested_at as "requestedAt", finished_at as "finishedAt"
     from exchange_v1.command where id = $1`,
    [id],
  );
  if (!command) throw new Refusal('command-unknown', `no command has the id ${id}`);
  return command;
}
