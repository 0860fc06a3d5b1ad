import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Charged } from './domain/registration-row.js';
import type { HostState } from './domain/host-state.js';
import type { HostWork } from './host-place.js';

export type RecordKind = 'debt' | 'party' | 'payment';

/** What a host has said of one debt, party or payment so far, and what became of it. */
export interface HostRecord {
  readonly id: string;
  readonly key: string;
  state: HostState;
  /** The debt, or the entry of the payment that stands posted. */
  subjectId: string | null;
  /** Of a debt: what its ledger has of the host's charges. */
  charged: Charged | null;
  /** How often something was posted for it: part of the keys of entries. */
  revision: number;
}

interface StoredRow {
  readonly id: string;
  readonly key: string;
  readonly state: Buffer;
  readonly subject_id: string | null;
  readonly charged: Charged | null;
  readonly revision: number;
}

const address = (id: string) => ({ table: 'cases.host_record', column: 'state', row: id });

/** The records of these keys, those that nothing was said of yet included. */
export async function loadRecords(
  manager: EntityManager,
  work: HostWork,
  kind: RecordKind,
  keys: readonly string[],
): Promise<Map<string, HostRecord>> {
  const distinct = [...new Set(keys)];
  const stored = await rows<StoredRow>(
    manager,
    `select id, key, state, subject_id, charged, revision from cases.host_record
     where jurisdiction_id = $1 and system_id = $2 and kind = $3 and key = any($4)`,
    [work.jurisdiction.id, work.systemId, kind, distinct],
  );
  const found = new Map(
    stored.map((row): [string, HostRecord] => [
      row.key,
      {
        ...{ id: row.id, key: row.key, subjectId: row.subject_id, charged: row.charged, revision: row.revision },
        state: JSON.parse(work.cipher.decrypt(row.state, address(row.id))) as HostState,
      },
    ]),
  );
  return new Map(
    distinct.map((key) => [
      key,
      found.get(key) ?? { id: randomUUID(), key, state: {}, subjectId: null, charged: null, revision: 0 },
    ]),
  );
}

/** Keeps records as they are now, in one statement. */
export async function saveRecords(
  manager: EntityManager,
  work: HostWork,
  kind: RecordKind,
  records: readonly HostRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const columns = records.map(({ id, key, state, subjectId, charged, revision }) => {
    const present = state[kind === 'payment' ? 'standing' : 'present'];
    return {
      ...{ id, key, subject_id: subjectId, charged, revision },
      ...{ present: present?.value ?? null, present_on: present?.at.date, present_sequence: present?.at.sequence },
      debt_key: kind === 'payment' ? state['debtReference']?.value : null,
    };
  });
  const sealed = records.map(({ id, state }) => work.cipher.encrypt(JSON.stringify(state), address(id)));
  await rows(
    manager,
    `insert into cases.host_record (id, jurisdiction_id, system_id, kind, key, state, present, present_on,
       present_sequence, subject_id, debt_key, charged, revision)
     select r.id, $1, $2, $3, r.key, s.state, r.present, r.present_on, r.present_sequence, r.subject_id, r.debt_key,
            r.charged, r.revision
     from jsonb_to_recordset($4::jsonb) as r (id uuid, key text, present boolean, present_on date,
       present_sequence integer, subject_id uuid, debt_key text, charged jsonb, revision integer)
     join unnest($5::uuid[], $6::bytea[]) as s (id, state) on s.id = r.id
     on conflict (jurisdiction_id, system_id, kind, key) do update set state = excluded.state,
       present = excluded.present, present_on = excluded.present_on, present_sequence = excluded.present_sequence,
       subject_id = excluded.subject_id, debt_key = excluded.debt_key, charged = excluded.charged,
       revision = excluded.revision`,
    [work.jurisdiction.id, work.systemId, kind, JSON.stringify(columns), records.map(({ id }) => id), sealed],
  );
}
