import type { DataSource, EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { systemClock } from '../platform/clock.js';
import type { Clock } from '../platform/clock.js';
import { adoptStrategies } from '../strategies/strategy-version-store.js';
import type { Jurisdiction } from './jurisdiction-file.js';

/** Keeps a row of every jurisdiction. The currency of one that has debts can't change: the row keeps its own. */
export async function storeJurisdictions(
  gateway: DataSource,
  jurisdictions: readonly Jurisdiction[],
  clock: Clock = systemClock,
): Promise<void> {
  await gateway.transaction(async (manager) => {
    const unversioned = await withoutVersions(manager, jurisdictions);
    await rows(
      manager,
      `insert into cases.jurisdiction (id, title, country, currency, time_zone, configuration)
       select id, title, country, currency, "timeZone", to_jsonb(j) - 'connectors'
       from jsonb_to_recordset($1::jsonb) as j (id text, title text, country text, currency text, "timeZone" text,
         strategies jsonb, closures jsonb, "debtTypes" jsonb)
       on conflict (id) do update set title = excluded.title, country = excluded.country,
         time_zone = excluded.time_zone, configuration = excluded.configuration`,
      [JSON.stringify(jurisdictions)],
    );
    for (const { id, strategies } of jurisdictions) {
      if (unversioned.has(id)) await adoptStrategies(manager, id, strategies, clock.now());
    }
  });
}

/**
 * Offices whose strategies can be taken as they are: those that are new, and those whose strategies were in use, with
 * the same words, before there were versions.
 */
async function withoutVersions(
  manager: EntityManager,
  jurisdictions: readonly Jurisdiction[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    manager,
    `select n.id from jsonb_to_recordset($1::jsonb) as n (id text, strategies jsonb)
     left join cases.jurisdiction j on j.id = n.id
     where (j.id is null or j.configuration->'strategies' = n.strategies)
       and not exists (select 1 from cases.strategy_version v where v.jurisdiction_id = n.id)`,
    [JSON.stringify(jurisdictions)],
  );
  return new Set(found.map(({ id }) => id));
}
