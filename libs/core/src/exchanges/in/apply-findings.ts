import type { EntityManager } from 'typeorm';
import type { FileAnswered, FileFault, Finding, Refused, Accepted } from '@concord/plugin-sdk';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import { lookAtSubjects } from '../../positions/looks.js';
import { advance, readExchange } from '../exchange-ledger.js';
import { takeAsKnown, takeRestAsKnown } from '../known.js';

/** What a partner's file said at one place: a finding, or a record that could not be read. */
export type Statement = Finding | { readonly fault: FileFault };

/** Where and when findings are applied. */
export interface ApplyContext {
  readonly connector: Connector;
  /** The incoming exchange. */
  readonly exchangeId: string;
  readonly businessDate: string;
  readonly at: Date;
}

interface Numbered<T> {
  readonly sequence: number;
  readonly statement: T;
}

/**
 * Applies a batch of an incoming file in the caller's transaction. A place of the file that was recorded before, and a
 * statement whose natural key was applied before, have no effect.
 *
 * @param first number of the batch's first statement within the file, from 1
 */
export async function applyBatch(
  manager: EntityManager,
  context: ApplyContext,
  first: number,
  batch: readonly Statement[],
): Promise<void> {
  const numbered = batch.map((statement, index) => ({ sequence: first + index, statement }));
  const fresh = await record(manager, context, numbered);
  await settle(manager, context, 'refused', select(fresh, 'refused'));
  await settle(manager, context, 'accepted', select(fresh, 'accepted'));
  for (const { sequence, statement } of fresh) {
    if (!('fault' in statement) && statement.kind === 'file-answered') {
      await closeAnswer(manager, context, sequence, statement);
    }
  }
}

function select<K extends 'refused' | 'accepted'>(
  fresh: readonly Numbered<Statement>[],
  kind: K,
): Numbered<K extends 'refused' ? Refused : Accepted>[] {
  return fresh.filter(({ statement }) => !('fault' in statement) && statement.kind === kind) as Numbered<
    K extends 'refused' ? Refused : Accepted
  >[];
}

const HANDLED = new Set(['refused', 'accepted', 'file-answered']);

/** Puts every statement on the ledger and returns those that are new and to be acted upon. */
async function record(
  manager: EntityManager,
  { connector, exchangeId }: ApplyContext,
  numbered: readonly Numbered<Statement>[],
): Promise<Numbered<Statement>[]> {
  const given = numbered.map(({ sequence, statement }) => {
    if ('fault' in statement) {
      const { fault } = statement;
      const reason = [fault.field, fault.position, fault.rule, fault.message].filter(Boolean).join(': ');
      return { sequence, natural_key: null, kind: 'fault', finding: fault, status: 'quarantined', reason };
    }
    const handled = HANDLED.has(statement.kind);
    return {
      sequence,
      natural_key: statement.naturalKey,
      kind: statement.kind,
      finding: statement,
      status: handled ? 'applied' : 'quarantined',
      reason: handled ? null : `what a partner says of kind ${statement.kind} waits for a person`,
    };
  });
  const inserted = await rows<{ sequence: number; status: string }>(
    manager,
    `with given as (
       select * from jsonb_to_recordset($3::jsonb) as g (sequence integer, natural_key text, kind text, finding jsonb,
         status text, reason text)),
     keyed as (
       insert into exchange.applied_key (connector_id, natural_key, exchange_id)
       select distinct $2, natural_key, $1::uuid from given g
       where natural_key is not null and status = 'applied'
         and not exists (select 1 from exchange.inbound_record r where r.exchange_id = $1 and r.sequence = g.sequence)
       on conflict do nothing returning natural_key),
     placed as (
       select distinct on (g.sequence) g.*, row_number() over (partition by g.natural_key, g.status order by g.sequence) as occurrence
       from given g)
     insert into exchange.inbound_record (exchange_id, sequence, natural_key, kind, finding, status, reason)
     select $1, sequence, natural_key, kind, finding,
            case when status <> 'applied' then status
                 when occurrence = 1 and natural_key in (select natural_key from keyed) then 'applied'
                 else 'duplicate' end,
            reason
     from placed
     on conflict (exchange_id, sequence) do nothing returning sequence, status`,
    [exchangeId, connector.id, JSON.stringify(given)],
  );
  const applied = new Set(inserted.filter(({ status }) => status === 'applied').map(({ sequence }) => sequence));
  return numbered.filter(({ sequence }) => applied.has(sequence));
}

/** Applies what the partner said of single records: to the record, and to the position that it told. */
async function settle(
  manager: EntityManager,
  { connector, exchangeId, businessDate }: ApplyContext,
  status: 'refused' | 'accepted',
  answers: readonly Numbered<Refused | Accepted>[],
): Promise<void> {
  if (answers.length === 0) return;
  const given = answers.map(({ sequence, statement }) => ({
    sequence,
    reference: statement.reference,
    file_name: statement.answerTo?.fileName ?? null,
    code: statement.kind === 'refused' ? statement.code : null,
    reason: statement.kind === 'refused' ? [statement.field, statement.message].filter(Boolean).join(': ') : null,
  }));
  const matched = await rows<{ sequence: number; exchange_id: string; record: number; subject_id: string }>(
    manager,
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (sequence integer, reference text, file_name text, code text,
         reason text)),
     target as (
       select distinct on (g.sequence) g.*, r.exchange_id, r.sequence as record, r.position_id
       from given g
       join exchange.record r on r.reference = g.reference and r.status in ('released', 'delivered')
       join exchange.exchange e on e.id = r.exchange_id and e.connector_id = $1
        and (g.file_name is null or e.file_name = g.file_name)
       order by g.sequence, e.released_at desc)
     update exchange.record r set status = $3, code = t.code, reason = t.reason
     from target t join exchange.position p on p.id = t.position_id
     where r.exchange_id = t.exchange_id and r.sequence = t.record
     returning t.sequence, r.exchange_id, r.sequence as record, p.subject_id`,
    [connector.id, JSON.stringify(given), status],
  );
  if (status === 'refused') await park(manager, connector.id, matched);
  else {
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
}

/** Refused content is not sent again as it is. A refused release is never parked: it stays owed. */
async function park(
  manager: EntityManager,
  connectorId: string,
  refused: readonly { readonly exchange_id: string; readonly record: number; readonly subject_id: string }[],
): Promise<void> {
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

/** The partner has finished with a file of ours: what it said nothing of has the fate that it gives to the rest. */
async function closeAnswer(
  manager: EntityManager,
  context: ApplyContext,
  sequence: number,
  answer: FileAnswered,
): Promise<void> {
  const { connector, exchangeId, businessDate, at } = context;
  const [sent] = await rows<{ id: string }>(
    manager,
    `select id from exchange.exchange
     where connector_id = $1 and direction = 'out' and file_name = $2 and state in ('archived', 'delivered')`,
    [connector.id, answer.answerTo.fileName],
  );
  if (!sent) {
    await rows(
      manager,
      `update exchange.inbound_record set status = 'unmatched', reason = 'no file of this name waits for an answer'
       where exchange_id = $1 and sequence = $2`,
      [exchangeId, sequence],
    );
    return;
  }
  if (answer.rest === 'accepted') await takeRestAsKnown(manager, connector, businessDate, sent.id);
  const rest = await rows<{ position_id: string; sequence: number; subject_id: string }>(
    manager,
    `update exchange.record r set status = $2, reason = $3
     from exchange.position p
     where p.id = r.position_id and r.exchange_id = $1 and r.status in ('released', 'delivered')
     returning r.position_id, r.sequence, p.subject_id`,
    [sent.id, answer.rest, answer.rest === 'refused' ? (answer.reason ?? 'the whole file was refused') : null],
  );
  if (answer.rest === 'refused') {
    // The file was at fault, not its records: nothing is parked, and the next file says it all again.
    await lookAtSubjects(
      manager,
      connector.id,
      rest.map(({ subject_id }) => subject_id),
    );
  }
  await rows(manager, 'update exchange.exchange set answers_id = $2 where id = $1', [exchangeId, sent.id]);
  let row = await readExchange(manager, sent.id);
  if (row.state === 'archived') {
    // Killed between the rename and its note: an answer proves that the file arrived.
    await advance(manager, row, 'delivered', at, { delivery_outcome: 'delivered' });
    row = await readExchange(manager, sent.id);
  }
  if (row.state === 'delivered') {
    await advance(manager, row, 'answered', at, { failure: await disagreement(manager, sent.id, answer) });
  }
}

/** The partner's own counts of our file, where they are not ours. */
async function disagreement(manager: EntityManager, sentId: string, answer: FileAnswered): Promise<unknown> {
  const [ours] = await rows<{ accepted: number; refused: number }>(
    manager,
    `select count(*) filter (where status in ('accepted', 'superseded')) as accepted,
            count(*) filter (where status = 'refused') as refused
     from exchange.record where exchange_id = $1`,
    [sentId],
  );
  const differs =
    (answer.accepted !== null && answer.accepted !== ours!.accepted) ||
    (answer.refused !== null && answer.refused !== ours!.refused);
  return differs
    ? {
        step: 'answer',
        message: 'the partner counts other records than we do',
        partner: { accepted: answer.accepted, refused: answer.refused },
        ours,
      }
    : null;
}
