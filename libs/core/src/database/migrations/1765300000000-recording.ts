import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RECORDING_CASES, RECORDING_CASES_VIEWS } from './recording/cases.sql.js';

/** What became of the details of a stop, and since when a party is told at another address. */
export class Recording1765300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RECORDING_CASES);
    await runner.query(RECORDING_CASES_VIEWS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('who changed what, and when, is not forgotten'));
  }
}
