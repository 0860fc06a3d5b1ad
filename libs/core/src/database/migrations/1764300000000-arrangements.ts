import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ARRANGEMENTS_CASES, ARRANGEMENTS_CASES_VIEWS } from './arrangements/cases.sql.js';

/** Payment arrangements, and stops with their proof and their discharge. */
export class Arrangements1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ARRANGEMENTS_CASES);
    await runner.query(ARRANGEMENTS_CASES_VIEWS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('what was agreed with debtors is not forgotten'));
  }
}
