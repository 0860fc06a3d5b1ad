import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PARTIES_CASES } from './parties/cases.sql.js';
import { PARTIES_CASES_VIEWS } from './parties/views.sql.js';

/** Names, addresses and contact points of parties with their history, consent, and duplicates that are taken for one. */
export class Parties1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PARTIES_CASES);
    await runner.query(PARTIES_CASES_VIEWS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('what was recorded of parties is not forgotten'));
  }
}
