import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { databaseTrouble } from '../database/database-trouble.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { withCorrelation } from '../platform/correlation.js';
import { Refusal } from '../platform/errors.js';
import type { CommandHandler } from './command-handler.js';
import { TAKE_NEXT } from './next-command.sql.js';

const FAILURE_LENGTH = 2000;

interface TakenCommand {
  readonly id: string;
  readonly kind: string;
  readonly body: unknown;
  readonly actor: string;
  readonly correlation_id: string;
}

/** A command that waits for a partner must not keep those of other partners waiting; each holds connections while it works. */
const SIDE_BY_SIDE = 4;

/** A process that is without its database for longer than that does not go on. */
const NOTED_WITHIN_MS = 150_000;
const NOTED_AGAIN_MS = 500;

/**
 * Takes commands that the gateway ordered and has them carried out: those about one connector one after the other, those of
 * several side by side. Days are not among them.
 */
export class CommandDesk {
  private readonly underWay = new Set<Promise<void>>();
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
   * Takes the oldest command that may begin, if there is one, and carries it out.
   *
   * @param processId who carries it out: when that process dies, another one begins it anew
   * @returns whether there was one
   */
  async takeNext(processId: number): Promise<boolean> {
    const command = await this.take(processId);
    if (!command) return false;
    await this.toItsEnd(command);
    return true;
  }

  /**
   * Takes the oldest command that may begin, if there is one, and begins it. Where as many as may be are under way, one of
   * them ends first.
   *
   * @param processId as for {@link takeNext}
   * @returns whether there was one
   */
  async beginNext(processId: number): Promise<boolean> {
    if (this.underWay.size >= SIDE_BY_SIDE) await Promise.race(this.underWay);
    const command = await this.take(processId);
    if (!command) return false;
    const work = this.toItsEnd(command)
      .catch((error: unknown) => this.log.error({ command: command.id, err: error }, "a command's end was not noted"))
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
    return true;
  }

  /** Settles when every command that was begun has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async take(processId: number): Promise<TakenCommand | undefined> {
    const [command] = await rows<TakenCommand>(this.exchange, TAKE_NEXT, [processId, [...this.handlers.keys()]]);
    return command;
  }

  private toItsEnd(command: TakenCommand): Promise<void> {
    return withCorrelation(command.correlation_id, () => this.carryOutAndNote(command));
  }

  private async carryOutAndNote(command: TakenCommand): Promise<void> {
    const { id, kind } = command;
    try {
      const result = await this.carryOut(command);
      await this.end(id, 'done', { result: JSON.stringify(result ?? null) });
      this.log.info({ command: id, kind }, 'a command was carried out');
    } catch (error) {
      const expected = error instanceof Refusal;
      if (expected) this.log.info({ command: id, kind, code: error.code }, 'a command was refused');
      else this.log.error({ command: id, kind, err: error }, 'a command failed');
      await this.end(id, 'failed', {
        failure: (error as Error).message.slice(0, FAILURE_LENGTH),
        failure_code: expected ? error.code : null,
      });
    }
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

  /** A command whose end is not noted would keep those after it waiting: while the database is away it is tried again. */
  private async end(
    id: string,
    state: 'done' | 'failed',
    facts: { result?: string; failure?: string; failure_code?: string | null },
  ): Promise<void> {
    for (const until = performance.now() + NOTED_WITHIN_MS; ;) {
      try {
        await rows(
          this.exchange,
          `update exchange.command set state = $2, result = $3, failure = $4, failure_code = $5, finished_at = $6
           where id = $1`,
          [id, state, facts.result ?? null, facts.failure ?? null, facts.failure_code ?? null, this.clock.now()],
        );
        return;
      } catch (error) {
        if (databaseTrouble(error) === null || performance.now() > until) throw error;
        await delay(NOTED_AGAIN_MS);
      }
    }
  }
}
