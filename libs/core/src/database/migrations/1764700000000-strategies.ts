import type { MigrationInterface, QueryRunner } from 'typeorm';
import { STRATEGIES_CASES } from './strategies/cases.sql.js';

/** Versions of strategies, how referrals ended, and when a strategy asks whether it takes one back. */
export class Strategies1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STRATEGIES_CASES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('by which strategy a debt was referred is not forgotten'));
  }
}
