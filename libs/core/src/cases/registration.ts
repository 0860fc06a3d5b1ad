import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { FieldCipher } from '../crypto/field-cipher.js';
import { orderedUuid } from '../database/ordered-uuid.js';
import { rows } from '../database/sql.js';
import { changesOfParties, lockParties } from '../parties/party-group.js';
import { recordChanges } from './change-recorder.js';
import type { CaseChange } from './change-recorder.js';
import { insertIntakeJudgments } from './details/intake-judgments.js';
import type { IntakeRow } from './domain/intake-row.js';
import { intakeFingerprint } from './intake-fingerprint.js';
import { IdentifierCheck, storeParties } from './party-store.js';
import { insertDebtParties, insertDebts, insertEntries, insertProofs, insertStops } from './registration-store.js';
import type { NewDebt, NewStop, RegistrationContext } from './registration-store.js';

/** What became of one row: a new debt, one that was already known with the same content, or a refusal. */
export type RegistrationOutcome =
  | { readonly outcome: 'registered' | 'unchanged'; readonly debtId: string }
  | {
      readonly outcome: 'refused';
      readonly code: 'known-with-other-content' | 'identifier-contradicts';
      readonly reason: string;
    };

/**
 * Registers a batch of debts with their parties, cases, ledger entries, stops and proofs, in the caller's transaction. A
 * debt's identity is the source's reference: the same content again changes nothing, other content is refused.
 *
 * @returns one outcome a row, in the order of the rows
 */
export async function registerDebts(
  manager: EntityManager,
  cipher: FieldCipher,
  context: RegistrationContext,
  batch: readonly IntakeRow[],
): Promise<RegistrationOutcome[]> {
  // One intake a jurisdiction at a time: two files with the same debtor would otherwise open two cases.
  await lockParties(manager, context.jurisdictionId);
  const outcomes = new Map<IntakeRow, RegistrationOutcome>();
  const fresh = await separateKnown(manager, cipher, context, batch, outcomes);
  const check = await IdentifierCheck.over(manager, cipher, context, fresh.flatMap(partiesOf));
  const accepted = fresh.filter((debt) => {
    const wrong = check.take(partiesOf(debt));
    if (!wrong) return true;
    const reason = `party ${wrong.reference} is on file with another ${wrong.kind}: two people may share this reference`;
    const refused: RegistrationOutcome = { outcome: 'refused', code: 'identifier-contradicts', reason };
    outcomes.set(debt.row, refused);
    // The same row again in the batch is not known either.
    for (const [row, outcome] of outcomes) {
      if (outcome.outcome === 'unchanged' && outcome.debtId === debt.id) outcomes.set(row, refused);
    }
    return false;
  });
  const parties = await storeParties(manager, cipher, context, accepted.flatMap(partiesOf));
  const cases = await openCases(
    manager,
    context,
    accepted.map(({ row }) => parties.ids.get(row.debtor.sourceReference)!),
  );
  const caseOf = ({ row }: NewDebt) => cases.get(parties.ids.get(row.debtor.sourceReference)!)!;
  await insertDebts(manager, context, accepted, caseOf);
  await insertDebtParties(manager, accepted, parties.ids);
  const stops = await newStops(manager, accepted, caseOf, parties.ids);
  const registered = accepted.map((debt): CaseChange<'concord.debt.registered.v1'> => ({
    caseId: caseOf(debt),
    type: 'concord.debt.registered.v1',
    subjectId: debt.id,
    data: { debtId: debt.id },
  }));
  const versions = await recordChanges(manager, context, [
    ...registered,
    ...stops.map(({ id, caseId }): CaseChange<'concord.stop.placed.v1'> => ({
      caseId,
      type: 'concord.stop.placed.v1',
      subjectId: id,
      data: { stopId: id },
    })),
    ...(await changesOfParties(manager, parties.changed)),
    ...(await changesElsewhere(manager, stops)),
  ]);
  await insertEntries(manager, context, accepted, caseOf, versions);
  await insertStops(manager, context, stops);
  await insertProofs(manager, context, accepted, caseOf);
  await insertIntakeJudgments(manager, context, accepted, parties.ids, versions);
  for (const { row, id } of accepted) outcomes.set(row, { outcome: 'registered', debtId: id });
  return batch.map((row) => outcomes.get(row)!);
}

function partiesOf({ row }: NewDebt): IntakeRow['coDebtors'] {
  return [row.debtor, ...row.coDebtors];
}

async function separateKnown(
  manager: EntityManager,
  cipher: FieldCipher,
  context: RegistrationContext,
  batch: readonly IntakeRow[],
  outcomes: Map<IntakeRow, RegistrationOutcome>,
): Promise<NewDebt[]> {
  const found = await rows<{ id: string; source_reference: string; intake_fingerprint: string }>(
    manager,
    // reference by reference, which `offset 0` keeps: how many rows a list finds is guessed too high while tables are new
    `select d.id, d.source_reference, d.intake_fingerprint
     from unnest($2::text[]) as g (reference)
     cross join lateral (
       select id, source_reference, intake_fingerprint from cases.debt
       where jurisdiction_id = $1 and source_reference = g.reference offset 0) d`,
    [context.jurisdictionId, batch.map(({ sourceReference }) => sourceReference)],
  );
  const known = new Map(
    found.map((debt) => [debt.source_reference, { id: debt.id, fingerprint: debt.intake_fingerprint }]),
  );
  const fresh: NewDebt[] = [];
  for (const row of batch) {
    const fingerprint = intakeFingerprint(cipher, row);
    const before = known.get(row.sourceReference);
    if (!before) {
      const debt = { id: orderedUuid(), row, fingerprint };
      known.set(row.sourceReference, debt);
      fresh.push(debt);
    } else if (before.fingerprint === fingerprint) {
      outcomes.set(row, { outcome: 'unchanged', debtId: before.id });
    } else {
      const reason = `debt ${row.sourceReference} is already registered with other content`;
      outcomes.set(row, { outcome: 'refused', code: 'known-with-other-content', reason });
    }
  }
  return fresh;
}

async function openCases(
  manager: EntityManager,
  context: RegistrationContext,
  debtorIds: readonly string[],
): Promise<Map<string, string>> {
  const distinct = [...new Set(debtorIds)];
  const found = await rows<{ id: string; debtor_id: string }>(
    manager,
    `select c.id, c.debtor_id
     from unnest($1::uuid[]) as g (debtor_id)
     cross join lateral (select id, debtor_id from cases.case_file where debtor_id = g.debtor_id offset 0) c`,
    [distinct],
  );
  const cases = new Map(found.map(({ id, debtor_id }) => [debtor_id, id]));
  // Nobody else opens cases of the jurisdiction meanwhile.
  const opened = distinct
    .filter((debtorId) => !cases.has(debtorId))
    .map((debtorId) => ({ debtorId, id: orderedUuid() }));
  await rows(
    manager,
    `insert into cases.case_file (id, jurisdiction_id, debtor_id, opened_at)
     select id, $1, debtor_id, $4 from unnest($2::uuid[], $3::uuid[]) as o (id, debtor_id)`,
    [context.jurisdictionId, opened.map(({ id }) => id), opened.map(({ debtorId }) => debtorId), context.at],
  );
  opened.forEach(({ debtorId, id }) => cases.set(debtorId, id));
  return cases;
}

/** A source repeats what it knows of a person on each of that person's debts: it is one stop all the same. */
async function newStops(
  manager: EntityManager,
  debts: readonly NewDebt[],
  caseOf: (debt: NewDebt) => string,
  partyIds: ReadonlyMap<string, string>,
): Promise<NewStop[]> {
  const named = debts.flatMap((debt) =>
    debt.row.stops.map((stop): NewStop => {
      // A dispute or a hearing is about this debt; everything else a source tells us here is about the debtor.
      const scope = stop.kind === 'dispute' || stop.kind === 'hearing-pending' ? 'debt' : 'party';
      const subjectId = scope === 'debt' ? debt.id : partyIds.get(debt.row.debtor.sourceReference)!;
      const key = `intake:${subjectId}:${stop.kind}:${stop.startsOn}`;
      return { id: randomUUID(), caseId: caseOf(debt), scope, subjectId, stop, key };
    }),
  );
  if (named.length === 0) return [];
  const known = await rows<{ idempotency_key: string }>(
    manager,
    'select idempotency_key from cases.stop where case_id = any($1) and idempotency_key = any($2)',
    [named.map(({ caseId }) => caseId), named.map(({ key }) => key)],
  );
  const seen = new Set(known.map(({ idempotency_key }) => idempotency_key));
  return named.filter(({ key }) => {
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A stop of a person also reaches what that person owes in other cases, under whatever key the source has them there. */
async function changesElsewhere(manager: EntityManager, stops: readonly NewStop[]): Promise<CaseChange[]> {
  const ofParties = stops.filter(({ scope }) => scope === 'party').map(({ subjectId }) => subjectId);
  const told = new Set(stops.map(({ caseId }) => caseId));
  const changes = await changesOfParties(manager, [...new Set(ofParties)]);
  return changes.filter(({ caseId }) => !told.has(caseId));
}
