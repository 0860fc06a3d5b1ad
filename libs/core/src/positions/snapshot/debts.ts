import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { DEBT_TYPES } from '../../cases/domain/debt-types.js';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';

/** A debt by itself: what the snapshot holds that is no list and no sum. */
export interface DebtFacts extends Pick<DebtSnapshot, 'caseId' | 'caseVersion' | 'jurisdiction' | 'debt'> {
  readonly itemisedOn: IsoDate | null;
}

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
  readonly itemised_on: string | null;
  readonly jurisdiction_id: string;
  readonly country: string;
  readonly currency: string;
  readonly due_on: string | null;
  readonly judgment_on: string | null;
  readonly judgment_until: string | null;
  readonly own_family: string | null;
}

const FAMILIES: ReadonlyMap<string, string> = new Map(DEBT_TYPES.map(({ code, family }) => [code, family]));

/** Reads debts with the versions of their cases, by number. An office's own types come before those of Concord. */
export async function readDebts(on: Queryable, debtIds: readonly string[]): Promise<DebtFacts[]> {
  const found = await rows<DebtRow>(
    on,
    `select d.id, d.number, d.case_id, c.version, d.source_reference, d.type, d.arose_from_contract,
            d.original_creditor_name, d.original_creditor_classification, d.incurred_on, d.delinquent_on,
            d.itemised_on, d.jurisdiction_id, j.country, d.currency, d.due_on, g.entered_on as judgment_on,
            g.enforceable_until as judgment_until,
            -- null stands there for an office that has no types of its own
            (select t->>'family' from jsonb_array_elements(case jsonb_typeof(j.configuration->'debtTypes')
               when 'array' then j.configuration->'debtTypes' else '[]' end) t
             where t->>'code' = d.type) as own_family
     from cases_v1.debt d
     join cases_v1.case_file c on c.id = d.case_id
     join cases_v1.jurisdiction j on j.id = d.jurisdiction_id
     left join cases_v1.judgment g on g.debt_id = d.id and g.state = 'in-force'
     where d.id = any($1) order by length(d.number), d.number`,
    [debtIds],
  );
  return found.map((row) => ({
    caseId: row.case_id,
    caseVersion: row.version,
    jurisdiction: { id: row.jurisdiction_id, country: row.country, currency: row.currency },
    debt: {
      id: row.id,
      number: row.number,
      sourceReference: row.source_reference,
      type: row.type,
      aroseFromContract: row.arose_from_contract,
      originalCreditor:
        row.original_creditor_name === null
          ? null
          : { name: row.original_creditor_name, classification: row.original_creditor_classification ?? '' },
      incurredOn: row.incurred_on,
      delinquentOn: row.delinquent_on,
      family: row.own_family ?? FAMILIES.get(row.type) ?? null,
      dueOn: row.due_on,
      judgmentOn: row.judgment_on,
      judgmentUntil: row.judgment_until,
    },
    itemisedOn: row.itemised_on,
  }));
}
