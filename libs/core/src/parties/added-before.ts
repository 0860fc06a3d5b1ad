import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { PartyGroup } from './party-group.js';

/** A name, an address or a contact point that was added to a party. */
export interface AddedDetail {
  readonly id: string;
  /** The party that it stands with: of a duplicate the one that stands for it. */
  readonly partyId: string;
  readonly added: boolean;
}

/** Where a kind of detail stands, and what of a row says which request it came from, as a JSON list. */
const KINDS = {
  name: {
    table: 'cases.party_name',
    facts: 'jsonb_build_array(kind, surname, first_name, middle_name, generation, since, until)',
  },
  address: { table: 'cases.party_address', facts: 'jsonb_build_array(kind, address, source)' },
  // What may be done with it is changed later on: this is how it was asked for.
  contactPoint: { table: 'cases.party_contact_point', facts: 'asked' },
} as const;

/**
 * What the same request added before; the same facts under the same key are the same request. Looked for with all that are
 * the same party, since a merge in between changes with which of them it stands.
 *
 * @param group held by the caller
 * @returns null where the key was not used
 * @throws Refusal `key-reused` when it said something else
 */
export async function addedBefore(
  manager: EntityManager,
  kind: keyof typeof KINDS,
  { memberIds, survivorId }: PartyGroup,
  key: string,
  facts: readonly unknown[],
): Promise<AddedDetail | null> {
  const { table, facts: said } = KINDS[kind];
  const found = await rows<{ id: string; facts: unknown }>(
    manager,
    `select id, ${said} as facts from ${table} where party_id = any($1) and idempotency_key = $2 order by recorded_at, id`,
    [memberIds, key],
  );
  if (found.length === 0) return null;
  const same = found.find((before) => isDeepStrictEqual(before.facts, facts));
  if (!same) throw reused(key);
  return { id: same.id, partyId: survivorId, added: false };
}

/** The same key said something else. */
export function reused(key: string): Refusal {
  return new Refusal('key-reused', `the key ${key} was used for something else of this party`);
}
