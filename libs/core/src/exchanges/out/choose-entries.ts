import type { EntityManager } from 'typeorm';
import { onlyReduces } from '../../connectors/connector.js';
import type { Connector } from '../../connectors/connector.js';
import { affected } from '../../database/sql.js';
import { CANDIDATES, PRESUMED } from './presumed.sql.js';

/**
 * Chooses the ledger entries that a partner was not told, set-based: for every position that it may hold, those that came
 * after its placement, each exactly once, and never back to the partner they came from. What makes a debt higher waits
 * while a rule keeps the position from growing; what makes it lower waits for nothing but the placement itself: a partner books
 * no entry on an account that it does not have yet.
 *
 * A connector has a reference for one position only, so that amounts are summed in the order in which records are numbered:
 * one sort serves both.
 *
 * @returns how many records were added
 */
export function chooseEntries(manager: EntityManager, connector: Connector, exchangeId: string): Promise<number> {
  return affected(
    manager,
    `insert into exchange.record (exchange_id, sequence, position_id, case_id, case_version, key, reference, state,
       amount_minor, content, content_hash, previous, status, entry_id, entry)
     select $1, (select coalesce(max(sequence), 0) from exchange.record where exchange_id = $1)
                + row_number() over (order by p.reference, p.key, e.case_version),
            p.id, p.case_id, e.case_version, p.key, p.reference, 'active',
            greatest(0, held.amount_minor + sum(e.effect_minor) over (partition by p.reference, p.key order by e.case_version)),
            coalesce(nullif(held.last_content, '{}'::jsonb), p.desired_content), 'entry:' || e.id, held.last_content, 'chosen', e.id,
            jsonb_build_object('id', e.id, 'kind', e.told_kind, 'amountMinor', e.amount_minor,
              'effectMinor', e.effect_minor, 'effectiveOn', e.effective_on)
     from ${CANDIDATES}
     cross join lateral (${PRESUMED}) held
     -- debt by debt, which \`offset 0\` keeps: the ledger of all others is not to be read
     cross join lateral (
       select * from cases_v1.ledger_entry
       where debt_id = p.subject_id and case_version > p.placed_version offset 0) e
     where p.connector_id = $2 and held.adversity >= 2
       and e.source <> 'partner:' || $2
       -- nothing overtakes its own placement
       and held.opening = 0
       and (e.effect_minor < 0 or (p.outcome = 'allow' and not $3))
       and (select told.sequence from exchange.record told
            where told.position_id = p.id and told.entry_id = e.id and told.status not in ('dropped', 'set-aside')
            limit 1) is null`,
    [exchangeId, connector.id, onlyReduces(connector.mode)],
  );
}
