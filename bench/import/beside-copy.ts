import { join } from 'node:path';
import { copyFromFile, copyToFile } from '../database/copy.ts';
import { storeOffice } from '../database/office.ts';
import { settle } from '../database/server.ts';
import type { BenchDatabase, BenchServer } from '../database/server.ts';

/** Everything that an import writes, in the order in which the keys between the tables allow it; rows as they were written. */
const PARTS: readonly { readonly table: string; readonly columns: string; readonly order?: string }[] = [
  {
    table: 'cases.party',
    columns:
      'id, jurisdiction_id, source_reference, kind, surname, first_name, middle_name, generation, telephone, address',
    order: 'number',
  },
  { table: 'cases.party_identifier', columns: 'id, party_id, kind, ciphertext, blind_index' },
  { table: 'cases.case_file', columns: 'id, jurisdiction_id, debtor_id, version, opened_at' },
  {
    table: 'cases.debt',
    columns:
      'id, case_id, jurisdiction_id, source_reference, type, arose_from_contract, original_creditor_name, ' +
      'original_creditor_classification, incurred_on, delinquent_on, itemised_on, currency, intake_fingerprint, ' +
      'intake_effect_minor, registered_at, strategy_review_on',
    order: 'number',
  },
  { table: 'cases.debt_party', columns: 'debt_id, party_id, role' },
  {
    table: 'cases.ledger_entry',
    columns:
      'id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, source, reference, reason, ' +
      'idempotency_key, actor, recorded_at',
  },
  {
    table: 'cases.proof',
    columns: 'id, case_id, debt_id, kind, happened_on, reference, idempotency_key, actor, recorded_at',
  },
  { table: 'cases.change', columns: 'case_id, version, kind, subject_id, actor, correlation_id, occurred_at' },
  { table: 'cases.outbox', columns: 'case_id, event', order: 'id' },
];

/** Writes every row of the finished import to files, before anything is timed. */
export async function dump({ owner }: BenchDatabase, folder: string): Promise<void> {
  for (const { table, columns, order } of PARTS) {
    const query = `select ${columns} from ${table}${order === undefined ? '' : ` order by ${order}`}`;
    await copyToFile(owner, query, fileOf(folder, table));
  }
}

/** What COPY took for the rows of one table. */
export interface Copied {
  readonly table: string;
  readonly seconds: number;
}

/** Loads the same rows with COPY into a fresh database of the same schema, keys, indexes and foreign keys included. */
export async function copyBeside(server: BenchServer): Promise<Copied[]> {
  const database = await server.open('copied');
  try {
    await storeOffice(database);
    await settle(database.owner);
    const copied: Copied[] = [];
    for (const { table, columns } of PARTS) {
      const began = performance.now();
      await copyFromFile(database.owner, `${table} (${columns})`, fileOf(server.folder, table));
      copied.push({ table, seconds: (performance.now() - began) / 1000 });
    }
    return copied;
  } finally {
    await database.close();
  }
}

function fileOf(folder: string, table: string): string {
  return join(folder, `${table}.copy`);
}
