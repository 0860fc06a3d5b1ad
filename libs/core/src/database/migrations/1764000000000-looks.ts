import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Marking a debt names a connector that the same statement has joined, and connectors are never deleted. The foreign key found
 * nothing, and had every batch of events lock the same few rows of connectors.
 */
export class Looks1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table exchange.look drop constraint look_connector_id_fkey');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table exchange.look add constraint look_connector_id_fkey foreign key (connector_id) references exchange.connector',
    );
  }
}
