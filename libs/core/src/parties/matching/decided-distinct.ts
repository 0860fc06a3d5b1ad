import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { readGroup } from '../party-group.js';

/** A person's decision that two parties are not one. */
export interface DistinctOrder {
  readonly partyId: string;
  readonly otherId: string;
  readonly reason: string;
}

/**
 * Keeps that two parties are not one, in the caller's transaction: they are not named as a pair again. Again changes nothing,
 * and they may be merged all the same.
 *
 * @throws Refusal `party-unknown`, `same-party` where they are one, `jurisdictions-differ`
 */
export async function decideDistinct(
  manager: EntityManager,
  context: { readonly actor: string; readonly at: Date },
  { partyId, otherId, reason }: DistinctOrder,
): Promise<{ readonly decided: boolean }> {
  const [party, other] = [await readGroup(manager, partyId), await readGroup(manager, otherId)];
  if (party.survivorId === other.survivorId) throw new Refusal('same-party', 'they are one: undo their merge');
  if (party.jurisdictionId !== other.jurisdictionId) {
    throw new Refusal('jurisdictions-differ', 'parties of different offices are never one');
  }
  const decided = await rows<{ reason: string }>(
    manager,
    `insert into cases.party_distinct (party_id, other_id, reason, actor, decided_at)
     values (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), $3, $4, $5)
     on conflict do nothing returning reason`,
    [partyId, otherId, reason, context.actor, context.at],
  );
  return { decided: decided.length > 0 };
}

/** The pairs of an office that a person has decided are not one, by saying so or by undoing a merge. */
export class DistinctPairs {
  private constructor(private readonly pairs: ReadonlySet<string>) {}

  static async of(on: Queryable, jurisdictionId: string): Promise<DistinctPairs> {
    const found = await rows<{ a: string; b: string }>(
      on,
      `select coalesce(p.merged_into, p.id) as a, coalesce(o.merged_into, o.id) as b
       from (select party_id, other_id from cases.party_distinct
             union select duplicate_id, survivor_id from cases.party_merge where undone_at is not null) d
       join cases.party p on p.id = d.party_id join cases.party o on o.id = d.other_id
       where p.jurisdiction_id = $1`,
      [jurisdictionId],
    );
    return new DistinctPairs(new Set(found.map(({ a, b }) => keyOf(a, b))));
  }

  has(partyId: string, otherId: string): boolean {
    return this.pairs.has(keyOf(partyId, otherId));
  }
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
