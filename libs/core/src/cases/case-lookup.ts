import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { isNamedDebt } from './named-debt.sql.js';

/** What a command needs to know of the debt it is about. */
export interface DebtLocation {
  readonly id: string;
  readonly caseId: string;
  readonly jurisdictionId: string;
  readonly currency: string;
}

/** @throws Refusal `debt-unknown` */
export async function locateDebt(on: Queryable, debtId: string): Promise<DebtLocation> {
  const [debt] = await rows<DebtLocation>(
    on,
    `select id, case_id as "caseId", jurisdiction_id as "jurisdictionId", currency from cases.debt where id = $1`,
    [debtId],
  );
  if (!debt) throw new Refusal('debt-unknown', `no debt has the id ${debtId}`);
  return debt;
}

/**
 * The debt that a person means, by Concord's number of it or by its id.
 *
 * @throws Refusal `debt-unknown`
 */
export async function locateDebtByName(on: Queryable, name: string): Promise<DebtLocation> {
  const [debt] = await rows<DebtLocation>(
    on,
    `select id, case_id as "caseId", jurisdiction_id as "jurisdictionId", currency from cases.debt d
     where ${isNamedDebt('d', '$1')}`,
    [name],
  );
  if (!debt) throw new Refusal('debt-unknown', `no debt has the id or number ${name}`);
  return debt;
}

/** Locks a case until the transaction ends, so that what is decided about it is decided on what it is now. */
export async function lockCase(on: Queryable, caseId: string): Promise<void> {
  await rows(on, 'select 1 from cases.case_file where id = $1 for no key update', [caseId]);
}
