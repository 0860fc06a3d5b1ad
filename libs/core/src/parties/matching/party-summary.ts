import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';

/** What a person needs to know a party by in a list. */
export interface PartySummary {
  readonly id: string;
  readonly number: number;
  readonly jurisdictionId: string;
  readonly sourceReference: string;
  readonly kind: 'person' | 'business';
  readonly surname: string;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly generation: string | null;
  readonly address: unknown;
  readonly telephone: string | null;
  /** The party that stands for it; null where it is no duplicate. */
  readonly mergedInto: string | null;
  /** Debts in which it has a part, its duplicates' among them. */
  readonly debts: number;
}

/** The columns of {@link PartySummary}, of the party `p`. */
export const SUMMARY = `
  p.id, p.number, p.jurisdiction_id as "jurisdictionId", p.source_reference as "sourceReference", p.kind, p.surname,
  p.first_name as "firstName", p.middle_name as "middleName", p.generation, t.address, t.telephone,
  p.merged_into as "mergedInto",
  (select count(distinct dp.debt_id) from cases.party_same s join cases.debt_party dp on dp.party_id = s.same_id
   where s.party_id = p.id) as debts`;

/** Where these columns come from. */
export const SUMMARISED = 'cases.party p join cases.party_told t on t.id = p.id';

/** @returns by party */
export async function readSummaries(on: Queryable, partyIds: readonly string[]): Promise<Map<string, PartySummary>> {
  const found = await rows<PartySummary>(on, `select ${SUMMARY} from ${SUMMARISED} where p.id = any($1)`, [
    [...new Set(partyIds)],
  ]);
  return new Map(found.map((party) => [party.id, party]));
}
