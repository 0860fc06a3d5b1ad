import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REPORTS_CASES } from './reports/cases.sql.js';

/** Sign-offs of monthly control totals. */
export class Reports1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REPORTS_CASES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('what people signed is not forgotten'));
  }
}
