import type { EntityManager } from 'typeorm';
import type { Accepted, Refused } from '@concord/plugin-sdk';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import { lookAtSubjects } from '../../positions/looks.js';
import { closeAnswered } from '../answered.js';
import { takeAsKnown } from '../known.js';
import { freeHolds } from '../out/exclusive-holds.js';
import type { ApplyContext, Numbered } from './statements.js';

interface Matched {
  readonly sequence: number;
  readonly exchange_id: string;
  readonly record: number;
  readonly position_id: string;
  readonly subject_id: string;
}

/** Applies what the partner said of single records: to the record, and to the position that it told. */
export async function settleAnswers(
  manager: EntityManager,
  context: ApplyContext,
  status: 'refused' | 'accepted',
  answers: readonly Numbered<Refused | Accepted>[],
): Promise<void> {
  if (answers.length === 0) return;
  const { connector, exchangeId, businessDate, at } = context;
  const matched = await match(manager, connector, status, answers);
  if (status === 'refused') {
    await park(manager, connector.id, matched);
    await freeHolds(
      manager,
      connector,
      matched.map(({ position_id }) => position_id),
    );
  } else {
    await takeAsKnown(
      manager,
      connector,
      businessDate,
      matched.map(({ exchange_id, record: sequence }) => ({ exchangeId: exchange_id, sequence })),
    );
  }
  const found = new Set(matched.map(({ sequence }) => sequence));
  await rows(
    manager,
    `update exchange.inbound_record set status = 'unmatched', reason = 'nothing that we sent and that is unanswered has this reference'
     where exchange_id = $1 and sequence = any($2)`,
    [exchangeId, answers.map(({ sequence }) => sequence).filter((sequence) => !found.has(sequence))],
  );
  // Who names no file in its answers never says that it has finished with one.
  if (answers.some(({ statement }) => statement.answerTo === null)) await closeAnswered(manager, connector.id, at);
}

/** An answer that names no file is about what is answered at all: never about a recall that is still on its way. */
function match(
  manager: EntityManager,
  connector: Connector,
  status: 'refused' | 'accepted',
  answers: readonly Numbered<Refused | Accepted>[],
): Promise<Matched[]> {
  const given = answers.map(({ sequence, statement }) => ({
    sequence,
    reference: statement.reference,
    file_name: statement.answerTo?.fileName ?? null,
    code: statement.kind === 'refused' ? statement.code : null,
    reason:
      statement.kind === 'refused'
        ? [statement.field, statement.message].filter(Boolean).join(': ')
        : (statement.amountMinor ?? null),
  }));
  return rows<Matched>(
    manager,
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (sequence integer, reference text, file_name text, code text,
         reason text)),
     target as (
       select distinct on (g.sequence) g.*, r.exchange_id, r.sequence as record, r.position_id, r.amount_minor
       from given g
       join exchange.position p on p.connector_id = $1 and p.reference = g.reference
       join exchange.record r on r.position_id = p.id and r.status in ('released', 'delivered') and r.entry_id is null
       join exchange.exchange e on e.id = r.exchange_id and e.connector_id = $1
        and case when g.file_name is null then e.kind = any($4) else e.file_name = g.file_name end
       order by g.sequence, e.release_number desc)
     update exchange.record r set status = $3, code = t.code,
       reason = case when $3 = 'refused' then t.reason
                     when t.reason::bigint <> t.amount_minor then 'the partner took it in with ' || t.reason end
     from target t join exchange.position p on p.id = t.position_id
     where r.exchange_id = t.exchange_id and r.sequence = t.record
     returning t.sequence, r.exchange_id, r.sequence as record, r.position_id, p.subject_id`,
    [
      connector.id,
      JSON.stringify(given),
      status,
      connector.outbound.filter(({ confirm }) => confirm === 'answer').map(({ kind }) => kind),
    ],
  );
}

/** Refused content is not sent again as it is. A refused release is never parked: it stays owed. */
async function park(manager: EntityManager, connectorId: string, refused: readonly Matched[]): Promise<void> {
  await rows(
    manager,
    `update exchange.position p set parked_hash = r.content_hash, parked_reason = concat_ws(' ', r.code, r.reason)
     from exchange.record r
     where p.id = r.position_id and (r.exchange_id, r.sequence) in (select * from unnest($1::uuid[], $2::integer[]))
       and exchange.adversity(r.state) >= 2
       and (exchange.adversity(r.state) > exchange.adversity(p.known_state)
            or (r.state = p.known_state and r.amount_minor >= p.known_amount_minor))`,
    [refused.map(({ exchange_id }) => exchange_id), refused.map(({ record: number }) => number)],
  );
  await lookAtSubjects(manager, connectorId, [...new Set(refused.map(({ subject_id }) => subject_id))]);
}
