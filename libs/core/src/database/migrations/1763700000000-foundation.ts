import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CASES_SCHEMA } from './foundation/cases.sql.js';
import { CASES_VIEWS } from './foundation/cases-views.sql.js';
import { EXCHANGE_SCHEMA } from './foundation/exchange.sql.js';
import { EXCHANGE_VIEWS } from './foundation/exchange-views.sql.js';
import { ROLES } from './foundation/roles.sql.js';

/** Roles, both schemas and the views through which each half reads the other. */
export class Foundation1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [ROLES, CASES_SCHEMA, CASES_VIEWS, EXCHANGE_SCHEMA, EXCHANGE_VIEWS]) {
      await runner.query(statements);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop schema exchange_v1 cascade; drop schema cases_v1 cascade; drop schema exchange cascade; drop schema cases cascade;',
    );
  }
}
