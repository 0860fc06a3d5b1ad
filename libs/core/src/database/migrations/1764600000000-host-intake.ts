import type { MigrationInterface, QueryRunner } from 'typeorm';
import { HOST_INTAKE } from './host-intake/cases.sql.js';

/** Daily files of host billing systems. */
export class HostIntake1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(HOST_INTAKE);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('what hosts said is not forgotten'));
  }
}
