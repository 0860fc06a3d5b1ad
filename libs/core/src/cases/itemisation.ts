import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { locateDebt, lockCase } from './case-lookup.js';
import { recordChanges } from './change-recorder.js';
import type { ChangeContext } from './change-recorder.js';

/** The date from which a debt is itemised to its debtor. */
export interface ItemisationOrder {
  readonly debtId: string;
  readonly on: IsoDate;
}

export interface SetItemisation {
  readonly itemisedOn: IsoDate;
  /** False when the debt was itemised from this date already. */
  readonly changed: boolean;
}

/**
 * Sets the itemisation date of a debt, in the caller's transaction; a later choice replaces an earlier one. What was owed
 * on the date and what came to it since is not stored: it follows from the ledger.
 *
 * @param today the office's today: nobody knows yet what will be owed after it
 * @throws Refusal `debt-unknown`, `date-in-future`, or `before-debt` when nothing was owed yet
 */
export async function setItemisation(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  { debtId, on }: ItemisationOrder,
  today: IsoDate,
): Promise<SetItemisation> {
  const debt = await locateDebt(manager, debtId);
  if (on > today) throw new Refusal('date-in-future', `${on} is after ${today}, the office's today`);
  await lockCase(manager, debt.caseId);
  const [before] = await rows<{ incurred_on: string | null; itemised_on: string | null }>(
    manager,
    'select incurred_on, itemised_on from cases.debt where id = $1',
    [debt.id],
  );
  const { incurred_on, itemised_on } = before!;
  if (incurred_on !== null && on < incurred_on) {
    throw new Refusal('before-debt', `${on} is before ${incurred_on}, when the debt was incurred`);
  }
  if (itemised_on === on) return { itemisedOn: on, changed: false };
  await rows(manager, 'update cases.debt set itemised_on = $2 where id = $1', [debt.id, on]);
  const [version] = await recordChanges(manager, { ...context, jurisdictionId: debt.jurisdictionId }, [
    { caseId: debt.caseId, type: 'concord.debt.itemised.v1', subjectId: debt.id, data: { debtId: debt.id } },
  ]);
  await rows(
    manager,
    `insert into cases.debt_date_change (id, debt_id, case_version, date_kind, before, after, reason, source,
       idempotency_key, actor, recorded_at)
     values ($1, $2, $3, 'itemised', $4, $5, 'chosen as the itemisation date', 'api', $6, $7, $8)`,
    [randomUUID(), debt.id, version, itemised_on, on, `itemisation:${version}`, context.actor, context.at],
  );
  return { itemisedOn: on, changed: true };
}
