import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';

export type HostFileState = 'reading' | 'refused' | 'held' | 'dismissed' | 'applying' | 'applied';

/** One file of a host system, and what became of it. */
export interface HostFileView {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly systemId: string;
  /** Its name in the office's settings. */
  readonly file: string;
  readonly kind: 'debts' | 'payments';
  readonly picture: 'changes' | 'full';
  readonly fileName: string;
  readonly businessDate: string | null;
  readonly sequence: number | null;
  readonly state: HostFileState;
  readonly rowsRead: number;
  /** Rows that were set aside. */
  readonly rowsFaulty: number;
  readonly rowsUnreadable: number;
  /** Of a full picture: open debts that it does not have, of so many that are open. */
  readonly wouldClose: number;
  readonly openDebts: number;
  readonly examples: readonly string[];
  /** Why it is held, or was refused. */
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly decidedReason: string | null;
  readonly receivedAt: Date;
  readonly appliedAt: Date | null;
}

const COLUMNS = `
  f.id, f.jurisdiction_id as "jurisdictionId", f.system_id as "systemId", f.definition as file, f.kind, f.picture,
  f.file_name as "fileName", f.business_date as "businessDate", f.sequence, f.state, f.rows_read as "rowsRead",
  (select count(distinct line) from cases.host_fault h where h.file_id = f.id) as "rowsFaulty",
  f.rows_unreadable as "rowsUnreadable", f.would_close as "wouldClose", f.open_debts as "openDebts", f.examples,
  f.reason, f.decided_by as "decidedBy", f.decided_reason as "decidedReason", f.received_at as "receivedAt",
  f.applied_at as "appliedAt"`;

/** @throws Refusal `host-file-unknown` */
export async function readHostFile(on: Queryable, id: string): Promise<HostFileView> {
  const [found] = await rows<HostFileView>(on, `select ${COLUMNS} from cases.host_file f where f.id = $1`, [id]);
  if (!found) throw new Refusal('host-file-unknown', `no file of a host system has the id ${id}`);
  return found;
}

export interface HostFileFilter {
  readonly jurisdictionId?: string | undefined;
  readonly systemId?: string | undefined;
  readonly state?: string | undefined;
}

/** Files of host systems, the latest taken in first, at most 200. */
export function listHostFiles(on: Queryable, filter: HostFileFilter): Promise<HostFileView[]> {
  return rows<HostFileView>(
    on,
    `select ${COLUMNS} from cases.host_file f
     where ($1::text is null or f.jurisdiction_id = $1) and ($2::text is null or f.system_id = $2)
       and ($3::text is null or f.state = $3)
     order by f.received_at desc, f.id limit 200`,
    [filter.jurisdictionId ?? null, filter.systemId ?? null, filter.state ?? null],
  );
}

/** Locks a file until the transaction ends. @returns its state */
export async function lockHostFile(manager: EntityManager, id: string): Promise<HostFileState> {
  const [found] = await rows<{ state: HostFileState }>(
    manager,
    'select state from cases.host_file where id = $1 for update',
    [id],
  );
  if (!found) throw new Refusal('host-file-unknown', `no file of a host system has the id ${id}`);
  return found.state;
}

/** Notes that a file is gone on with, so that nobody takes it for one that was cut off. */
export async function noteProgress(manager: EntityManager, id: string, at: Date): Promise<void> {
  await rows(manager, 'update cases.host_file set progressed_at = $2 where id = $1', [id, at]);
}

const MINUTE_MS = 60_000;
/** A batch takes seconds; a file that is being read is locked for as long as that takes. */
const CUT_OFF_MS = 5 * MINUTE_MS;
/** A file may itself be what ends the processes that go on with it. */
const RESUMED_AT_MOST = 3;

/** A file that was begun and not gone on with. */
export interface CutOffFile {
  readonly id: string;
  readonly contentHash: string;
  /** Who accepted it, or else took it in. */
  readonly actor: string;
}

/** Claims the oldest file whose process died, for somebody who goes on with it; null where there is none. */
export async function claimCutOff(on: Queryable, at: Date): Promise<CutOffFile | null> {
  const [claimed] = await rows<CutOffFile>(
    on,
    `update cases.host_file set progressed_at = $1, resumed = resumed + 1
     where id = (select id from cases.host_file
                 where state in ('reading', 'applying') and progressed_at < $2 and resumed < ${RESUMED_AT_MOST}
                 order by received_at, id limit 1 for update skip locked)
     returning id, content_hash as "contentHash", coalesce(decided_by, actor) as actor`,
    [at, new Date(at.getTime() - CUT_OFF_MS)],
  );
  return claimed ?? null;
}
