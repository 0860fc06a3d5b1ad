import type { EntityManager } from 'typeorm';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import { exclusiveGroup } from '../../rules/domain/exclusive-acts.js';

/**
 * When a file is about to be released, takes the debts that it opens for its partner alone, where the act is one that one
 * partner at a time may do. The database's own key decides between two files that are released at the same time.
 *
 * @returns sequences of the records whose debt another partner may still hold: they can't go out
 */
export async function takeHolds(manager: EntityManager, connector: Connector, exchangeId: string): Promise<number[]> {
  const group = exclusiveGroup(connector.act);
  if (group === null) return [];
  await rows(
    manager,
    `insert into exchange.exclusive_hold (exclusive_group, subject_id, position_id)
     select $2, p.subject_id, p.id
     from exchange.record r join exchange.position p on p.id = r.position_id
     where r.exchange_id = $1 and r.status = 'chosen' and r.entry_id is null and exchange.adversity(r.state) >= 2
       and p.known_state = 'absent'
     order by p.subject_id
     on conflict do nothing`,
    [exchangeId, group],
  );
  const taken = await rows<{ sequence: number }>(
    manager,
    `select r.sequence
     from exchange.record r join exchange.position p on p.id = r.position_id
     join exchange.exclusive_hold x on x.exclusive_group = $2 and x.subject_id = p.subject_id and x.position_id <> p.id
     where r.exchange_id = $1 and r.status = 'chosen' and r.entry_id is null and exchange.adversity(r.state) >= 2
       and p.known_state = 'absent'`,
    [exchangeId, group],
  );
  return taken.map(({ sequence }) => sequence);
}

/** Gives debts free whose partner holds nothing any more and was sent nothing that it may still take. */
export async function freeHolds(
  manager: EntityManager,
  connector: Connector,
  positionIds: readonly string[],
): Promise<void> {
  const group = exclusiveGroup(connector.act);
  if (group === null || positionIds.length === 0) return;
  await rows(
    manager,
    `delete from exchange.exclusive_hold x using exchange.position p
     where x.exclusive_group = $2 and x.position_id = any($1) and p.id = x.position_id and p.known_state = 'absent'
       and not exists (select 1 from exchange.record r
                       where r.position_id = p.id and r.status in ('released', 'delivered')
                         and r.entry_id is null and exchange.adversity(r.state) >= 2)`,
    [positionIds, group],
  );
}
