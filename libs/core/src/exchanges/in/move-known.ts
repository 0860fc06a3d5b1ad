import type { EntityManager } from 'typeorm';
import type { Finding } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { lookAtSubjects } from '../../positions/looks.js';
import { freeHolds } from '../out/exclusive-holds.js';
import { ofKind } from './statements.js';
import type { ApplyContext, Numbered } from './statements.js';

/**
 * What a partner says of itself moves what it is known to hold, whatever the case core makes of it: who collected a payment
 * has lowered its own balance already, and who returned a placement has it no more. A ledger entry that this becomes is
 * therefore never told back.
 */
export async function moveKnown(
  manager: EntityManager,
  context: ApplyContext,
  fresh: readonly Numbered<Finding>[],
): Promise<void> {
  if (context.connector.update === 'delta') {
    const paid = ofKind(fresh, 'paid').map(({ statement }) => ({
      reference: statement.reference,
      effect: -statement.amountMinor,
    }));
    const reversed = ofKind(fresh, 'payment-reversed').map(({ statement }) => ({
      reference: statement.reference,
      effect: statement.amountMinor,
    }));
    await move(manager, context, [...paid, ...reversed]);
  }
  await takeBack(
    manager,
    context,
    ofKind(fresh, 'placement-returned').map(({ statement }) => statement.reference),
  );
}

/** While the placement is unanswered, the movement waits for it in `moved_minor`. */
async function move(
  manager: EntityManager,
  { connector, businessDate }: ApplyContext,
  movements: readonly { readonly reference: string; readonly effect: number }[],
): Promise<void> {
  if (movements.length === 0) return;
  await rows(
    manager,
    `update exchange.position p set
       known_amount_minor = case when p.known_state = 'absent' then 0 else p.known_amount_minor + m.effect end,
       moved_minor = p.moved_minor + m.effect, known_on = $4
     from (select reference, sum(effect) as effect
           from unnest($2::text[], $3::bigint[]) as g (reference, effect) group by reference) m
     where p.connector_id = $1 and p.reference = m.reference`,
    [connector.id, movements.map(({ reference }) => reference), movements.map(({ effect }) => effect), businessDate],
  );
}

/** The case core ends the referral with the same finding: until it has, no file tells anything about the case. */
async function takeBack(
  manager: EntityManager,
  { connector, businessDate }: ApplyContext,
  references: readonly string[],
): Promise<void> {
  if (references.length === 0) return;
  const returned = await rows<{ id: string; subject_id: string }>(
    manager,
    `update exchange.position p set
       known_state = 'absent', known_amount_minor = 0, known_content = null, known_hash = null, known_on = $3
     where p.connector_id = $1 and p.reference = any($2) returning p.id, p.subject_id`,
    [connector.id, references, businessDate],
  );
  await rows(
    manager,
    `update exchange.record r set status = 'superseded', reason = 'the partner returned it'
     where r.position_id = any($1) and r.status = 'delivered' and r.entry_id is null`,
    [returned.map(({ id }) => id)],
  );
  await freeHolds(
    manager,
    connector,
    returned.map(({ id }) => id),
  );
  await lookAtSubjects(
    manager,
    connector.id,
    returned.map(({ subject_id }) => subject_id),
  );
}
