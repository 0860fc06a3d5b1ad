import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RULES_CASES, RULES_CASES_VIEWS } from './rules/cases.sql.js';
import { RULES_EXCHANGE } from './rules/exchange.sql.js';

/** What rules look at beside days, and which proof a block waits for. */
export class Rules1765200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RULES_CASES);
    await runner.query(RULES_CASES_VIEWS);
    await runner.query(RULES_EXCHANGE);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('what proofs show is not forgotten'));
  }
}
