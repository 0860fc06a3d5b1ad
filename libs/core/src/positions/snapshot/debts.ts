import type { EntityManager } from 'typeorm';
import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';

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
}

/** Reads debts with the versions of their cases, by number. */
export async function readDebts(manager: EntityManager, debtIds: readonly string[]): Promise<DebtFacts[]> {
  const found = await rows<DebtRow>(
    manager,
    `select d.id, d.number, d.case_id, c.version, d.source_reference, d.type, d.arose_from_contract,
            d.original_creditor_name, d.original_creditor_classification, d.incurred_on, d.delinquent_on,
            d.itemised_on, d.jurisdiction_id, j.country, d.currency
     from cases_v1.debt d
     join cases_v1.case_file c on c.id = d.case_id
     join cases_v1.jurisdiction j on j.id = d.jurisdiction_id
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
    },
    itemisedOn: row.itemised_on,
  }));
}
