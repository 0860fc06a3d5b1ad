import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { writeEntries } from '../cases/ledger/ledger-store.js';
import type { NewEntry } from '../cases/ledger/ledger-store.js';
import { lockCases } from '../cases/lock-cases.js';
import { hostSource } from './host-place.js';
import type { HostWork } from './host-place.js';

/** Reference of entries that take a debt to zero because its host has it no more, and of those that undo them. */
export const WITHDRAWN = 'withdrawn';

/**
 * From when a debt is gone: the day of the file that said so, or of the first full picture without it after the last file
 * that had it. Null while it is there. It follows from what files said, in whatever order they were taken in.
 */
const GONE_ON = `
  case when r.present is false then r.present_on
       else (select f.business_date from cases.host_file f
             where f.jurisdiction_id = r.jurisdiction_id and f.system_id = r.system_id and f.kind = 'debts'
               and f.picture = 'full' and f.state in ('applying', 'applied')
               -- a row that could not be read may be any debt
               and f.rows_unreadable = 0
               -- what is not applied to its end says nothing of what it lacks
               and (f.state = 'applied' or (select w.line from cases.host_row w where w.file_id = f.id limit 1) is null)
               and (f.business_date, f.sequence) > (r.present_on, r.present_sequence)
             order by f.business_date, f.sequence limit 1) end`;

interface ClosingRow {
  readonly id: string;
  readonly system_id: string;
  readonly key: string;
  readonly debt_id: string;
  readonly case_id: string;
  readonly currency: string;
  readonly revision: number;
  readonly present_on: string;
  readonly gone_on: string | null;
  readonly closed_on: string | null;
  /** The entry that was posted last to close it, and whether it stands. */
  readonly closing_entry: string | null;
  readonly stands: boolean;
  /** Amount of the closing entry that stands. */
  readonly closed_minor: number;
  /** What was owed at the end of the day on which it is gone, and what the host charged since, without what closing did. */
  readonly owed_minor: number;
}

/**
 * Closes debts that are gone and opens those that are there again, in the caller's transaction: what is owed on the day is
 * adjusted off, and partners that hold the debt are told by the entry. Where money that was taken before that day, or interest
 * of it, becomes known later, from whomever, the adjustment is made anew. One that an officer has reversed is left alone until
 * the host has the debt again.
 *
 * @param debtIds debts whose ledgers or presence may have changed, of whatever system
 */
export async function convergeClosings(
  manager: EntityManager,
  work: HostWork,
  debtIds: readonly string[],
): Promise<void> {
  if (debtIds.length === 0) return;
  const cases = await rows<{ case_id: string }>(manager, 'select case_id from cases.debt where id = any($1)', [
    debtIds,
  ]);
  await lockCases(
    manager,
    cases.map(({ case_id }) => case_id),
  );
  // Read once they are locked: what somebody posted until then counts.
  const found = await rows<ClosingRow>(
    manager,
    `select r.id, r.system_id, r.key, d.id as debt_id, d.case_id, d.currency, r.revision, r.present_on, g.gone_on,
            r.closed_on, r.closing_entry, c.id is not null as stands, coalesce(c.amount_minor, 0) as closed_minor,
            (select coalesce(sum(e.effect_minor), 0) from cases.ledger_entry e
             left join cases.ledger_entry u on u.id = e.reverses
             where e.debt_id = d.id
               and (e.effective_on <= g.gone_on
                    or e.source = h.source and e.kind in ('assessment', 'interest', 'fee', 'credit-note'))
               and (coalesce(u.source, e.source) <> h.source or coalesce(u.reference, e.reference) is distinct from $2))
              as owed_minor
     from cases.host_record r
     join cases.debt d on d.id = r.subject_id
     cross join lateral (select $3 || r.system_id as source) h
     cross join lateral (select ${GONE_ON} as gone_on) g
     left join cases.ledger_entry c on c.id = r.closing_entry
       and (select x.id from cases.ledger_entry x where x.reverses = r.closing_entry limit 1) is null
     where r.kind = 'debt' and r.jurisdiction_id = $1 and r.subject_id = any($4)
       and (g.gone_on is not null or r.closed_on is not null)
     order by r.key`,
    [work.jurisdiction.id, WITHDRAWN, hostSource(''), debtIds],
  );
  const entries: NewEntry[] = [];
  const kept: { id: string; closed_on: string | null; closing_entry: string | null; revision: number }[] = [];
  for (const row of found) {
    const undoneByOfficer = row.closing_entry !== null && !row.stands && row.gone_on !== null;
    const amountMinor = row.gone_on === null ? 0 : Math.max(0, row.owed_minor);
    if (undoneByOfficer || (row.gone_on === row.closed_on && amountMinor === row.closed_minor)) {
      kept.push({ id: row.id, closed_on: row.closed_on, closing_entry: row.closing_entry, revision: row.revision });
      continue;
    }
    const revision = row.revision + 1;
    if (row.stands) entries.push(undoing(work, row, revision));
    const closing = amountMinor > 0 ? closingOf(work, row, amountMinor, revision) : null;
    if (closing !== null) entries.push(closing);
    kept.push({ id: row.id, closed_on: row.gone_on, closing_entry: closing?.id ?? null, revision });
  }
  await writeEntries(manager, work.context, entries);
  await rows(
    manager,
    `update cases.host_record r set closed_on = k.closed_on, closing_entry = k.closing_entry, revision = k.revision,
       closed_version = c.version
     from jsonb_to_recordset($1::jsonb) as k (id uuid, closed_on date, closing_entry uuid, revision integer)
     join cases.host_record b on b.id = k.id
     join cases.debt d on d.id = b.subject_id
     join cases.case_file c on c.id = d.case_id
     where r.id = k.id`,
    [JSON.stringify(kept)],
  );
}

/**
 * Closed debts whose cases have changed since: an agency may have told of money that was taken before, interest may have been
 * posted for days before. In order of their records.
 */
export async function changedSinceClosing(
  manager: EntityManager,
  work: HostWork,
  after: string,
  most: number,
): Promise<readonly { readonly id: string; readonly debtId: string }[]> {
  return rows(
    manager,
    `select r.id, r.subject_id as "debtId" from cases.host_record r
     join cases.debt d on d.id = r.subject_id
     join cases.case_file c on c.id = d.case_id
     where r.kind = 'debt' and r.jurisdiction_id = $1 and r.closed_on is not null and r.id > $2
       and c.version > r.closed_version
     order by r.id limit $3`,
    [work.jurisdiction.id, after, most],
  );
}

/** Debts that are to be closed, or opened again, because of what a full picture does not have. In order of their keys. */
export async function vanished(
  manager: EntityManager,
  work: HostWork,
  after: string,
  most: number,
): Promise<readonly { readonly key: string; readonly debtId: string }[]> {
  return rows(
    manager,
    `select r.key, r.subject_id as "debtId" from cases.host_record r
     where r.kind = 'debt' and r.jurisdiction_id = $1 and r.system_id = $2 and r.subject_id is not null
       and r.key > $3 and (${GONE_ON}) is distinct from r.closed_on
     order by r.key limit $4`,
    [work.jurisdiction.id, work.systemId, after, most],
  );
}

function closingOf(work: HostWork, row: ClosingRow, amountMinor: number, revision: number): NewEntry {
  return {
    ...common(work, row),
    ...{ id: randomUUID(), kind: 'adjustment', amountMinor, effectiveOn: row.gone_on!, bucket: null },
    ...{ reverses: null, reversesKind: null, reason: 'the host has it no more', key: `withdrawn:${revision}` },
  };
}

/** Of a debt that is there again, from the day of the file that has it; of one that is closed otherwise, as if never. */
function undoing(work: HostWork, row: ClosingRow, revision: number): NewEntry {
  const closedOn = row.closed_on!;
  const on = row.gone_on === null && row.present_on > closedOn ? row.present_on : closedOn;
  return {
    ...common(work, row),
    ...{ id: randomUUID(), kind: 'reversal', amountMinor: row.closed_minor, effectiveOn: on, bucket: null },
    ...{ reverses: row.closing_entry, reversesKind: 'adjustment', reason: 'the host has it otherwise' },
    key: `withdrawn-undone:${revision}`,
  };
}

function common(work: HostWork, row: ClosingRow) {
  return {
    ...{ debtId: row.debt_id, caseId: row.case_id, currency: row.currency, bookedOn: work.bookedOn },
    ...{ source: hostSource(row.system_id), reference: WITHDRAWN },
  };
}
