import type { TestDatabase } from '../../support/test-database.js';

/** A record that left in a file, in the order in which the partner was told. Money in minor units. */
export interface ToldRecord {
  readonly connector: string;
  readonly debtId: string;
  /** Business date of its file, and when its records began to be chosen: what was stored by then had to be heeded. */
  readonly date: string;
  readonly chosenAt: Date;
  readonly state: string;
  readonly amountMinor: number;
  /** What became of it so far. */
  readonly status: string;
  /** What a single ledger entry does to the balance; null for a record that says what the partner should hold. */
  readonly entryEffectMinor: number | null;
}

/** Everything that partners of an office were ever told. */
export function toldRecords({ asOwner }: TestDatabase, office: string): Promise<ToldRecord[]> {
  return asOwner<ToldRecord>(
    `select e.connector_id as connector, p.subject_id as "debtId", e.business_date as date, e.started_at as "chosenAt",
            r.state, r.amount_minor as "amountMinor", r.status,
            case when r.entry_id is not null then (r.entry->>'effectMinor')::bigint end as "entryEffectMinor"
     from exchange.record r join exchange.exchange e on e.id = r.exchange_id
     join exchange.position p on p.id = r.position_id join exchange.connector c on c.id = e.connector_id
     where c.jurisdiction_id = $1 and e.direction = 'out' and e.release_number is not null
       and r.status in ('released', 'delivered', 'accepted', 'refused', 'superseded')
     order by e.release_number, r.sequence`,
    [office],
  );
}

/** What a partner may hold of a debt at the worst, known or on its way. */
export interface MayHold {
  readonly connector: string;
  readonly debtId: string;
  readonly known: string;
  readonly adverse: boolean;
  readonly mostMinor: number;
}

export function mayHold({ asOwner }: TestDatabase, office: string): Promise<MayHold[]> {
  return asOwner<MayHold>(
    `select p.connector_id as connector, p.subject_id as "debtId", p.known_state as known,
            p.known_state in ('active', 'restrained') or coalesce(f.adverse, false) as adverse,
            greatest(p.known_amount_minor, coalesce(f.most, 0)) as "mostMinor"
     from exchange.position p join exchange.connector c on c.id = p.connector_id
     left join lateral (
       select bool_or(r.state in ('active', 'restrained')) as adverse, max(r.amount_minor) as most
       from exchange.record r
       where r.position_id = p.id and r.status in ('released', 'delivered') and r.entry_id is null) f on true
     where c.jurisdiction_id = $1`,
    [office],
  );
}

/** A release that an office owes, as stored. */
export interface StoredDuty {
  readonly connector: string;
  readonly debtId: string;
  readonly rule: string;
  readonly owedOn: string;
  readonly dueOn: string;
}

/** Release duties that the partner has not confirmed. */
export function openDuties({ asOwner }: TestDatabase, office: string): Promise<StoredDuty[]> {
  return asOwner<StoredDuty>(
    `select u.connector_id as connector, p.subject_id as "debtId", u.rule, u.owed_on as "owedOn", u.due_on as "dueOn"
     from exchange.release_duty u join exchange.position p on p.id = u.position_id
     join exchange.connector c on c.id = u.connector_id
     where c.jurisdiction_id = $1 and u.done_on is null order by u.due_on, u.connector_id, p.subject_id`,
    [office],
  );
}

export function isAdverse(state: string): boolean {
  return state === 'active' || state === 'restrained';
}
