import type { EntityManager } from 'typeorm';
import { rows } from './sql.js';

/**
 * Has the connection forget the plans that it keeps, which are those of looking foreign keys up. Work that fills tables must
 * call it as it goes on: a plan that was made while a table had a few rows reads the whole table for each key, and would be
 * kept until somebody analyzes the table.
 */
export async function planAnew(manager: EntityManager): Promise<void> {
  await rows(manager, 'discard plans');
}
