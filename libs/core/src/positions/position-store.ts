import type { EntityManager } from 'typeorm';
import type { Outcome, PositionContent, PositionState } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import type { Statement } from './domain/statement.js';
import { groupBy } from './grouping.js';

/** A position as it stands, with what was sent and is not answered. */
export interface StoredPosition {
  readonly id: string;
  readonly subjectId: string;
  readonly key: string;
  readonly reference: string;
  readonly known: Statement | null;
  /** The day on which it was taken over from the partner, for what the partner held before Concord. */
  readonly adoptedOn: string | null;
  /** In the order in which they were sent. */
  readonly inFlight: readonly Statement[];
}

/** What judging a subject came to for one key. */
export interface DesiredRow {
  readonly id: string;
  readonly subjectId: string;
  readonly key: string;
  readonly caseId: string;
  readonly desired: Statement;
  readonly hash: string;
  readonly caseVersion: number;
  readonly outcome: Outcome;
}

interface PositionRow {
  readonly id: string;
  readonly subject_id: string;
  readonly key: string;
  readonly reference: string;
  readonly known_state: PositionState;
  readonly known_amount_minor: number;
  readonly known_content: PositionContent | null;
  readonly adopted_on: string | null;
}

interface FlightRow {
  readonly position_id: string;
  readonly state: PositionState;
  readonly amount_minor: number;
  readonly content: PositionContent;
}

/**
 * Locks the positions of a batch of subjects and reads them. Whoever releases a file locks the same rows, so that either
 * this judgement is in the file or the file is in this judgement.
 */
export async function lockPositions(
  manager: EntityManager,
  connectorId: string,
  subjectIds: readonly string[],
): Promise<StoredPosition[]> {
  const found = await rows<PositionRow>(
    manager,
    `select id, subject_id, key, reference, known_state, known_amount_minor, known_content, adopted_on
     from exchange.position where connector_id = $1 and subject_kind = 'debt' and subject_id = any($2)
     order by id for update`,
    [connectorId, subjectIds],
  );
  const flights = await rows<FlightRow>(
    manager,
    `select r.position_id, r.state, r.amount_minor, r.content
     from exchange.record r join exchange.exchange e on e.id = r.exchange_id
     where r.position_id = any($1) and r.status in ('released', 'delivered') order by e.released_at, r.sequence`,
    [found.map(({ id }) => id)],
  );
  const byPosition = groupBy(flights, ({ position_id }) => position_id);
  return found.map((row) => ({
    id: row.id,
    subjectId: row.subject_id,
    key: row.key,
    reference: row.reference,
    known:
      row.known_state === 'absent'
        ? null
        : statement(row.known_state, row.known_amount_minor, row.known_content, row.reference),
    adoptedOn: row.adopted_on,
    inFlight: (byPosition.get(row.id) ?? []).map(({ state, amount_minor, content }) =>
      statement(state, amount_minor, content, row.reference),
    ),
  }));
}

function statement(
  state: PositionState,
  amountMinor: number,
  content: PositionContent | null,
  reference: string,
): Statement {
  return { state, amountMinor, content: content ?? {}, reference };
}

/** Writes what is desired now. New content ends the parking of refused content. */
export async function writeDesired(
  manager: EntityManager,
  connectorId: string,
  date: string,
  desired: readonly DesiredRow[],
): Promise<void> {
  await rows(
    manager,
    `insert into exchange.position as p (id, connector_id, subject_kind, subject_id, key, case_id, reference,
       desired_state, desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome)
     select id, $2, 'debt', subject_id, key, case_id, reference, state, amount_minor, content, hash, version, $3, outcome
     from jsonb_to_recordset($1::jsonb) as d (id uuid, subject_id uuid, key text, case_id uuid, reference text,
       state text, amount_minor bigint, content jsonb, hash text, version bigint, outcome text)
     on conflict (connector_id, subject_kind, subject_id, key) do update set
       desired_state = excluded.desired_state, desired_amount_minor = excluded.desired_amount_minor,
       desired_content = excluded.desired_content, desired_hash = excluded.desired_hash,
       judged_version = excluded.judged_version, judged_on = excluded.judged_on, outcome = excluded.outcome,
       parked_hash = case when p.parked_hash = excluded.desired_hash then p.parked_hash end,
       parked_reason = case when p.parked_hash = excluded.desired_hash then p.parked_reason end`,
    [
      JSON.stringify(
        desired.map((row) => ({
          id: row.id,
          subject_id: row.subjectId,
          key: row.key,
          case_id: row.caseId,
          reference: row.desired.reference,
          state: row.desired.state,
          amount_minor: row.desired.amountMinor,
          content: row.desired.content,
          hash: row.hash,
          version: row.caseVersion,
          outcome: row.outcome,
        })),
      ),
      connectorId,
      date,
    ],
  );
}
