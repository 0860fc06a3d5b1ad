import type { EntityManager } from 'typeorm';
import type { HostFileSettings } from '../configuration/host-system-settings.js';
import { rows } from '../database/sql.js';
import type { FileOrder } from './domain/file-date.js';

const EXAMPLES = 20;

/** What a file would close of the debts that are open. */
export interface PictureCheck {
  readonly wouldClose: number;
  readonly openDebts: number;
  /** Keys of some that it would close. */
  readonly examples: readonly string[];
  /** Why it waits for a person; null where it need not. */
  readonly holds: string | null;
}

/**
 * Counts the debts of which something is owed, those that the file says are gone and, of a full picture, those that were last
 * seen before it and are missing in it.
 */
export async function checkPicture(
  manager: EntityManager,
  file: { readonly id: string; readonly jurisdictionId: string; readonly systemId: string },
  { closesShare, picture }: Pick<HostFileSettings, 'closesShare' | 'picture'>,
  { date, sequence }: FileOrder,
  rowsUnreadable: number,
): Promise<PictureCheck> {
  const full = picture === 'full';
  const [count] = await rows<{ open_debts: number; would_close: number; examples: string[] }>(
    manager,
    `with open as materialized (
       select r.key, (r.present_on, r.present_sequence) < ($4::date, $5::integer) and coalesce((
                -- within a file the later record decides
                select w.gone from cases.host_row w where w.file_id = $3 and w.key = r.key order by w.line desc limit 1),
                $6) as closes
       from cases.host_record r
       where r.kind = 'debt' and r.jurisdiction_id = $1 and r.system_id = $2 and r.subject_id is not null
         and r.closed_on is null
         and (select sum(e.effect_minor) from cases.ledger_entry e where e.debt_id = r.subject_id) > 0)
     select count(*) as open_debts, count(*) filter (where closes) as would_close,
            coalesce((select array_agg(key order by key) from (
              select key from open where closes order by key limit ${EXAMPLES}) e), '{}') as examples
     from open`,
    [file.jurisdictionId, file.systemId, file.id, date, sequence, full],
  );
  const { open_debts: openDebts, would_close: wouldClose, examples } = count!;
  return {
    wouldClose,
    openDebts,
    examples,
    holds: reason(wouldClose, openDebts, closesShare, full ? rowsUnreadable : 0),
  };
}

function reason(wouldClose: number, openDebts: number, share: number, rowsUnreadable: number): string | null {
  if (wouldClose === 0) return null;
  if (rowsUnreadable > 0) {
    return (
      `${rowsUnreadable} rows could not be read, and any of them may be one of the ${wouldClose} debts that it would ` +
      `close: applied as it is, it closes none that are missing`
    );
  }
  if (wouldClose <= openDebts * share) return null;
  return `it would close ${wouldClose} of ${openDebts} open debts, more than a share of ${share}`;
}
