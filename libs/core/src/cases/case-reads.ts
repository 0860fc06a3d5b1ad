import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { Bucket, EntryKind } from './domain/ledger/entry.js';
import { reachingStops } from './reaching-stops.sql.js';

const DEBT = `
  select d.id, d.number, d.jurisdiction_id as "jurisdictionId", d.case_id as "caseId", c.version as "caseVersion",
         d.source_reference as "sourceReference", d.type, d.arose_from_contract as "aroseFromContract",
         d.original_creditor_name as "originalCreditorName", d.incurred_on as "incurredOn",
         d.delinquent_on as "delinquentOn", d.itemised_on as "itemisedOn", d.currency,
         coalesce((select sum(effect_minor) from cases.ledger_entry e where e.debt_id = d.id), 0) as "balanceMinor",
         d.due_on as "dueOn"
  from cases.debt d join cases.case_file c on c.id = d.case_id`;

export interface DebtView {
  readonly id: string;
  readonly number: number;
  readonly jurisdictionId: string;
  readonly caseId: string;
  readonly caseVersion: number;
  readonly sourceReference: string;
  readonly type: string;
  readonly aroseFromContract: boolean | null;
  readonly originalCreditorName: string | null;
  readonly incurredOn: string | null;
  readonly delinquentOn: string | null;
  readonly itemisedOn: string | null;
  readonly currency: string;
  readonly balanceMinor: number;
  readonly dueOn: string | null;
}

export interface DebtFilter {
  readonly jurisdiction?: string | undefined;
  readonly type?: string | undefined;
  readonly sourceReference?: string | undefined;
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

const PAGE = 100;
const LARGEST_PAGE = 1000;

/** Debts by number, a page at a time. */
export function listDebts(gateway: DataSource, filter: DebtFilter): Promise<DebtView[]> {
  return rows<DebtView>(
    gateway,
    `${DEBT} where ($1::text is null or d.jurisdiction_id = $1) and ($2::text is null or d.type = $2)
       and ($3::text is null or d.source_reference = $3) and d.number > $4 order by d.number limit $5`,
    [
      filter.jurisdiction ?? null,
      filter.type ?? null,
      filter.sourceReference ?? null,
      filter.after ?? 0,
      Math.min(filter.limit ?? PAGE, LARGEST_PAGE),
    ],
  );
}

/** One debt with its parties; identifiers are named by kind and never shown. */
export async function readDebt(gateway: DataSource, id: string) {
  const [debt] = await rows<DebtView>(gateway, `${DEBT} where d.id = $1`, [id]);
  if (!debt) throw new Refusal('debt-unknown', `no debt has the id ${id}`);
  const parties = await rows(
    gateway,
    `select * from (
       select distinct on (p.id) p.id, p.number, dp.role, p.kind, p.source_reference as "sourceReference", p.surname,
              p.first_name as "firstName", t.address, t.telephone,
              array(select distinct i.kind from cases.party_same s join cases.party_identifier i on i.party_id = s.same_id
                    where s.party_id = p.id order by 1) as identifiers
       from cases.debt_party dp
       join cases.party filed on filed.id = dp.party_id
       join cases.party p on p.id = coalesce(filed.merged_into, filed.id)
       join cases.party_told t on t.id = p.id
       where dp.debt_id = $1
       order by p.id, case dp.role when 'debtor' then 0 when 'co-debtor' then 1 else 2 end) one
     order by role <> 'debtor', "sourceReference"`,
    [id],
  );
  return { ...debt, parties };
}

/** An entry of a ledger as the API shows it. Amounts in minor units. */
export interface LedgerEntryView {
  readonly id: string;
  readonly kind: EntryKind;
  readonly amountMinor: number;
  /** What it does to the balance. */
  readonly effectMinor: number;
  readonly currency: string;
  readonly effectiveOn: string;
  readonly bookedOn: string | null;
  readonly source: string;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly reverses: string | null;
  /** The kind of what a reversal undoes. */
  readonly reversesKind: EntryKind | null;
  readonly bucket: Bucket | null;
  readonly caseVersion: number;
  readonly actor: string;
  readonly recordedAt: Date;
}

/** Entries of a debt in the order in which they were posted. */
export function readLedger(gateway: DataSource, debtId: string): Promise<LedgerEntryView[]> {
  return rows<LedgerEntryView>(
    gateway,
    `select id, kind, amount_minor as "amountMinor", effect_minor as "effectMinor", currency, bucket,
            case when kind = 'reversal' then coalesce(reverses_kind, 'payment') end as "reversesKind",
            effective_on as "effectiveOn", booked_on as "bookedOn", source, reference, reason, reverses, case_version as "caseVersion", actor,
            recorded_at as "recordedAt"
     from cases.ledger_entry where debt_id = $1 order by case_version, kind, id`,
    [debtId],
  );
}

/** Proofs of a debt, the oldest first; those that were recorded in error with who withdrew them, when and why. */
export function listProofs(gateway: DataSource, debtId: string) {
  return rows(
    gateway,
    `select p.id, p.kind, p.happened_on as "on", p.reference, p.notice_kind as "noticeKind", p.subject, p.method,
            p.tracking_number as "trackingNumber", p.returned_reason as "returnedReason", p.outcome,
            p.document_id as "documentId", p.actor, p.recorded_at as "recordedAt", w.actor as "withdrawnBy",
            w.recorded_at as "withdrawnAt", w.reason as "withdrawnReason"
     from cases.proof p left join cases.proof_withdrawal w on w.proof_id = p.id
     where p.debt_id = $1 order by p.happened_on, p.recorded_at, p.id`,
    [debtId],
  );
}

/**
 * Stops that reach a debt: its own, its case's, and those of its parties; `partyId` is whom it protects, if not the debtor.
 * `detailChanges` are what became of its details, the oldest first.
 */
export function listStops(gateway: DataSource, debtId: string) {
  return rows(
    gateway,
    `select s.id, s.scope, s.subject_id as "subjectId", s.kind, s.starts_on as "startsOn", s.ends_on as "endsOn",
            s.lifted_on as "liftedOn", s.details, s.source, s.proof, r.party_id as "partyId",
            s.follows, s.actor, s.recorded_at as "recordedAt",
            coalesce((
              select jsonb_agg(jsonb_build_object('before', c.before, 'after', c.after, 'reason', c.reason,
                       'source', c.source, 'proof', c.proof, 'actor', c.actor, 'recordedAt', c.recorded_at) order by c.number)
              from cases.stop_detail_change c where c.stop_id = s.id), '[]') as "detailChanges"
     from (select distinct stop_id, case when of_debtor then null else party_id end as party_id
           from (${reachingStops('(select id, case_id from cases.debt where id = $1)')}) reached) r
     join cases.stop s on s.id = r.stop_id
     order by s.recorded_at, s.id`,
    [debtId],
  );
}

export function listReferrals(gateway: DataSource, debtId: string) {
  return rows(
    gateway,
    `select id, act, connector_id as "connectorId", made_by as "madeBy", strategy_id as "strategyId",
            cap_minor as "capMinor", made_on as "madeOn", expires_on as "expiresOn", withdrawn_on as "withdrawnOn",
            withdrawn_reason as "withdrawnReason", actor, recorded_at as "recordedAt",
            strategy_version as "strategyVersion", end_kind as "endKind"
     from cases.referral where debt_id = $1 order by recorded_at, id`,
    [debtId],
  );
}

export function listJurisdictions(gateway: DataSource) {
  return rows(
    gateway,
    `select j.id, j.title, j.country, j.currency, j.time_zone as "timeZone", j.last_day as "lastDay",
            case when s.jurisdiction_id is not null then
              jsonb_build_object('actor', s.actor, 'reason', s.reason, 'since', s.since) end as "adverseStop"
     from cases.jurisdiction j left join exchange_v1.adverse_stop s on s.jurisdiction_id = j.id order by j.id`,
  );
}
