import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DOCUMENTS_CASES } from './documents/cases.sql.js';

/** Notices, documents, and proofs of every kind. */
export class Documents1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DOCUMENTS_CASES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('what was sent to debtors, and what shows it, is not forgotten'));
  }
}
