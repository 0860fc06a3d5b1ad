import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { hindranceOf } from './domain/hindrance.js';
import type { Look } from './domain/hindrance.js';
import { leaveOut } from './domain/left-out.js';
import type { LeftOut } from './domain/left-out.js';
import { BY_POST, UNDELIVERABLE } from './domain/return-reason.js';
import type { NoticeSetting } from './domain/setting.js';
import { readPositions } from './read-positions.js';

/** The most letters of one batch. */
export const LARGEST_BATCH = 1000;
/** Debts that are read at once, and how often that is done for one batch. */
const PAGE = 1000;
const MOST_PAGES = 5;

/** Which debts of an office get a letter. What is left out does not narrow. */
export interface NoticeSelection {
  readonly debtTypes: readonly string[] | null;
  /** Days since the date of first delinquency; without that date, since it was incurred or registered. */
  readonly minAgeDays: number;
  /** What is owed, in minor units. */
  readonly minBalanceMinor: number;
  readonly maxBalanceMinor: number | null;
  /** Only debts about which no letter of the kind was posted within so many days; 0 for none ever. */
  readonly notWithinDays: number;
  /** Number of the debt after which to go on, as the batch before has said; null for the beginning. */
  readonly after: number | null;
}

export interface FoundDebt {
  readonly id: string;
  readonly caseId: string;
}

/** Debts to be written about, and those that were passed over. */
export interface Selected {
  readonly debts: readonly FoundDebt[];
  readonly leftOut: readonly LeftOut[];
  /** Number of the debt after which to go on; null where all were looked at. */
  readonly goesOnAfter: number | null;
}

/** @throws Refusal `debt-unknown` */
export async function debtsById(on: Queryable, jurisdictionId: string, ids: readonly string[]): Promise<FoundDebt[]> {
  const found = await rows<FoundDebt>(
    on,
    'select id, case_id as "caseId" from cases.debt where id = any($1) and jurisdiction_id = $2',
    [ids, jurisdictionId],
  );
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw new Refusal('debt-unknown', `no debt of ${jurisdictionId} has the id ${missing}`);
  return found;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NUMBER = /^\d{1,15}$/;

/**
 * Ids of the debts that a person means, by Concord's numbers of them or by their ids, each once.
 *
 * @throws Refusal `debt-unknown`
 */
export async function debtsByName(on: Queryable, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const found = await rows<{ id: string; number: string }>(
    on,
    'select id, number::text as number from cases.debt where id = any($1::uuid[]) or number = any($2::bigint[]) order by number',
    [names.filter((name) => ID.test(name)), names.filter((name) => NUMBER.test(name))],
  );
  const known = new Set(found.flatMap(({ id, number }) => [id, number]));
  const missing = names.find((name) => !known.has(name.toLowerCase()));
  if (missing !== undefined) throw new Refusal('debt-unknown', `no debt has the id or number ${missing}`);
  return found.map(({ id }) => id);
}

/**
 * The oldest debts of an office that a letter may go about. Those with something in the way do not count towards the limit,
 * or the same old ones would take the place of all others each time; they are read without locks, so that whoever writes
 * looks once more under them.
 *
 * @throws Refusal `debt-unknown` where nothing has the number to go on after
 */
export async function selectDebts(
  on: Queryable,
  jurisdictionId: string,
  selection: NoticeSelection,
  { limit, setting }: { readonly limit: number; readonly setting: NoticeSetting },
  look: Look,
): Promise<Selected> {
  const most = Math.min(limit, LARGEST_BATCH);
  const debts: FoundDebt[] = [];
  const leftOut: LeftOut[] = [];
  let after = await placeOf(on, jurisdictionId, selection.after);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await readPage(on, jurisdictionId, selection, setting, look.on, after);
    const positions = await readPositions(
      on,
      found.map(({ id }) => id),
      look.on,
    );
    const byDebt = new Map(positions.map((position) => [position.debtId, position]));
    for (const debt of found) {
      after = debt;
      const position = byDebt.get(debt.id)!;
      const hindrance = hindranceOf(position, setting, look);
      if (hindrance === null) debts.push(debt);
      else leftOut.push(leaveOut(position, hindrance));
      if (debts.length === most) return { debts, leftOut, goesOnAfter: debt.number };
    }
    if (found.length < PAGE) return { debts, leftOut, goesOnAfter: null };
  }
  return { debts, leftOut, goesOnAfter: after.number };
}

/** Where a debt stands in the order of a selection. */
interface Place {
  readonly since: IsoDate;
  readonly number: number;
}

/** As the index has it, by which pages are read. */
const SINCE = `coalesce(d.delinquent_on, d.incurred_on, (d.registered_at at time zone 'UTC')::date)`;
const BEGINNING: Place = { since: '0001-01-01', number: 0 };

async function placeOf(on: Queryable, jurisdictionId: string, number: number | null): Promise<Place> {
  if (number === null) return BEGINNING;
  const [found] = await rows<Place>(
    on,
    `select ${SINCE} as since, d.number from cases.debt d where d.jurisdiction_id = $1 and d.number = $2`,
    [jurisdictionId, number],
  );
  if (!found) throw new Refusal('debt-unknown', `no debt of ${jurisdictionId} has the number ${number}`);
  return found;
}

/** Those that owe, the oldest first. A letter that came back from a wrong address counts as none. */
function readPage(
  on: Queryable,
  jurisdictionId: string,
  selection: NoticeSelection,
  { kind }: NoticeSetting,
  today: IsoDate,
  after: Place,
): Promise<(FoundDebt & Place)[]> {
  const { debtTypes, minAgeDays, minBalanceMinor, maxBalanceMinor, notWithinDays } = selection;
  return rows<FoundDebt & Place>(
    on,
    `select d.id, d.case_id as "caseId", d.number, ${SINCE} as since
     from cases.debt d
     join cases.jurisdiction j on j.id = d.jurisdiction_id
     cross join lateral (select coalesce(sum(effect_minor), 0) as minor from cases.ledger_entry where debt_id = d.id) b
     where d.jurisdiction_id = $1 and ($2::text[] is null or d.type = any($2))
       and (${SINCE}, d.number) > ($11::date, $12::bigint)
       and coalesce(d.delinquent_on, d.incurred_on, (d.registered_at at time zone j.time_zone)::date)
         <= $3::date - $4::int
       and b.minor >= greatest(1, $5::bigint) and ($6::bigint is null or b.minor <= $6)
       and not exists (
         select 1 from cases.notice n join cases.notice_batch h on h.id = n.batch_id
         where n.debt_id = d.id and n.kind = $7
           and (n.state in ('made', 'released')
                or ((n.state = 'posted' or n.state = 'returned' and not (n.returned_reason = any($9) and h.method = any($10)))
                    and ($8::int = 0 or n.posted_on > $3::date - $8::int))))
     order by ${SINCE}, d.number limit ${PAGE}`,
    [
      ...[jurisdictionId, debtTypes, today, minAgeDays, minBalanceMinor, maxBalanceMinor],
      ...[kind, notWithinDays, UNDELIVERABLE, BY_POST, after.since, after.number],
    ],
  );
}
