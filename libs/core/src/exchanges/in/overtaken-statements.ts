import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { ApplyContext, Numbered, Statement } from './statements.js';

/**
 * Of statements that are applied late, puts those on the ledger without any effect that later files of ours have overtaken:
 * an answer, or a return, that names no file is about what we had told when it was said, and a balance about what was known
 * then. Money and what protects a debtor is never overtaken.
 *
 * @returns the others
 */
export async function withoutOvertaken(
  manager: EntityManager,
  { connector, exchangeId, businessDate, late }: ApplyContext,
  numbered: readonly Numbered<Statement>[],
): Promise<readonly Numbered<Statement>[]> {
  if (!late) return numbered;
  const candidates = numbered.flatMap(({ sequence, statement }) => {
    if ('fault' in statement || statement.kind === 'file-answered') return [];
    const named = (statement.kind === 'accepted' || statement.kind === 'refused') && statement.answerTo !== null;
    return named ? [] : [{ sequence, natural_key: statement.naturalKey, kind: statement.kind, finding: statement }];
  });
  if (candidates.length === 0) return numbered;
  const overtaken = await rows<{ sequence: number }>(
    manager,
    `insert into exchange.inbound_record (exchange_id, sequence, natural_key, kind, finding, status, reason, position_id,
       taken_on)
     select $1, g.sequence, g.natural_key, g.kind, g.finding, 'unmatched',
            case when g.kind = 'balance-reported' then 'what is known of it has changed since this was said'
                 else 'it was said before the partner was told anew' end, p.id, $6
     from jsonb_to_recordset($3::jsonb) as g (sequence integer, natural_key text, kind text, finding jsonb)
     join exchange.position p on p.connector_id = $2 and p.reference = g.finding->>'reference'
     where case when g.kind in ('accepted', 'refused', 'placement-returned')
                then exists (select 1 from exchange.exchange e
                             where e.connector_id = $2 and e.direction = 'out' and e.release_number = p.told_number
                               and e.released_at > $4)
                when g.kind = 'balance-reported' then p.known_on > $5 else false end
       and not exists (select 1 from exchange.inbound_record r where r.exchange_id = $1 and r.sequence = g.sequence)
     returning sequence`,
    [exchangeId, connector.id, JSON.stringify(candidates), late.saidAt, late.saidOn, businessDate],
  );
  const places = new Set(overtaken.map(({ sequence }) => sequence));
  return numbered.filter(({ sequence }) => !places.has(sequence));
}
