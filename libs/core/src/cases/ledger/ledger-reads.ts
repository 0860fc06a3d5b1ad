import type { DataSource } from 'typeorm';
import { rows } from '../../database/sql.js';
import { locateDebt } from '../case-lookup.js';
import { readLedger } from '../case-reads.js';
import type { AllocationOrder } from '../domain/ledger/allocation-order.js';
import { balanceOf } from '../domain/ledger/balance.js';
import { inEffect } from '../domain/ledger/in-effect.js';
import { readEntries } from './ledger-store.js';

/** The ledger of a debt on a day: its entries in the order in which they took effect, and what was owed by bucket. */
export async function ledgerAsOf(
  gateway: DataSource,
  debtId: string,
  asOf: string,
  ordersOf: (jurisdictionId: string) => readonly AllocationOrder[],
) {
  const debt = await locateDebt(gateway, debtId);
  const entries = (await readEntries(gateway, [debtId])).get(debtId) ?? [];
  const { balanceMinor, buckets, creditMinor, allocations } = balanceOf(entries, ordersOf(debt.jurisdictionId), asOf);
  const views = new Map((await readLedger(gateway, debtId)).map((view) => [view.id, view]));
  return {
    ...{ asOf, currency: debt.currency, balanceMinor, buckets, creditMinor },
    entries: inEffect(entries, asOf).flatMap(({ entry }) => {
      const view = views.get(entry.id);
      return view === undefined ? [] : [{ ...view, allocation: allocations.get(entry.id) ?? null }];
    }),
  };
}

/** A debt on which more was paid than was owed. */
export interface RefundOwed {
  readonly debtId: string;
  readonly number: number;
  readonly sourceReference: string;
  readonly currency: string;
  /** Minor units that are to be given back. */
  readonly owedMinor: number;
  /** Day of the last entry that took effect. */
  readonly since: string;
}

const PAGE = 100;
const LARGEST_PAGE = 1000;

/** Debts of an office below zero by number, a page at a time. */
export function listRefundsOwed(
  gateway: DataSource,
  { jurisdiction, after, limit }: { readonly jurisdiction: string; readonly after?: number; readonly limit?: number },
): Promise<RefundOwed[]> {
  return rows<RefundOwed>(
    gateway,
    `select d.id as "debtId", d.number, d.source_reference as "sourceReference", d.currency,
            -sum(e.effect_minor) as "owedMinor", max(e.effective_on) as since
     from cases.debt d join cases.ledger_entry e on e.debt_id = d.id
     where d.jurisdiction_id = $1 and d.number > $2
     group by d.id having sum(e.effect_minor) < 0 order by d.number limit $3`,
    [jurisdiction, after ?? 0, Math.min(limit ?? PAGE, LARGEST_PAGE)],
  );
}
