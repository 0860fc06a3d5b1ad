import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What marking debts for each event costs. Its statement joins the connectors it names, and connectors are never deleted: a foreign
 * key found nothing, and had every batch of events lock the same few rows. Debts of a case and connectors of a debt are read
 * from indexes alone.
 */
export class Looks1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table exchange.look drop constraint look_connector_id_fkey;
      create index on cases.debt (case_id, id);
      drop index cases.debt_case_id_idx;
      create index on cases.referral (debt_id, connector_id);
      drop index cases.referral_debt_id_idx;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index on cases.referral (debt_id);
      drop index cases.referral_debt_id_connector_id_idx;
      create index on cases.debt (case_id);
      drop index cases.debt_case_id_id_idx;
      alter table exchange.look add constraint look_connector_id_fkey foreign key (connector_id) references exchange.connector;`);
  }
}
