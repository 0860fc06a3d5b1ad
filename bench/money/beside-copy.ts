import { join } from 'node:path';
import { copyFromFile, copyToFile } from '../database/copy.ts';
import { settle } from '../database/server.ts';
import type { BenchDatabase, BenchServer } from '../database/server.ts';
import { AGENCY, REMITTANCE, storeParents } from './placed-debts.ts';

interface Part {
  /** Table with the columns that are copied. */
  readonly target: string;
  readonly query: string;
  /** Whether it is a row that applying wrote, or one that stood before and is only loaded. */
  readonly written: boolean;
}

const PARTY = 'id, jurisdiction_id, source_reference, kind, surname, first_name';
const CASE = 'id, jurisdiction_id, debtor_id, version, opened_at';
const DEBT =
  'id, case_id, jurisdiction_id, source_reference, type, currency, intake_fingerprint, intake_effect_minor, registered_at';
const ENTRY =
  'id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, source, reference, reason, idempotency_key, ' +
  'reverses, actor, recorded_at, booked_on, commission_minor';
const CHANGE = 'case_id, version, kind, subject_id, actor, correlation_id, occurred_at';
const POSITION =
  'id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state, desired_amount_minor, desired_content, ' +
  'desired_hash, judged_version, judged_on, outcome, known_state, known_amount_minor, known_content, known_hash, ' +
  'known_version, known_sequence, known_on, parked_hash, parked_reason, placed_version, moved_minor, adopted_on';
const INBOUND = 'exchange_id, sequence, natural_key, kind, finding, status, reason, position_id, outcome';
const KEY = 'connector_id, natural_key, exchange_id, digest';
const TAKEN = 'exchange_id, first_sequence, last_sequence';

/** In the order in which the keys between the tables allow it; each table's rows in the order in which they were written. */
const PARTS: readonly Part[] = [
  { target: `cases.party (${PARTY})`, query: `select ${PARTY} from cases.party order by number`, written: false },
  {
    target: `cases.case_file (${CASE})`,
    query: `select ${CASE} from cases.case_file`,
    written: true,
  },
  { target: `cases.debt (${DEBT})`, query: `select ${DEBT} from cases.debt order by number`, written: false },
  {
    target: `cases.debt_party (debt_id, party_id, role)`,
    query: `select debt_id, party_id, role from cases.debt_party`,
    written: false,
  },
  {
    target: `cases.ledger_entry (${ENTRY})`,
    query: `select ${ENTRY} from cases.ledger_entry where kind = 'assessment'`,
    written: false,
  },
  {
    target: `cases.change (${CHANGE})`,
    query: `select ${CHANGE} from cases.change where version = 1`,
    written: false,
  },
  {
    target: `exchange.position (${POSITION})`,
    query: `select ${POSITION} from exchange.position order by reference`,
    written: true,
  },
  {
    target: `exchange.applied_key (${KEY})`,
    query: `select ${KEY} from exchange.applied_key`,
    written: true,
  },
  {
    target: `exchange.inbound_record (${INBOUND})`,
    query: `select ${INBOUND} from exchange.inbound_record where exchange_id = '${REMITTANCE}' order by sequence`,
    written: true,
  },
  {
    target: 'exchange.outbox (connector_id, event)',
    query: `select '${AGENCY}', event from bench_announced`,
    written: true,
  },
  { target: `cases.findings_taken (${TAKEN})`, query: `select ${TAKEN} from cases.findings_taken`, written: true },
  {
    target: `cases.change (${CHANGE})`,
    query: `select ${CHANGE} from cases.change where version > 1`,
    written: true,
  },
  {
    target: 'cases.outbox (case_id, event)',
    query: 'select case_id, event from cases.outbox order by id',
    written: true,
  },
  {
    target: `cases.ledger_entry (${ENTRY})`,
    query: `select ${ENTRY} from cases.ledger_entry where kind = 'payment'`,
    written: true,
  },
];

/** Writes every row of the finished run to files, before anything is timed. */
export async function dump({ owner }: BenchDatabase, folder: string, announced: readonly unknown[]): Promise<void> {
  await owner.query('create temporary table bench_announced (event jsonb)');
  await owner.query('insert into bench_announced select * from jsonb_array_elements($1::jsonb)', [
    JSON.stringify(announced),
  ]);
  for (const [index, { query }] of PARTS.entries()) await copyToFile(owner, query, fileOf(folder, index));
}

/** What COPY took for the rows of one table. */
export interface Copied {
  readonly table: string;
  readonly seconds: number;
}

/**
 * Loads the same rows with COPY into a fresh database of the same schema, keys, indexes and foreign keys included. Only
 * what applying wrote is timed.
 */
export async function copyBeside(server: BenchServer, folder: string): Promise<Copied[]> {
  const database = await server.open('copied');
  try {
    await storeParents(database);
    await settle(database.owner);
    const copied: Copied[] = [];
    for (const [index, { target, written }] of PARTS.entries()) {
      const began = performance.now();
      await copyFromFile(database.owner, target, fileOf(folder, index));
      if (written) copied.push({ table: target.split(' ')[0] ?? target, seconds: (performance.now() - began) / 1000 });
    }
    return copied;
  } finally {
    await database.close();
  }
}

function fileOf(folder: string, index: number): string {
  return `${join(folder, String(index))}.copy`;
}
