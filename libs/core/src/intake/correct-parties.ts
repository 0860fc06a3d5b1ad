import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { recordChanges } from '../cases/change-recorder.js';
import { IdentifierCheck, storeParties } from '../cases/party-store.js';
import { changesOfParties } from '../parties/party-group.js';
import type { HostFault } from './domain/read-record.js';
import { partyOf, partyShape } from './domain/registration-row.js';
import type { PartyShape } from './domain/registration-row.js';
import type { HostWork } from './host-place.js';
import type { HostRecord } from './record-store.js';

/** Parties by the host's reference, from what it said and, where it said nothing, what is on file. */
export type PartiesAsSaid = ReadonlyMap<string, { readonly shape: PartyShape; readonly isOnFile: boolean }>;

/** Reads what is on file of parties beside what their host said. */
export async function partiesAsSaid(
  manager: EntityManager,
  { jurisdiction }: HostWork,
  parties: ReadonlyMap<string, HostRecord>,
): Promise<PartiesAsSaid> {
  const found = await rows<PartyShape>(
    manager,
    `select source_reference as "sourceReference", kind, surname, first_name as "firstName",
            middle_name as "middleName", generation, telephone, address
     from cases.party where jurisdiction_id = $1 and source_reference = any($2)`,
    [jurisdiction.id, [...parties.keys()]],
  );
  const onFile = new Map(found.map((party) => [party.sourceReference, party]));
  return new Map(
    [...parties].map(([reference, { state }]) => [
      reference,
      { shape: partyShape(reference, state, onFile.get(reference)), isOnFile: onFile.has(reference) },
    ]),
  );
}

/**
 * Makes parties that are on file what their host said last, in the caller's transaction, and tells their cases. A party that
 * is not on file yet comes with its first debt. Identifiers that contradict what is on file set the row aside, and nothing of
 * what it said of the party is kept.
 *
 * @param changed parties of which a batch said something new, each with the line that did
 * @returns parties of which what was said may be kept
 */
export async function correctParties(
  manager: EntityManager,
  work: HostWork,
  parties: PartiesAsSaid,
  changed: ReadonlyMap<string, number>,
  faults: HostFault[],
): Promise<ReadonlySet<string>> {
  const kept = new Set(parties.keys());
  const wanted = [...changed].flatMap(([reference, line]) => {
    const { isOnFile, shape } = parties.get(reference)!;
    if (!isOnFile) return [];
    const party = partyOf(shape);
    if (party.value !== undefined) return [party.value];
    faults.push({ ...faultAt(line), field: party.missing, rule: 'incomplete', reason: party.reason });
    return [];
  });
  const check = await IdentifierCheck.over(manager, work.cipher, work.context, wanted);
  const accepted = wanted.filter((party) => {
    const wrong = check.take([party]);
    if (wrong === null) return true;
    kept.delete(party.sourceReference);
    const reason = `party ${wrong.reference} is on file with another ${wrong.kind}: two people may share this reference`;
    faults.push({ ...faultAt(changed.get(party.sourceReference)!), rule: 'identifier-contradicts', reason });
    return false;
  });
  if (accepted.length === 0) return kept;
  const stored = await storeParties(manager, work.cipher, work.context, accepted);
  await recordChanges(manager, work.context, await changesOfParties(manager, stored.changed));
  return kept;
}

function faultAt(line: number) {
  return { line, field: null, value: null };
}
