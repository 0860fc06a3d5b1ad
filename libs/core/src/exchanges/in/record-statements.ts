import type { EntityManager } from 'typeorm';
import type { FileFault, Finding } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { ANSWERS } from './statements.js';
import type { ApplyContext, Numbered, Statement } from './statements.js';

/** What is new in a batch. */
export interface Recorded {
  /** Statements that have their effect now. */
  readonly fresh: readonly Numbered<Finding>[];
  /** Places of what the case core must hear of, contradictions included. */
  readonly forTheCase: readonly number[];
}

/**
 * What a partner says of a placement, it may say in the same words of the next one: an answer, and that it returns the
 * debt, are repetitions only until the position is told anew. A return that is dated before that is of the earlier one.
 */
const ABOUT_THE_LAST = `left join exchange.position last
  on g.kind in ('accepted', 'refused', 'placement-returned')
  and last.connector_id = $2 and last.reference = g.finding->>'reference'
  and (g.kind <> 'placement-returned' or coalesce(g.finding->'details'->>'on', '9999') >= last.told_on::text)`;

/**
 * Puts every statement on the ledger, with the position that it names. A key that was applied before has no effect; where
 * it is money, and another amount or day than before, it is a contradiction, which waits for a person.
 */
export async function recordStatements(
  manager: EntityManager,
  { connector, exchangeId, businessDate, late }: ApplyContext,
  numbered: readonly Numbered<Statement>[],
): Promise<Recorded> {
  const inserted = await rows<{ sequence: number; status: string }>(
    manager,
    `with given as materialized (
       select g.sequence, g.natural_key || coalesce('@' || last.told_number, '') as natural_key, g.kind, g.finding,
              g.reason, md5(g.finding::text)::uuid as digest
       from jsonb_to_recordset($3::jsonb) as g (sequence integer, natural_key text, kind text, finding jsonb, reason text)
       ${ABOUT_THE_LAST}
       where not exists (select 1 from exchange.inbound_record r where r.exchange_id = $1 and r.sequence = g.sequence)),
     keyed as (
       insert into exchange.applied_key (connector_id, natural_key, exchange_id, digest)
       select distinct on (natural_key) $2, natural_key, $1::uuid, digest from given
       where natural_key is not null order by natural_key, sequence
       on conflict do nothing returning natural_key),
     compared as (
       select g.*, k.natural_key is not null as new_key,
              row_number() over same_key as occurrence,
              coalesce(b.digest, first_value(g.digest) over same_key) as first_digest
       from given g
       left join keyed k on k.natural_key = g.natural_key
       left join exchange.applied_key b on b.connector_id = $2 and b.natural_key = g.natural_key
       window same_key as (partition by g.natural_key order by g.sequence)),
     placed as (
       select g.*, g.kind in ('paid', 'payment-reversed') and g.digest is distinct from g.first_digest as contradicts
       from compared g)
     insert into exchange.inbound_record (exchange_id, sequence, natural_key, kind, finding, status, reason, position_id,
       taken_on)
     select $1, g.sequence, g.natural_key, g.kind, g.finding,
            case when g.natural_key is null then 'quarantined'
                 when g.new_key and g.occurrence = 1 then 'applied'
                 when g.contradicts then 'quarantined'
                 else 'duplicate' end,
            case when g.contradicts
                 then 'contradicts what the partner said before under the same key' else g.reason end,
            p.id, $4
     from placed g
     left join lateral (
       select id from exchange.position
       where connector_id = $2 and reference = g.finding->>'reference' limit 1) p on true
     on conflict (exchange_id, sequence) do nothing returning sequence, status`,
    [exchangeId, connector.id, JSON.stringify(numbered.map(given)), late ? businessDate : null],
  );
  const status = new Map(inserted.map((row) => [row.sequence, row.status]));
  const findings = numbered.flatMap(({ sequence, statement }) =>
    'fault' in statement ? [] : [{ sequence, statement }],
  );
  return {
    fresh: findings.filter(({ sequence }) => status.get(sequence) === 'applied'),
    forTheCase: findings
      .filter(({ sequence, statement }) => {
        const said = status.get(sequence);
        return said === 'quarantined' || (said === 'applied' && !ANSWERS.has(statement.kind));
      })
      .map(({ sequence }) => sequence),
  };
}

function given({ sequence, statement }: Numbered<Statement>) {
  if ('fault' in statement) {
    return { sequence, natural_key: null, kind: 'fault', finding: statement.fault, reason: inWords(statement.fault) };
  }
  return { sequence, natural_key: statement.naturalKey, kind: statement.kind, finding: statement, reason: null };
}

function inWords({ field, position, rule, message }: FileFault): string {
  return [field, position, rule, message].filter(Boolean).join(': ');
}
