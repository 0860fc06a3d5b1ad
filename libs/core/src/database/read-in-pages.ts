import type { EntityManager } from 'typeorm';
import { rows } from './sql.js';

/** Such statements sort and join whole tables: with the server's own setting, nearly all of it would go through the disk. */
const WORK_MEMORY = '64MB';

let opened = 0;

/**
 * Runs one statement and gives its rows a page at a time, within the caller's transaction: what it reads is of one moment,
 * and never all in memory. The statement is planned for all of its rows.
 *
 * @param size how many rows make a page; the last one has fewer
 */
export async function* readInPages<T>(
  manager: EntityManager,
  statement: string,
  parameters: readonly unknown[],
  size: number,
): AsyncGenerator<T[], void> {
  const name = `pages_${(opened += 1)}`;
  await rows(manager, `select set_config('cursor_tuple_fraction', '1', true), set_config('work_mem', $1, true)`, [
    WORK_MEMORY,
  ]);
  await rows(manager, `declare ${name} no scroll cursor for ${statement}`, parameters);
  for (;;) {
    const page = await rows<T>(manager, `fetch ${size} from ${name}`);
    if (page.length > 0) yield page;
    if (page.length < size) break;
  }
  await rows(manager, `close ${name}`);
}
