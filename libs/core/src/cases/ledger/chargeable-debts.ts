import type { EntityManager } from 'typeorm';
import type { Jurisdiction } from '../../configuration/jurisdiction-file.js';
import { rows } from '../../database/sql.js';
import type { ChargeableDebt } from '../domain/charges/charges-to-post.js';
import type { ChargeRule } from '../domain/charges/charge-rule.js';
import type { FrozenPeriod } from '../domain/interest/terms.js';
import { readFrozen } from './interest-freezes.js';
import { readEntries } from './ledger-store.js';
import { byDebt, stoppedPeriods } from './stopped-periods.js';

/** A debt that has a first day of delinquency, from which charges by rule are counted. */
export interface ChargeableRow {
  readonly id: string;
  readonly number: number;
  readonly case_id: string;
  readonly currency: string;
  readonly type: string;
  readonly incurred_on: string | null;
  readonly delinquent_on: string;
  /** The office's date when it was registered. */
  readonly taken_in_on: string;
}

/** All of them, to be narrowed by conditions on `d`. */
export const CHARGEABLE = `
  select d.id, d.number, d.case_id, d.currency, d.type, d.incurred_on, d.delinquent_on,
         (d.registered_at at time zone j.time_zone)::date as taken_in_on
  from cases.debt d join cases.jurisdiction j on j.id = d.jurisdiction_id
  where d.delinquent_on is not null`;

/** A debt with all that decides on its charges. */
export interface ChargeableCase {
  readonly row: ChargeableRow;
  readonly debt: ChargeableDebt;
  /** Days on which a rule charges nothing. */
  readonly frozen: (rule: Pick<ChargeRule, 'id'>) => readonly FrozenPeriod[];
}

/** Reads debts in a fixed number of statements and one a rule, in the transaction that holds the locks of their cases. */
export async function readChargeable(
  manager: EntityManager,
  { allocation, interest }: Jurisdiction['ledger'],
  rules: readonly ChargeRule[],
  debtIds: readonly string[],
): Promise<ChargeableCase[]> {
  const debts = await rows<ChargeableRow>(manager, `${CHARGEABLE} and d.id = any($1) order by d.number`, [debtIds]);
  const ledgers = await readEntries(manager, debtIds);
  const terms = new Map(interest.flatMap((each) => each.debtTypes.map((type) => [type, each] as const)));
  const withoutInterest = await readFrozen(manager, debtIds, kindsByType(interest));
  const frozenOf = new Map<string, ReadonlyMap<string, FrozenPeriod[]>>();
  for (const rule of rules) {
    frozenOf.set(rule.id, byDebt(await stoppedPeriods(manager, debtIds, kindsByType([rule]))));
  }
  return debts.map((row) => {
    const bears = terms.get(row.type);
    const startsOn = bears?.startsOn === 'incurred' ? row.incurred_on : row.delinquent_on;
    const bearing = bears !== undefined && startsOn !== null;
    const debt: ChargeableDebt = {
      ...{ entries: ledgers.get(row.id) ?? [], orders: allocation },
      ...{ delinquentOn: row.delinquent_on, takenInOn: row.taken_in_on },
      interest: bearing ? { terms: bears, startsOn, frozen: withoutInterest.get(row.id) ?? [] } : null,
    };
    return { row, debt, frozen: ({ id }) => frozenOf.get(id)?.get(row.id) ?? [] };
  });
}

/** Kinds of stops that freeze something, by type of debt. */
export function kindsByType(
  terms: readonly { readonly debtTypes: readonly string[]; readonly frozenBy: readonly string[] }[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(terms.flatMap(({ debtTypes, frozenBy }) => debtTypes.map((type) => [type, frozenBy])));
}

/** Source of the entries of a rule. */
export function chargeSource({ id }: Pick<ChargeRule, 'id'>): string {
  return `charge:${id}`;
}
