import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AGENCIES_CASES, AGENCIES_CASES_VIEWS } from './agencies/cases.sql.js';
import { AGENCIES_EXCHANGE, AGENCIES_EXCHANGE_VIEWS } from './agencies/exchange.sql.js';

/** Agencies: placements that are kept by ledger entries, and the way of partners' findings back into the case. */
export class Agencies1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [AGENCIES_CASES, AGENCIES_CASES_VIEWS, AGENCIES_EXCHANGE, AGENCIES_EXCHANGE_VIEWS]) {
      await runner.query(statements);
    }
  }

  /** What agencies reported can't be put back into a schema that has no place for it. */
  down(): Promise<void> {
    return Promise.reject(new Error('the migration for agencies has no way back: restore the backup made before it'));
  }
}
