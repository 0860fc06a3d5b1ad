import type { EntityManager } from 'typeorm';
import { orderedUuid } from '../database/ordered-uuid.js';
import { rows } from '../database/sql.js';
import type { ChangeContext } from './change-recorder.js';
import type { IntakeRow } from './domain/intake-row.js';

/** Who registers debts, for which office, and from where. */
export interface RegistrationContext extends ChangeContext {
  /** Where the rows come from, kept with every ledger entry: `import:<id>`, `api`. */
  readonly source: string;
  /** When the strategies should look at a debt first; null for never. */
  readonly firstReviewOn: (row: IntakeRow) => string | null;
}

/** A debt that is about to be stored, with the keyed digest of what the source said of it. */
export interface NewDebt {
  readonly id: string;
  readonly row: IntakeRow;
  readonly fingerprint: string;
}

/** A stop that came with a debt and is not on file yet. */
export interface NewStop {
  readonly id: string;
  readonly caseId: string;
  readonly scope: 'debt' | 'party';
  readonly subjectId: string;
  readonly stop: IntakeRow['stops'][number];
  readonly key: string;
}

/** Inserts debts in one statement; `caseOf` gives the case that each belongs to. */
export async function insertDebts(
  manager: EntityManager,
  context: RegistrationContext,
  debts: readonly NewDebt[],
  caseOf: (debt: NewDebt) => string,
): Promise<void> {
  const columns = debts.map((debt) => ({
    id: debt.id,
    case_id: caseOf(debt),
    source_reference: debt.row.sourceReference,
    type: debt.row.type,
    arose_from_contract: debt.row.aroseFromContract,
    original_creditor_name: debt.row.originalCreditor?.name ?? null,
    original_creditor_classification: debt.row.originalCreditor?.classification ?? null,
    incurred_on: debt.row.incurredOn,
    delinquent_on: debt.row.delinquentOn,
    itemised_on: debt.row.itemisedOn,
    currency: debt.row.currency,
    intake_fingerprint: debt.fingerprint,
    intake_effect_minor: debt.row.entries.reduce(
      (sum, { kind, amountMinor }) => sum + (kind === 'payment' ? -amountMinor : amountMinor),
      0,
    ),
    strategy_review_on: context.firstReviewOn(debt.row),
    due_on: debt.row.dueOn,
  }));
  await rows(
    manager,
    `insert into cases.debt (id, case_id, jurisdiction_id, source_reference, type, arose_from_contract,
       original_creditor_name, original_creditor_classification, incurred_on, delinquent_on, itemised_on, currency,
       intake_fingerprint, intake_effect_minor, registered_at, strategy_review_on, due_on)
     select id, case_id, $2, source_reference, type, arose_from_contract, original_creditor_name,
       original_creditor_classification, incurred_on, delinquent_on, itemised_on, currency, intake_fingerprint,
       intake_effect_minor, $3, strategy_review_on, due_on
     from jsonb_to_recordset($1::jsonb) as d (id uuid, case_id uuid, source_reference text, type text,
       arose_from_contract boolean, original_creditor_name text, original_creditor_classification text,
       incurred_on date, delinquent_on date, itemised_on date, currency text, intake_fingerprint text,
       intake_effect_minor bigint, strategy_review_on date, due_on date)`,
    [JSON.stringify(columns), context.jurisdictionId, context.at],
  );
}

/** Ties debts to who owes them, by the ids that the sources' references came to. */
export async function insertDebtParties(
  manager: EntityManager,
  debts: readonly NewDebt[],
  partyIds: ReadonlyMap<string, string>,
): Promise<void> {
  const columns = debts.flatMap(({ id, row }) => [
    { debt_id: id, party_id: partyIds.get(row.debtor.sourceReference), role: 'debtor' },
    ...row.coDebtors.map((party) => ({
      debt_id: id,
      party_id: partyIds.get(party.sourceReference),
      role: 'co-debtor',
    })),
  ]);
  await rows(
    manager,
    `insert into cases.debt_party (debt_id, party_id, role)
     select debt_id, party_id, role from jsonb_to_recordset($1::jsonb) as p (debt_id uuid, party_id uuid, role text)`,
    [JSON.stringify(columns)],
  );
}

/** Inserts the ledger entries that debts came with, each under the version of its debt's registration. */
export async function insertEntries(
  manager: EntityManager,
  context: RegistrationContext,
  debts: readonly NewDebt[],
  caseOf: (debt: NewDebt) => string,
  versions: readonly number[],
): Promise<void> {
  const columns = debts.flatMap((debt, index) =>
    debt.row.entries.map((entry) => ({
      id: orderedUuid(),
      debt_id: debt.id,
      case_id: caseOf(debt),
      case_version: versions[index],
      kind: entry.kind,
      amount_minor: entry.amountMinor,
      currency: debt.row.currency,
      effective_on: entry.on,
      reference: entry.reference,
      idempotency_key: `intake:${entry.reference}`,
    })),
  );
  await rows(
    manager,
    `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on,
       source, reference, idempotency_key, actor, recorded_at)
     select id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, $2, reference,
       idempotency_key, $3, $4
     from jsonb_to_recordset($1::jsonb) as e (id uuid, debt_id uuid, case_id uuid, case_version bigint, kind text,
       amount_minor bigint, currency text, effective_on date, reference text, idempotency_key text)`,
    [JSON.stringify(columns), context.source, context.actor, context.at],
  );
}

/** Inserts stops in one statement. */
export async function insertStops(
  manager: EntityManager,
  context: RegistrationContext,
  stops: readonly NewStop[],
): Promise<void> {
  if (stops.length === 0) return;
  const columns = stops.map(({ id, caseId, scope, subjectId, stop, key }) => ({
    id,
    case_id: caseId,
    scope,
    subject_id: subjectId,
    kind: stop.kind,
    starts_on: stop.startsOn,
    ends_on: stop.endsOn,
    details: stop.details,
    idempotency_key: key,
  }));
  await rows(
    manager,
    `insert into cases.stop (id, case_id, scope, subject_id, kind, starts_on, ends_on, details, source,
       idempotency_key, actor, recorded_at)
     select id, case_id, scope, subject_id, kind, starts_on, ends_on, details, $2, idempotency_key, $3, $4
     from jsonb_to_recordset($1::jsonb) as s (id uuid, case_id uuid, scope text, subject_id uuid, kind text,
       starts_on date, ends_on date, details jsonb, idempotency_key text)`,
    [JSON.stringify(columns), context.source, context.actor, context.at],
  );
}

/** Inserts the proofs that debts came with. They are part of what the debt was registered as, and tell nothing by themselves. */
export async function insertProofs(
  manager: EntityManager,
  context: RegistrationContext,
  debts: readonly NewDebt[],
  caseOf: (debt: NewDebt) => string,
): Promise<void> {
  const columns = debts.flatMap((debt) =>
    debt.row.proofs.map((proof, index) => ({
      id: orderedUuid(),
      case_id: caseOf(debt),
      debt_id: debt.id,
      kind: proof.kind,
      happened_on: proof.on,
      reference: proof.reference,
      idempotency_key: `intake:${index + 1}`,
    })),
  );
  if (columns.length === 0) return;
  await rows(
    manager,
    `insert into cases.proof (id, case_id, debt_id, kind, happened_on, reference, idempotency_key, actor, recorded_at)
     select id, case_id, debt_id, kind, happened_on, reference, idempotency_key, $2, $3
     from jsonb_to_recordset($1::jsonb) as p (id uuid, case_id uuid, debt_id uuid, kind text, happened_on date,
       reference text, idempotency_key text)`,
    [JSON.stringify(columns), context.actor, context.at],
  );
}
