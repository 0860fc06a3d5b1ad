import type { IsoDate, ItemisationSnapshot } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';

interface ItemisationRow {
  readonly debt_id: string;
  readonly itemised_on: IsoDate;
  readonly balance_minor: number;
  readonly interest_minor: number;
  readonly fees_minor: number;
  readonly payments_minor: number;
  readonly credits_minor: number;
}

/**
 * What was owed at the end of each debt's itemisation date, and what came to it on later days. By the day on which an
 * entry took effect, not the one on which it was posted: a payment that reaches the office late still lowers what was
 * owed when it was made. A reversal counts on its own day, so payments since may be below zero.
 *
 * An assessment after the date is in none of the figures, because an itemisation has no heading for it. They then do not
 * come to the balance, which is how US-REGF-03 notices that the debt must be itemised from a later date.
 *
 * @param debtIds those that have an itemisation date
 * @returns by debt, in minor units
 */
export async function readItemisations(
  on: Queryable,
  debtIds: readonly string[],
): Promise<ReadonlyMap<string, ItemisationSnapshot>> {
  if (debtIds.length === 0) return new Map();
  const found = await rows<ItemisationRow>(
    on,
    `select d.id as debt_id, d.itemised_on,
            coalesce(sum(e.effect_minor) filter (where not e.since), 0) as balance_minor,
            coalesce(sum(e.effect_minor) filter (where e.since and e.counts_as = 'interest'), 0) as interest_minor,
            coalesce(sum(e.effect_minor) filter (where e.since and e.counts_as = 'fee'), 0) as fees_minor,
            coalesce(sum(-e.effect_minor) filter (where e.since and e.counts_as = 'payment'), 0)
              as payments_minor,
            coalesce(sum(-e.effect_minor) filter (where e.since and e.counts_as in ('adjustment', 'write-off')), 0)
              as credits_minor
     from cases_v1.debt d
     left join lateral (
       select l.counts_as, l.effect_minor, l.effective_on > d.itemised_on as since
       from cases_v1.ledger_entry l where l.debt_id = d.id
     ) e on true
     where d.id = any($1) and d.itemised_on is not null
     group by d.id, d.itemised_on`,
    [debtIds],
  );
  return new Map(
    found.map((row) => [
      row.debt_id,
      {
        on: row.itemised_on,
        balanceMinor: row.balance_minor,
        interestSinceMinor: row.interest_minor,
        feesSinceMinor: row.fees_minor,
        paymentsSinceMinor: row.payments_minor,
        creditsSinceMinor: row.credits_minor,
      },
    ]),
  );
}
