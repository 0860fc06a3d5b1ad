import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEDGER_RUNS_CASES } from './ledger-runs/cases.sql.js';

/** How far an office's ledgers were run by themselves. */
export class LedgerRuns1765100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LEDGER_RUNS_CASES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('charges that fell due are not looked at again'));
  }
}
