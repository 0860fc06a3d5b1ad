import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_CASES, LEDGER_CASES_VIEWS } from './ledger/cases.sql.js';

/** Credit notes, waivers and refunds, reversals of more than payments, buckets, and interest that may be frozen. */
export class Ledger1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER_CASES);
    await runner.query(LEDGER_CASES_VIEWS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('entries of the new kinds have no place in the ledger as it was'));
  }
}
