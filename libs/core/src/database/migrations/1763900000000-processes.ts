import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PROCESSES_EXCHANGE } from './processes/exchange.sql.js';

/** Several processes of connectors that share the work. */
export class Processes1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PROCESSES_EXCHANGE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index exchange.command_running;
      alter table exchange.command drop column process_id;
      drop table exchange.job_worker, exchange.process;`);
  }
}
