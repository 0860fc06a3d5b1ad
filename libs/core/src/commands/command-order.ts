import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { CommandKind } from './command-kinds.js';

const WATCH_MS = 50;

/** Who asks for something, and when. */
export interface OrderedBy {
  readonly actor: string;
  readonly correlationId: string;
  readonly at: Date;
}

/** How far a command has come, for people who watch. */
export interface CommandProgress {
  readonly step: string;
  readonly done: number;
  readonly of: number;
}

interface CommandRow {
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly progress: Partial<CommandProgress>;
  readonly failure: string | null;
  readonly failure_code: string | null;
  readonly result: unknown;
}

/** Asks the connectors to do something: inserted by the gateway, carried out by whoever takes it. @returns its id */
export async function orderCommand(
  gateway: DataSource,
  kind: CommandKind,
  body: unknown,
  by: OrderedBy,
): Promise<string> {
  const id = randomUUID();
  await rows(
    gateway,
    `insert into exchange.command (id, kind, body, actor, correlation_id, requested_at) values ($1, $2, $3, $4, $5, $6)`,
    [id, kind, JSON.stringify(body), by.actor, by.correlationId, by.at],
  );
  return id;
}

/**
 * Waits until a command was carried out.
 *
 * @param withinMs how long; the command goes on when nobody waits for it any more
 * @returns its result
 * @throws Refusal with the code of the refusal that ended it, `command-failed` for any other failure, or `command-waiting` when
 *   it is not done in time
 */
export async function awaitCommand(
  gateway: DataSource,
  id: string,
  withinMs: number,
  onProgress: (progress: CommandProgress) => void = () => undefined,
): Promise<unknown> {
  const until = performance.now() + withinMs;
  let shown = '';
  for (;;) {
    const [command] = await rows<CommandRow>(
      gateway,
      'select state, progress, failure, failure_code, result from exchange_v1.command where id = $1',
      [id],
    );
    const { state, progress, failure, failure_code: code, result } = command!;
    if (state === 'done') return result;
    if (state === 'failed') throw new Refusal(code ?? 'command-failed', failure ?? 'the command failed');
    if (progress.step && progress.step !== shown) {
      shown = progress.step;
      onProgress({ step: progress.step, done: progress.done ?? 0, of: progress.of ?? 0 });
    }
    if (performance.now() > until) {
      const what = state === 'waiting' ? 'no connectors process has taken it yet' : 'it is still being carried out';
      throw new Refusal('command-waiting', `${what}; it goes on, and its number is ${id}`);
    }
    await delay(WATCH_MS);
  }
}
