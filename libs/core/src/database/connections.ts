import pg from 'pg';
import { DataSource } from 'typeorm';
import './sql.js';
import { Agencies1763800000000 } from './migrations/1763800000000-agencies.js';
import { Processes1763900000000 } from './migrations/1763900000000-processes.js';
import { Looks1764000000000 } from './migrations/1764000000000-looks.js';
import { ExchangeLife1764100000000 } from './migrations/1764100000000-exchange-life.js';
import { Ledger1764200000000 } from './migrations/1764200000000-ledger.js';
import { Arrangements1764300000000 } from './migrations/1764300000000-arrangements.js';
import { DebtDetails1764800000000 } from './migrations/1764800000000-debt-details.js';
import { Parties1764400000000 } from './migrations/1764400000000-parties.js';
import { Documents1764500000000 } from './migrations/1764500000000-documents.js';
import { Reports1764900000000 } from './migrations/1764900000000-reports.js';
import { Recording1765300000000 } from './migrations/1765300000000-recording.js';
import { Rules1765200000000 } from './migrations/1765200000000-rules.js';
import { Strategies1764700000000 } from './migrations/1764700000000-strategies.js';
import { HostIntake1764600000000 } from './migrations/1764600000000-host-intake.js';
import { LedgerRuns1765100000000 } from './migrations/1765100000000-ledger-runs.js';
import { Foundation1763700000000 } from './migrations/1763700000000-foundation.js';

/** The roles of the two tenants. Each pool sets its own, so that neither half can write the other's tables. */
export type Tenant = 'concord_gateway' | 'concord_connectors';

const TENANTS: readonly Tenant[] = ['concord_gateway', 'concord_connectors'];

const MIGRATIONS = [
  Foundation1763700000000,
  Agencies1763800000000,
  Processes1763900000000,
  Looks1764000000000,
  ExchangeLife1764100000000,
  Ledger1764200000000,
  Arrangements1764300000000,
  DebtDetails1764800000000,
  Parties1764400000000,
  Documents1764500000000,
  Reports1764900000000,
  Strategies1764700000000,
  HostIntake1764600000000,
  LedgerRuns1765100000000,
  Rules1765200000000,
  Recording1765300000000,
];

interface Limits {
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
}

const LIMITS: Limits = { poolSize: 10, statementTimeoutMs: 120_000 };

/**
 * A server that ends a connection in the same breath in which it is ready finds nobody who listens: the pool no longer, its user not
 * yet. Nothing is lost by not listening here, as the next statement fails; without it the process would end.
 */
class SurvivingPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('connect', (client) => client.on('error', () => undefined));
  }
}

/** Opens a pool that acts as one tenant. */
export async function connect(url: string, tenant: Tenant, limits: Partial<Limits> = {}): Promise<DataSource> {
  const { poolSize, statementTimeoutMs } = { ...LIMITS, ...limits };
  return new DataSource({
    type: 'postgres',
    driver: { ...pg, Pool: SurvivingPool },
    url,
    applicationName: tenant,
    poolSize,
    connectTimeoutMS: 10_000,
    entities: [],
    extra: {
      options: `-c role=${tenant} -c TimeZone=UTC`,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: 120_000,
      keepAlive: true,
    },
  }).initialize();
}

/**
 * Brings the schemas up to date as their owner, then lets the connection go. Several processes may call it at once.
 *
 * @param url what the pools log in with, where it is not the owner
 * @param tenants whose roles that login may take on: those of the halves that its process holds
 */
export async function migrate(
  ownerUrl: string,
  url: string = ownerUrl,
  tenants: readonly Tenant[] = TENANTS,
): Promise<void> {
  const owner = await new DataSource({
    type: 'postgres',
    url: ownerUrl,
    applicationName: 'concord_migrations',
    poolSize: 2,
    entities: [],
    migrations: MIGRATIONS,
    migrationsTableName: 'concord_migration',
    migrationsTransactionMode: 'each',
  }).initialize();
  const lock = owner.createQueryRunner();
  try {
    await lock.query(`select pg_advisory_lock(hashtext('concord migrations'))`);
    await owner.runMigrations();
    const login = decodeURIComponent(new URL(url).username);
    if (url !== ownerUrl && login !== '') await allow(owner, login, tenants);
  } finally {
    await lock.query(`select pg_advisory_unlock(hashtext('concord migrations'))`).catch(() => undefined);
    await lock.release();
    await owner.destroy();
  }
}

async function allow(owner: DataSource, login: string, tenants: readonly Tenant[]): Promise<void> {
  for (const tenant of tenants) await owner.query(`grant ${tenant} to "${login.replaceAll('"', '""')}"`);
}
