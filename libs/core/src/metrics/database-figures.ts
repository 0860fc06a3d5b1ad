import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import type { Half } from '../platform/halves.js';

/** One number with what it is of. */
export interface Figure {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One thing that is counted in the database. */
export interface DatabaseFigure {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** How long a count is shown again instead of being made anew. */
  readonly keptMs: number;
  /** @param schema the tables of the connectors, or the views by which the gateway sees them */
  readonly statement: (schema: 'exchange' | 'exchange_v1') => string;
}

/** A scrape must not keep the database from its work: what is not counted by then is left out. */
const WITHIN_MS = 2_000;
const KEPT_MS = 5_000;
/** What counts the records of a day's files, which may be a million. */
const KEPT_LONG_MS = 60_000;

const UNDELIVERED = `direction = 'out' and state in ('choosing', 'held', 'released', 'archived')`;

/** Parameter $1 of each statement is the instant of the count, an ISO 8601 text. */
export const DATABASE_FIGURES: readonly DatabaseFigure[] = [
  {
    name: 'concord_exchanges_total',
    help: 'Files by connector, direction and state.',
    labels: ['connector', 'direction', 'state'],
    keptMs: KEPT_MS,
    statement: (schema) => `
      select connector_id as connector, direction, state, count(*) as value from ${schema}.exchange group by 1, 2, 3`,
  },
  {
    name: 'concord_records_today',
    help: "Records of the files of each office's current date, by connector, direction and status.",
    labels: ['connector', 'direction', 'status'],
    keptMs: KEPT_LONG_MS,
    statement: (schema) => `
      with today as (
        select c.id, greatest(j.last_day, ($1::timestamptz at time zone j.time_zone)::date) as date
        from ${schema}.connector c join cases_v1.jurisdiction j on j.id = c.jurisdiction_id),
      files as (
        select e.id, e.connector_id, e.direction from today t
        join ${schema}.exchange e on e.connector_id = t.id and e.business_date = t.date)
      select f.connector_id as connector, f.direction, r.status, count(*) as value
      from files f join ${schema}.record r on r.exchange_id = f.id group by 1, 2, 3
      union all
      select f.connector_id, f.direction, r.status, count(*)
      from files f join ${schema}.inbound_record r on r.exchange_id = f.id group by 1, 2, 3`,
  },
  {
    name: 'concord_oldest_undelivered_seconds',
    help: 'Age of the oldest file that is begun and not delivered, by connector.',
    labels: ['connector'],
    keptMs: KEPT_MS,
    statement: (schema) => `
      select connector_id as connector, greatest(0, extract(epoch from $1::timestamptz - min(started_at)))::bigint as value
      from ${schema}.exchange where ${UNDELIVERED} group by 1`,
  },
  {
    name: 'concord_held_exchanges',
    help: 'Files that wait for a person, by connector.',
    labels: ['connector'],
    keptMs: KEPT_MS,
    statement: (schema) => `
      select connector_id as connector, count(*) as value from ${schema}.exchange
      where state in ('held', 'undecided') group by 1`,
  },
  {
    name: 'concord_quarantined_records',
    help: 'Records of incoming files that wait for a person, by connector.',
    labels: ['connector'],
    keptMs: KEPT_MS,
    statement: (schema) => `
      select e.connector_id as connector, count(*) as value
      from ${schema}.inbound_record r join ${schema}.exchange e on e.id = r.exchange_id
      where r.status = 'quarantined' group by 1`,
  },
  {
    name: 'concord_releases_overdue',
    help: 'What must be released at a partner and is past its deadline, by connector.',
    labels: ['connector'],
    keptMs: KEPT_MS,
    statement: (schema) => `
      select d.connector_id as connector, count(*) as value
      from ${schema}.release_duty d
      join ${schema}.connector c on c.id = d.connector_id
      join cases_v1.jurisdiction j on j.id = c.jurisdiction_id
      where d.done_on is null and d.due_on < greatest(j.last_day, ($1::timestamptz at time zone j.time_zone)::date)
      group by 1`,
  },
  {
    name: 'concord_alerts_standing',
    help: 'Alerts that stand, by cause.',
    labels: ['cause'],
    keptMs: KEPT_MS,
    statement: (schema) => `
      select cause, count(*) as value from ${schema}.alert where cleared_at is null group by 1`,
  },
];

/** Counts of the database, each kept for a moment, so that several who ask cost no more than one. */
export class DatabaseFigures {
  private readonly schema: 'exchange' | 'exchange_v1';
  private readonly kept = new Map<string, { readonly at: number; readonly counted: Promise<readonly Figure[]> }>();

  constructor(
    private readonly database: DataSource,
    half: Half,
    private readonly clock: Clock,
  ) {
    this.schema = half === 'gateway' ? 'exchange_v1' : 'exchange';
  }

  /** @throws Error when it could not be counted in time; the next question counts anew */
  count(figure: DatabaseFigure): Promise<readonly Figure[]> {
    const now = performance.now();
    const known = this.kept.get(figure.name);
    if (known && now - known.at < figure.keptMs) return known.counted;
    const counted = this.ask(figure);
    this.kept.set(figure.name, { at: now, counted });
    counted.catch(() => {
      if (this.kept.get(figure.name)?.counted === counted) this.kept.delete(figure.name);
    });
    return counted;
  }

  private async ask({ statement, labels }: DatabaseFigure): Promise<readonly Figure[]> {
    // Every statement names the instant, also one that does not need it.
    const asked = `with given as (select $1::timestamptz as instant) select c.* from (${statement(this.schema)}) c, given`;
    const found = await this.database.transaction(async (manager) => {
      await rows(manager, `set local statement_timeout = ${WITHIN_MS}`);
      return rows<Record<string, string> & { value: number }>(manager, asked, [this.clock.now().toISOString()]);
    });
    return found.map((row) => ({
      labels: Object.fromEntries(labels.map((label) => [label, row[label]!])),
      value: Number(row.value),
    }));
  }
}
