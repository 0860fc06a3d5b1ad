import type { INestApplicationContext } from '@nestjs/common';

/** How far something has come, for a person who watches. */
export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly of: number;
}

/**
 * What a command asks of Concord: carried out in this process, or by the instance that is running already. What it is carried out
 * with is loaded then: a command beside a running instance only asks.
 */
export interface Operation<A, R> {
  readonly name: string;
  /** Whether it needs events, jobs and connectors at work, or only looks. */
  readonly works: boolean;
  run(app: INestApplicationContext, parameters: A, onProgress: (progress: Progress) => void): Promise<R>;
}
