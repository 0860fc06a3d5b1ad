import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { ChangeContext } from '../change-recorder.js';
import type { JudgmentTerms } from '../domain/judgment.js';

/** A judgment to be written, under the version of its case that its entry made. */
export interface NewJudgment {
  readonly id: string;
  /** Of the first step of its history. */
  readonly stepId: string;
  readonly debtId: string;
  readonly caseVersion: number;
  readonly terms: JudgmentTerms;
  /** Ids of the parties whom it binds. */
  readonly against: readonly string[];
  readonly proof: string | null;
  /** Unique in the debt. */
  readonly key: string;
}

/** Inserts judgments with whom they bind and the first step of their history, in one statement each. */
export async function insertJudgments(
  manager: EntityManager,
  context: Pick<ChangeContext, 'actor' | 'at'>,
  source: string,
  judgments: readonly NewJudgment[],
): Promise<void> {
  if (judgments.length === 0) return;
  await rows(
    manager,
    `insert into cases.judgment (id, debt_id, court, case_number, entered_on, principal_minor, interest_minor,
       fees_minor, costs_minor, yearly_percent, enforceable_until, idempotency_key)
     select id, "debtId", court, "caseNumber", "enteredOn", "principalMinor", "interestMinor", "feesMinor",
            "costsMinor", "yearlyPercent", "enforceableUntil", key
     from jsonb_to_recordset($1::jsonb) as j (id uuid, "debtId" uuid, court text, "caseNumber" text, "enteredOn" date,
       "principalMinor" bigint, "interestMinor" bigint, "feesMinor" bigint, "costsMinor" bigint, "yearlyPercent" text,
       "enforceableUntil" date, key text)`,
    [JSON.stringify(judgments.map(({ terms, ...judgment }) => ({ ...terms, ...judgment })))],
  );
  await rows(
    manager,
    `insert into cases.judgment_party (judgment_id, party_id)
     select distinct judgment_id, party_id from jsonb_to_recordset($1::jsonb) as p (judgment_id uuid, party_id uuid)`,
    [
      JSON.stringify(
        judgments.flatMap(({ id, against }) => against.map((party_id) => ({ judgment_id: id, party_id }))),
      ),
    ],
  );
  await rows(
    manager,
    `insert into cases.judgment_step (id, judgment_id, case_version, kind, happened_on, enforceable_until, source,
       proof, idempotency_key, actor, recorded_at)
     select id, judgment_id, case_version, 'entered', entered_on, enforceable_until, $2, proof, key, $3, $4
     from jsonb_to_recordset($1::jsonb) as s (id uuid, judgment_id uuid, case_version bigint, entered_on date,
       enforceable_until date, proof text, key text)`,
    [
      JSON.stringify(
        judgments.map(({ id, stepId, caseVersion, terms, proof, key }) => ({
          ...{ id: stepId, judgment_id: id, case_version: caseVersion, entered_on: terms.enteredOn },
          ...{ enforceable_until: terms.enforceableUntil, proof, key },
        })),
      ),
      source,
      context.actor,
      context.at,
    ],
  );
}
