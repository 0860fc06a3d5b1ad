import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import type { CommandHandler } from './command-handler.js';

const FAILURE_LENGTH = 2000;

interface TakenCommand {
  readonly id: string;
  readonly kind: string;
  readonly body: unknown;
  readonly actor: string;
  readonly correlation_id: string;
}

/** Takes commands that the gateway ordered and has them carried out, one after the other. Days are not among them. */
export class CommandDesk {
  private readonly handlers: ReadonlyMap<string, CommandHandler>;

  constructor(
    private readonly exchange: DataSource,
    handlers: readonly CommandHandler[],
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    this.handlers = new Map(handlers.map((handler) => [handler.kind, handler]));
  }

  /**
   * Takes the oldest command that waits, if there is one, and carries it out.
   *
   * @param processId who carries it out: when that process dies, another one begins it anew
   * @returns whether there was one
   */
  async takeNext(processId: number): Promise<boolean> {
    const [command] = await rows<TakenCommand>(
      this.exchange,
      `update exchange.command set state = 'running', process_id = $1 where id = (
         select id from exchange.command where state = 'waiting' and kind = any($2)
         order by requested_at limit 1 for update skip locked)
       returning id, kind, body, actor, correlation_id`,
      [processId, [...this.handlers.keys()]],
    );
    if (!command) return false;
    try {
      const result = await this.carryOut(command);
      await this.end(command.id, 'done', { result: JSON.stringify(result ?? null) });
    } catch (error) {
      const expected = error instanceof Refusal;
      if (!expected) this.log.error({ command: command.id, kind: command.kind, err: error }, 'a command failed');
      await this.end(command.id, 'failed', {
        failure: (error as Error).message.slice(0, FAILURE_LENGTH),
        failure_code: expected ? error.code : null,
      });
    }
    return true;
  }

  private carryOut({ id, kind, body, actor, correlation_id: correlationId }: TakenCommand): Promise<unknown> {
    return this.handlers.get(kind)!.carryOut({
      id,
      body,
      actor,
      correlationId,
      progress: async (progress) => {
        await rows(this.exchange, 'update exchange.command set progress = $2 where id = $1', [
          id,
          JSON.stringify(progress),
        ]);
      },
    });
  }

  private async end(
    id: string,
    state: 'done' | 'failed',
    facts: { result?: string; failure?: string; failure_code?: string | null },
  ): Promise<void> {
    await rows(
      this.exchange,
      `update exchange.command set state = $2, result = $3, failure = $4, failure_code = $5, finished_at = $6
       where id = $1`,
      [id, state, facts.result ?? null, facts.failure ?? null, facts.failure_code ?? null, this.clock.now()],
    );
  }
}
