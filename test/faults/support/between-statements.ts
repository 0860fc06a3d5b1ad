import type { DataSource, QueryRunner } from 'typeorm';

/** Looks at every statement of one pool before it is run, counts it, and may do something first or put another in its place. */
export class BetweenStatements {
  /** Statements so far, since the last {@link begin}. */
  count = 0;
  private before: (statement: string, number: number) => Promise<void> = () => Promise.resolve();
  /** A fault that a test is shown to notice: what is run instead. */
  replace: (statement: string) => string = (statement) => statement;

  constructor(pool: DataSource) {
    const create = pool.createQueryRunner.bind(pool);
    pool.createQueryRunner = (mode) => this.watched(create(mode));
  }

  /** Counts from one again. */
  begin(before: (statement: string, number: number) => Promise<void>): void {
    this.count = 0;
    this.before = before;
  }

  end(): void {
    this.before = () => Promise.resolve();
  }

  private watched(runner: QueryRunner): QueryRunner {
    const query = runner.query.bind(runner) as (...all: unknown[]) => Promise<unknown>;
    const watched = async (statement: string, ...more: unknown[]): Promise<unknown> => {
      this.count += 1;
      await this.before(statement, this.count);
      return query(this.replace(statement), ...more);
    };
    runner.query = watched as QueryRunner['query'];
    return runner;
  }
}
