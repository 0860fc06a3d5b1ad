import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EXCHANGE_LIFE, EXCHANGE_LIFE_VIEWS } from './exchange-life/exchange.sql.js';

/** What people decide about exchanges, what is alerted, and what partners owe. */
export class ExchangeLife1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EXCHANGE_LIFE);
    await runner.query(EXCHANGE_LIFE_VIEWS);
  }

  async down(): Promise<void> {
    throw new Error('what people decided about exchanges is not forgotten');
  }
}
