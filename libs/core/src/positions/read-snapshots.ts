import type { EntityManager } from 'typeorm';
import type {
  AddressSnapshot,
  DebtSnapshot,
  IdentifierKind,
  IdentifierReference,
  LedgerSnapshot,
  PartySnapshot,
  ReferralSnapshot,
  StopSnapshot,
} from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { byKey, groupBy } from './grouping.js';

interface DebtRow {
  readonly id: string;
  readonly number: string;
  readonly case_id: string;
  readonly version: number;
  readonly source_reference: string;
  readonly type: string;
  readonly arose_from_contract: boolean | null;
  readonly original_creditor_name: string | null;
  readonly original_creditor_classification: string | null;
  readonly incurred_on: string | null;
  readonly delinquent_on: string | null;
  readonly jurisdiction_id: string;
  readonly country: string;
  readonly currency: string;
}

interface PartyRow {
  readonly debt_id: string;
  readonly role: PartySnapshot['role'];
  readonly id: string;
  readonly kind: PartySnapshot['kind'];
  readonly surname: string;
  readonly first_name: string | null;
  readonly middle_name: string | null;
  readonly generation: string | null;
  readonly telephone: string | null;
  readonly address: AddressSnapshot | null;
  readonly identifiers: Partial<Record<IdentifierKind, string>> | null;
}

interface StopRow {
  readonly debt_id: string;
  readonly id: string;
  readonly kind: StopSnapshot['kind'];
  readonly starts_on: string;
  readonly ends_on: string | null;
  readonly details: StopSnapshot['details'];
  readonly party_id: string | null;
}

interface LedgerRow {
  readonly debt_id: string;
  readonly assessed_minor: number;
  readonly interest_minor: number;
  readonly fees_minor: number;
  readonly paid_minor: number;
  readonly adjusted_minor: number;
  readonly written_off_minor: number;
  readonly balance_minor: number;
  readonly settled: boolean;
}

/**
 * Reads debts as rules and plugins see them, for a whole batch in one query a kind of fact. The case's version is read
 * first: if anything changes meanwhile, the version is too old, and the position is judged again before it is released.
 *
 * @param connectorId whose referral counts
 */
export async function readSnapshots(
  manager: EntityManager,
  connectorId: string,
  debtIds: readonly string[],
): Promise<DebtSnapshot[]> {
  const debts = await readDebts(manager, debtIds);
  const parties = groupBy(await readParties(manager, debtIds), (row) => row.debt_id);
  const ledgers = byKey(await readLedgers(manager, debtIds), (row) => row.debt_id);
  const payments = byKey(await readLastPayments(manager, debtIds), (row) => row.debt_id);
  const stops = groupBy(await readStops(manager, debtIds), (row) => row.debt_id);
  const referrals = byKey(await readReferrals(manager, connectorId, debtIds), (row) => row.debt_id);
  return debts.map((debt): DebtSnapshot => {
    const payment = payments.get(debt.id);
    return {
      caseId: debt.case_id,
      caseVersion: debt.version,
      jurisdiction: { id: debt.jurisdiction_id, country: debt.country, currency: debt.currency },
      debt: {
        id: debt.id,
        number: debt.number,
        sourceReference: debt.source_reference,
        type: debt.type,
        aroseFromContract: debt.arose_from_contract,
        originalCreditor:
          debt.original_creditor_name === null
            ? null
            : { name: debt.original_creditor_name, classification: debt.original_creditor_classification ?? '' },
        incurredOn: debt.incurred_on,
        delinquentOn: debt.delinquent_on,
      },
      parties: (parties.get(debt.id) ?? []).map(party),
      ledger: ledger(
        ledgers.get(debt.id),
        payment ? { on: payment.effective_on, amountMinor: payment.amount_minor } : null,
      ),
      stops: (stops.get(debt.id) ?? []).map(stop),
      referral: referral(referrals.get(debt.id)),
    };
  });
}

function readDebts(manager: EntityManager, debtIds: readonly string[]): Promise<DebtRow[]> {
  return rows<DebtRow>(
    manager,
    `select d.id, d.number, d.case_id, c.version, d.source_reference, d.type, d.arose_from_contract,
            d.original_creditor_name, d.original_creditor_classification, d.incurred_on, d.delinquent_on,
            d.jurisdiction_id, j.country, d.currency
     from cases_v1.debt d
     join cases_v1.case_file c on c.id = d.case_id
     join cases_v1.jurisdiction j on j.id = d.jurisdiction_id
     where d.id = any($1) order by d.number`,
    [debtIds],
  );
}

function readParties(manager: EntityManager, debtIds: readonly string[]): Promise<PartyRow[]> {
  return rows<PartyRow>(
    manager,
    `select p.*, i.identifiers
     from cases_v1.debt_party p
     left join lateral (
       select jsonb_object_agg(kind, id) as identifiers from cases_v1.party_identifier where party_id = p.id
     ) i on true
     where p.debt_id = any($1) order by p.debt_id, p.role <> 'debtor', p.id`,
    [debtIds],
  );
}

function readLedgers(manager: EntityManager, debtIds: readonly string[]): Promise<LedgerRow[]> {
  return rows<LedgerRow>(manager, 'select * from cases_v1.ledger_sum where debt_id = any($1)', [debtIds]);
}

function readLastPayments(manager: EntityManager, debtIds: readonly string[]) {
  return rows<{ debt_id: string; effective_on: string; amount_minor: number }>(
    manager,
    `select distinct on (debt_id) debt_id, effective_on, amount_minor from cases_v1.payment
     where debt_id = any($1) order by debt_id, effective_on desc, recorded_at desc`,
    [debtIds],
  );
}

function readStops(manager: EntityManager, debtIds: readonly string[]): Promise<StopRow[]> {
  return rows<StopRow>(
    manager,
    `with debts as (select id, case_id from cases_v1.debt where id = any($1)),
     reached as (
       select d.id as debt_id, s.*, null::uuid as party_id
       from debts d join cases_v1.stop s on (s.scope = 'case' and s.subject_id = d.case_id)
       union all
       select d.id, s.*, null::uuid
       from debts d join cases_v1.stop s on (s.scope = 'debt' and s.subject_id = d.id)
       union all
       select p.debt_id, s.*, p.id
       from cases_v1.debt_party p join cases_v1.stop s on (s.scope = 'party' and s.subject_id = p.id)
       where p.debt_id = any($1))
     select debt_id, id, kind, starts_on, ends_on, details, party_id
     from reached where lifted_on is null order by debt_id, starts_on, id`,
    [debtIds],
  );
}

function readReferrals(manager: EntityManager, connectorId: string, debtIds: readonly string[]) {
  return rows<{ debt_id: string; id: string; made_on: string; cap_minor: number | null; expires_on: string | null }>(
    manager,
    `select distinct on (debt_id) debt_id, id, made_on, cap_minor, expires_on from cases_v1.referral
     where debt_id = any($1) and connector_id = $2 and withdrawn_on is null order by debt_id, made_on desc`,
    [debtIds, connectorId],
  );
}

function party(row: PartyRow): PartySnapshot {
  const references = Object.entries(row.identifiers ?? {}).map(([kind, id]): [string, IdentifierReference] => [
    kind,
    { identifier: id },
  ]);
  return {
    id: row.id,
    role: row.role,
    kind: row.kind,
    surname: row.surname,
    firstName: row.first_name,
    middleName: row.middle_name,
    generation: row.generation,
    address: row.address,
    telephone: row.telephone,
    identifiers: Object.fromEntries(references),
  };
}

function stop(row: StopRow): StopSnapshot {
  return {
    id: row.id,
    kind: row.kind,
    partyId: row.party_id,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    details: row.details,
  };
}

function ledger(row: LedgerRow | undefined, lastPayment: LedgerSnapshot['lastPayment']): LedgerSnapshot {
  return {
    assessedMinor: row?.assessed_minor ?? 0,
    interestMinor: row?.interest_minor ?? 0,
    feesMinor: row?.fees_minor ?? 0,
    paidMinor: row?.paid_minor ?? 0,
    adjustedMinor: row?.adjusted_minor ?? 0,
    writtenOffMinor: row?.written_off_minor ?? 0,
    balanceMinor: row?.balance_minor ?? 0,
    settled: row?.settled ?? false,
    lastPayment,
  };
}

function referral(
  row: { id: string; made_on: string; cap_minor: number | null; expires_on: string | null } | undefined,
): ReferralSnapshot | null {
  return row ? { id: row.id, madeOn: row.made_on, capMinor: row.cap_minor, expiresOn: row.expires_on } : null;
}
