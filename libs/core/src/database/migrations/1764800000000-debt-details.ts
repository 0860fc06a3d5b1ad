import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DEBT_DETAILS_CASES, DEBT_DETAILS_CASES_VIEWS } from './debt-details/cases.sql.js';

/** When a debt was due, what its dates were before, and the judgments on it. */
export class DebtDetails1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DEBT_DETAILS_CASES);
    await runner.query(DEBT_DETAILS_CASES_VIEWS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('what courts decided is not forgotten'));
  }
}
