import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Jurisdiction } from './jurisdiction-file.js';

/** Keeps a row of every jurisdiction. The currency of one that has debts can't change: the row keeps its own. */
export async function storeJurisdictions(gateway: DataSource, jurisdictions: readonly Jurisdiction[]): Promise<void> {
  await rows(
    gateway,
    `insert into cases.jurisdiction (id, title, country, currency, time_zone, configuration)
     select id, title, country, currency, "timeZone", to_jsonb(j) - 'connectors'
     from jsonb_to_recordset($1::jsonb) as j (id text, title text, country text, currency text, "timeZone" text,
       strategies jsonb, closures jsonb)
     on conflict (id) do update set title = excluded.title, country = excluded.country,
       time_zone = excluded.time_zone, configuration = excluded.configuration`,
    [JSON.stringify(jurisdictions)],
  );
}
