import type { EntityManager } from 'typeorm';
import type { FileAnswered } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { lookAtSubjects } from '../../positions/looks.js';
import { advance, readExchange } from '../exchange-ledger.js';
import { takeRestAsKnown } from '../known.js';
import { freeHolds } from '../out/exclusive-holds.js';
import type { ApplyContext } from './statements.js';

/** The partner has finished with a file of ours: what it said nothing of has the fate that it gives to the rest. */
export async function closeAnswer(
  manager: EntityManager,
  context: ApplyContext,
  sequence: number,
  answer: FileAnswered,
): Promise<void> {
  const { connector, exchangeId, businessDate, at } = context;
  const [sent] = await rows<{ id: string }>(
    manager,
    `select id from exchange.exchange
     where connector_id = $1 and direction = 'out' and file_name = $2 and state in ('archived', 'delivered')
       and resends_id is null`,
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
    await freeHolds(
      manager,
      connector,
      rest.map(({ position_id }) => position_id),
    );
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
