import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { GeneralLedgerSettings } from '../configuration/general-ledger-settings.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { rows } from '../database/sql.js';
import type { Entry } from '../cases/domain/ledger/entry.js';
import { readEntries } from '../cases/ledger/ledger-store.js';
import { Refusal } from '../platform/errors.js';
import { splitEntry } from './domain/split-entry.js';

/** Debts whose ledgers are looked at together. */
const BATCH = 500;

interface DueEntry {
  readonly id: string;
  readonly debt_id: string;
  readonly type: string;
}

interface NewLine {
  readonly entry_id: string;
  readonly bucket: string;
  readonly kind: string;
  readonly debt_type: string;
  readonly account: string;
  readonly effect_minor: number;
}

/**
 * Makes the file of a day, in the caller's transaction: every entry that was booked by its end and is in no earlier file,
 * part by part. An entry is in one file only, for good.
 *
 * @returns id of the file; the one that was made before where there is one
 * @throws Refusal `gl-account-missing`, or `gl-day-past` when a later day's file was made already
 */
export async function postDay(
  manager: EntityManager,
  jurisdiction: Jurisdiction,
  settings: GeneralLedgerSettings,
  date: string,
  by: { readonly actor: string; readonly at: Date },
): Promise<string> {
  await rows(manager, `select pg_advisory_xact_lock(hashtext('general ledger ' || $1))`, [jurisdiction.id]);
  const [made] = await rows<{ id: string; posted_on: string }>(
    manager,
    `select id, posted_on from cases.gl_file where jurisdiction_id = $1 and posted_on >= $2 order by posted_on limit 1`,
    [jurisdiction.id, date],
  );
  if (made?.posted_on === date) return made.id;
  if (made !== undefined) throw new Refusal('gl-day-past', `what is of ${date} is in the file of ${made.posted_on}`);
  const id = randomUUID();
  await rows(
    manager,
    'insert into cases.gl_file (id, jurisdiction_id, posted_on, actor, created_at) values ($1, $2, $3, $4, $5)',
    [id, jurisdiction.id, date, by.actor, by.at],
  );
  await collectDue(manager, jurisdiction, date);
  let due = await nextDue(manager, null);
  while (due.length > 0) {
    await store(manager, id, await linesOf(manager, jurisdiction, settings, due));
    due = await nextDue(manager, due.at(-1)!.debt_id);
  }
  return id;
}

/** Puts entries that are due and in no file yet beside, until the transaction ends: whole ledgers are gone through once. */
async function collectDue(manager: EntityManager, { id, timeZone }: Jurisdiction, date: string): Promise<void> {
  await rows(
    manager,
    'create temporary table gl_due (debt_id uuid not null, id uuid not null, type text not null) on commit drop',
  );
  await rows(
    manager,
    `insert into gl_due (debt_id, id, type)
     select e.debt_id, e.id, d.type from cases.ledger_entry e join cases.debt d on d.id = e.debt_id
     where d.jurisdiction_id = $1 and coalesce(e.booked_on, (e.recorded_at at time zone $3)::date) <= $2
       and not exists (select 1 from cases.gl_line l where l.entry_id = e.id)`,
    [id, date, timeZone],
  );
  await rows(manager, 'create index on gl_due (debt_id)');
  await rows(manager, 'analyze gl_due');
}

/** Entries that are due of the debts after one, in order of debts. */
function nextDue(manager: EntityManager, after: string | null): Promise<DueEntry[]> {
  return rows<DueEntry>(
    manager,
    `select id, debt_id, type from gl_due where debt_id in (
       select distinct debt_id from gl_due where $1::uuid is null or debt_id > $1 order by debt_id limit ${BATCH})
     order by debt_id, id`,
    [after],
  );
}

async function linesOf(
  manager: EntityManager,
  { ledger }: Jurisdiction,
  settings: GeneralLedgerSettings,
  due: readonly DueEntry[],
): Promise<NewLine[]> {
  const ledgers = await readEntries(manager, [...new Set(due.map(({ debt_id }) => debt_id))]);
  const entryOf = ({ id, debt_id }: DueEntry) => ledgers.get(debt_id)!.find((each) => each.id === id)!;
  const undone = due.map((each) => entryOf(each).reverses);
  const told = await linesTold(
    manager,
    undone.filter((id) => id !== null),
  );
  return due.flatMap((each): NewLine[] => {
    const entries = ledgers.get(each.debt_id)!;
    const entry = entryOf(each);
    const before = entry.reverses === null ? undefined : told.get(entry.reverses);
    if (before !== undefined) {
      return before.map((line) => ({ ...line, entry_id: each.id, effect_minor: -line.effect_minor }));
    }
    const kind = kindOf(entry, entries);
    return splitEntry(entry, entries, ledger.allocation).map(({ bucket, effectMinor }) => ({
      ...{ entry_id: each.id, bucket, kind, debt_type: each.type, effect_minor: effectMinor },
      account: accountOf(settings, kind, bucket, each.type),
    }));
  });
}

/** What was told of entries in earlier files. A reversal undoes just that, whatever the type and the accounts are by now. */
async function linesTold(manager: EntityManager, entryIds: readonly string[]): Promise<ReadonlyMap<string, NewLine[]>> {
  if (entryIds.length === 0) return new Map();
  const found = await rows<NewLine>(
    manager,
    `select entry_id, bucket, kind, debt_type, account, effect_minor from cases.gl_line
     where entry_id = any($1) order by entry_id, bucket`,
    [entryIds],
  );
  return Map.groupBy(found, ({ entry_id }) => entry_id);
}

/** A reversal is among what it undoes. */
function kindOf(entry: Entry, entries: readonly Entry[]): string {
  return entries.find(({ id }) => id === entry.reverses)?.kind ?? entry.kind;
}

function accountOf({ accounts }: GeneralLedgerSettings, kind: string, bucket: string, type: string): string {
  const found = accounts.find(
    (each) =>
      each.kind === kind &&
      (each.bucket ?? bucket) === bucket &&
      (each.debtTypes === undefined || each.debtTypes.includes(type)),
  );
  if (found) return found.account;
  throw new Refusal('gl-account-missing', `no account takes a ${kind} on ${bucket} of a debt of the type ${type}`);
}

async function store(manager: EntityManager, fileId: string, lines: readonly NewLine[]): Promise<void> {
  await rows(
    manager,
    `insert into cases.gl_line (file_id, entry_id, bucket, kind, debt_type, account, effect_minor)
     select $1, entry_id, bucket, kind, debt_type, account, effect_minor
     from jsonb_to_recordset($2::jsonb) as l (entry_id uuid, bucket text, kind text, debt_type text, account text,
       effect_minor bigint)`,
    [fileId, JSON.stringify(lines)],
  );
}
