import type { DataSource } from 'typeorm';
import { isNamedDebt } from '../cases/named-debt.sql.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';

const EXCHANGE = `
  select id, connector_id as connector, direction, kind, business_date as date, state, mode, file_name as file,
         file_sequence as sequence, records, bytes, content_hash as hash, delivery_outcome as delivery,
         answer_due_on as "answerDueOn", failure, held, held_at as "heldAt", decision, resends_id as resends,
         corrects_id as corrects, started_at as "startedAt", delivered_at as "deliveredAt",
         answered_at as "answeredAt", finished_at as "finishedAt"
  from exchange_v1.exchange`;

export interface ExchangeView {
  readonly id: string;
  readonly connector: string;
  readonly direction: 'out' | 'in';
  readonly kind: string;
  readonly date: string;
  readonly state: string;
  readonly file: string | null;
  readonly records: number;
  readonly bytes: number | null;
  readonly hash: string | null;
  readonly failure: { readonly step: string; readonly message: string } | null;
  /** How sure its delivery is: null before it, `presumed-collected` where its answer or a person must say. */
  readonly delivery: string | null;
  /** Why the file waits, or waited, for a person, and since when. */
  readonly held: Readonly<Record<string, unknown>> | null;
  readonly heldAt: Date | null;
  /** What a person decided of it, with who, when and why. */
  readonly decision: Readonly<Record<string, unknown>> | null;
  /** The delivered file that this one sends again. */
  readonly resends: string | null;
  /** The file under whose name this one came with other bytes. */
  readonly corrects: string | null;
}

export interface ExchangeFilter {
  readonly connector?: string | undefined;
  readonly date?: string | undefined;
  readonly state?: string | undefined;
  readonly direction?: 'out' | 'in' | undefined;
  /** Default and at most {@link MOST_LISTED}. */
  readonly limit?: number | undefined;
}

export const MOST_LISTED = 500;

/** Exchanges, the newest first. */
export function listExchanges(gateway: DataSource, filter: ExchangeFilter): Promise<ExchangeView[]> {
  return rows<ExchangeView>(
    gateway,
    `${EXCHANGE} where ($1::text is null or connector_id = $1) and ($2::date is null or business_date = $2)
       and ($3::text is null or state = $3) and ($4::text is null or direction = $4)
     order by started_at desc, id limit $5`,
    [
      filter.connector ?? null,
      filter.date ?? null,
      filter.state ?? null,
      filter.direction ?? null,
      Math.min(filter.limit ?? MOST_LISTED, MOST_LISTED),
    ],
  );
}

/** @throws Refusal `exchange-unknown` */
export async function readExchangeView(gateway: DataSource, id: string): Promise<ExchangeView> {
  const [exchange] = await rows<ExchangeView>(gateway, `${EXCHANGE} where id::text = $1`, [id]);
  if (!exchange) throw new Refusal('exchange-unknown', `no exchange has the id ${id}`);
  return exchange;
}

/** The records of an exchange, out or in, without their content. */
export function listRecords(gateway: DataSource, exchange: Pick<ExchangeView, 'id' | 'direction'>) {
  return rows(
    gateway,
    exchange.direction === 'out'
      ? `select sequence, reference, state, amount_minor as "amountMinor", status, code, reason
         from exchange_v1.record where exchange_id = $1 order by sequence`
      : `select sequence, kind, natural_key as "naturalKey", status, reason
         from exchange_v1.inbound_record where exchange_id = $1 order by sequence`,
    [exchange.id],
  );
}

const NAMED = isNamedDebt('d', '$1');

/**
 * What partners hold and should hold for one subject: a debt, by id or by Concord's number.
 *
 * @throws Refusal `subject-unknown`
 */
export async function listPositions(gateway: DataSource, subject: string) {
  const found = await rows(gateway, `select 1 from cases.debt d where ${NAMED}`, [subject]);
  if (found.length === 0) throw new Refusal('subject-unknown', `no debt has the id or number ${subject}`);
  const positions = await rows(
    gateway,
    `select p.connector_id as connector, p.key, p.reference, p.desired_state as desired, p.known_state as known,
            p.presumed_state as presumed, p.in_flight as "inFlight", p.desired_amount_minor as "desiredMinor",
            p.known_amount_minor as "knownMinor", p.judged_on as "judgedOn", p.outcome,
            p.release_owed_on as "releaseOwedOn", p.release_due_on as "releaseDueOn", p.parked_reason as "parked"
     from exchange_v1.position p join cases.debt d on d.id = p.subject_id
     where ${NAMED} order by p.connector_id, p.key`,
    [subject],
  );
  const blocks = await rows(
    gateway,
    `select b.connector_id as connector, b.rule, b.outcome, b.reason, b.citation, b.earliest_on as "earliestOn", b.since
     from exchange_v1.block b join cases.debt d on d.id = b.subject_id
     where b.until is null and ${NAMED} order by b.connector_id, b.rule`,
    [subject],
  );
  return { positions, blocks };
}
