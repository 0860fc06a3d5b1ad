import type { DataSource } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import type { DebtDate } from '../domain/debt-dates.js';
import type { JudgmentState, JudgmentTerms } from '../domain/judgment.js';

/** A debt by itself, with the dates that rules read. */
export interface DebtFactsView {
  readonly debtId: string;
  readonly jurisdictionId: string;
  readonly country: string;
  readonly typeCode: string;
  readonly sourceReference: string;
  readonly aroseFromContract: boolean | null;
  readonly incurredOn: IsoDate | null;
  readonly dueOn: IsoDate | null;
  readonly delinquentOn: IsoDate | null;
  readonly itemisedOn: IsoDate | null;
  /** The day of the last payment that was not taken back; it follows from the ledger. */
  readonly lastPaymentOn: IsoDate | null;
}

/** A date that was changed. */
export interface DateChangeView {
  readonly date: DebtDate;
  readonly before: IsoDate | null;
  readonly after: IsoDate | null;
  readonly reason: string;
  readonly source: string;
  readonly actor: string;
  readonly recordedAt: Date;
}

/** A judgment with everything that happened to it, the oldest first. Amounts in minor units. */
export interface JudgmentView extends JudgmentTerms {
  readonly id: string;
  readonly state: JudgmentState;
  readonly endedOn: IsoDate | null;
  /** Ids of the parties whom it binds; of duplicates, of the party that stands for them. */
  readonly against: readonly string[];
  readonly history: readonly {
    readonly kind: string;
    readonly on: IsoDate;
    readonly enforceableUntil: IsoDate | null;
    readonly reason: string | null;
    readonly source: string;
    readonly proof: string | null;
    readonly actor: string;
    readonly recordedAt: string;
  }[];
}

/** @throws Refusal `debt-unknown` */
export async function readDebtFacts(gateway: DataSource, debtId: string): Promise<DebtFactsView> {
  const [facts] = await rows<DebtFactsView>(
    gateway,
    `select d.id as "debtId", d.jurisdiction_id as "jurisdictionId", j.country, d.type as "typeCode",
            d.source_reference as "sourceReference", d.arose_from_contract as "aroseFromContract",
            d.incurred_on as "incurredOn", d.due_on as "dueOn", d.delinquent_on as "delinquentOn",
            d.itemised_on as "itemisedOn",
            (select max(p.effective_on) from cases.ledger_entry p
             where p.debt_id = d.id and p.kind = 'payment'
               and (select r.id from cases.ledger_entry r where r.reverses = p.id) is null) as "lastPaymentOn"
     from cases.debt d join cases.jurisdiction j on j.id = d.jurisdiction_id where d.id = $1`,
    [debtId],
  );
  if (!facts) throw new Refusal('debt-unknown', `no debt has the id ${debtId}`);
  return facts;
}

/** What the dates of a debt were, the oldest change first. */
export function listDateChanges(gateway: DataSource, debtId: string): Promise<DateChangeView[]> {
  return rows<DateChangeView>(
    gateway,
    `select date_kind as date, before, after, reason, source, actor, recorded_at as "recordedAt"
     from cases.debt_date_change where debt_id = $1 order by case_version, date_kind`,
    [debtId],
  );
}

/** The judgments on a debt, the newest first. */
export function listJudgments(gateway: DataSource, debtId: string): Promise<JudgmentView[]> {
  return rows<JudgmentView>(
    gateway,
    `select j.id, j.state, j.court, j.case_number as "caseNumber", j.entered_on as "enteredOn",
            j.principal_minor as "principalMinor", j.interest_minor as "interestMinor", j.fees_minor as "feesMinor",
            j.costs_minor as "costsMinor", j.yearly_percent as "yearlyPercent",
            j.enforceable_until as "enforceableUntil", j.ended_on as "endedOn",
            array(select distinct coalesce(q.merged_into, q.id)::text
                  from cases.judgment_party p join cases.party q on q.id = p.party_id
                  where p.judgment_id = j.id order by 1) as against,
            (select jsonb_agg(jsonb_build_object('kind', s.kind, 'on', s.happened_on,
                      'enforceableUntil', s.enforceable_until, 'reason', s.reason, 'source', s.source,
                      'proof', s.proof, 'actor', s.actor, 'recordedAt', s.recorded_at) order by s.case_version)
             from cases.judgment_step s where s.judgment_id = j.id) as history
     from cases.judgment j where j.debt_id = $1 order by j.entered_on desc, j.id`,
    [debtId],
  );
}
