import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** How many connections of a pool are in use, idle, and waited for. */
export interface PoolUse {
  readonly used: number;
  readonly idle: number;
  readonly waiting: number;
}

export function poolUse(database: DataSource): PoolUse {
  // TypeORM's driver for PostgreSQL holds the pool by this name.
  const { master } = database.driver as unknown as { readonly master: Pool };
  const { totalCount, idleCount, waitingCount } = master;
  return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}
