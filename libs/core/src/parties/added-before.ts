import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../platform/errors.js';

/** A name, an address or a contact point that was added to a party. */
export interface AddedDetail {
  readonly id: string;
  /** The party that it stands with: of a duplicate the one that stands for it. */
  readonly partyId: string;
  readonly added: boolean;
}

/**
 * What to answer when a key was used before: the same facts are the same request.
 *
 * @throws Refusal `key-reused` when it said something else
 */
export function refuseReusedKey(
  before: { readonly id: string; readonly facts: unknown },
  facts: readonly unknown[],
  key: string,
  partyId: string,
): AddedDetail {
  if (!isDeepStrictEqual(before.facts, facts)) {
    throw new Refusal('key-reused', `the key ${key} was used for something else of this party`);
  }
  return { id: before.id, partyId, added: false };
}
