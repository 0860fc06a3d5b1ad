import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { locateDebt, lockCase } from '../case-lookup.js';
import { recordChanges } from '../change-recorder.js';
import type { ChangeContext } from '../change-recorder.js';
import { judgmentFault } from '../domain/judgment.js';
import type { JudgmentTerms } from '../domain/judgment.js';
import { insertJudgments } from './judgment-store.js';

/** A judgment that a court entered on a debt. */
export interface JudgmentOrder extends JudgmentTerms {
  readonly debtId: string;
  readonly currency: string;
  /** The parties of the debt whom it binds, each by its own id or the one of the party that stands for it; null for all. */
  readonly against: readonly string[] | null;
  readonly source: string;
  /** The office's reference of the order. */
  readonly proof: string | null;
  /** The same key is recorded once in a debt, however often it is sent. */
  readonly idempotencyKey: string;
}

export interface EnteredJudgment {
  readonly judgmentId: string;
  /** False when this key was recorded before and nothing was done now. */
  readonly entered: boolean;
}

/**
 * Records a judgment, in the caller's transaction. The ledger is not changed: what the court awarded beyond it, such as
 * costs, is posted by itself.
 *
 * @param today the office's
 * @throws Refusal `debt-unknown`, `currency-differs`, `judgment-stands`, `party-not-liable`, `key-reused`, or a fault of
 *   the judgment
 */
export async function enterJudgment(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: JudgmentOrder,
  today: IsoDate,
): Promise<EnteredJudgment> {
  const debt = await locateDebt(manager, order.debtId);
  if (order.currency !== debt.currency) {
    throw new Refusal('currency-differs', `the debt is in ${debt.currency}, the judgment in ${order.currency}`);
  }
  await lockCase(manager, debt.caseId);
  const liable = await rows<Liable>(
    manager,
    `select dp.party_id, coalesce(q.merged_into, q.id) as shown_id, d.incurred_on
     from cases.debt_party dp join cases.debt d on d.id = dp.debt_id join cases.party q on q.id = dp.party_id
     where d.id = $1 order by dp.role = 'debtor' desc, dp.party_id`,
    [debt.id],
  );
  const named = order.against;
  const against = liable.filter((each) => named === null || isNamed(each, named)).map(({ party_id }) => party_id);
  const before = await enteredBefore(manager, order, against);
  if (before !== null) return { judgmentId: before, entered: false };
  const stranger = named?.find((id) => !liable.some((each) => isNamed(each, [id])));
  if (stranger !== undefined) throw new Refusal('party-not-liable', `the party ${stranger} does not owe this debt`);
  const fault = judgmentFault(order, liable[0]?.incurred_on ?? null, today);
  if (fault) throw new Refusal(fault.code, fault.message);
  const [standing] = await rows<{ case_number: string }>(
    manager,
    `select case_number from cases.judgment where debt_id = $1 and state = 'in-force'`,
    [debt.id],
  );
  if (standing) throw new Refusal('judgment-stands', `the judgment ${standing.case_number} is in force on this debt`);

  const judgmentId = randomUUID();
  const [version] = await recordChanges(manager, { ...context, jurisdictionId: debt.jurisdictionId }, [
    { caseId: debt.caseId, type: 'concord.debt.changed.v1', subjectId: judgmentId, data: { debtId: debt.id } },
  ]);
  await insertJudgments(manager, context, order.source, [
    {
      ...{ id: judgmentId, stepId: randomUUID(), debtId: debt.id, caseVersion: version!, terms: order },
      ...{ against, proof: order.proof, key: order.idempotencyKey },
    },
  ]);
  return { judgmentId, entered: true };
}

interface Liable {
  readonly party_id: string;
  /** The party that stands for it, as readers see it. */
  readonly shown_id: string;
  readonly incurred_on: IsoDate | null;
}

const isNamed = ({ party_id, shown_id }: Liable, ids: readonly string[]): boolean =>
  ids.includes(party_id) || ids.includes(shown_id);

async function enteredBefore(
  manager: EntityManager,
  order: JudgmentOrder,
  against: readonly string[],
): Promise<string | null> {
  const [before] = await rows<{ id: string; same: boolean }>(
    manager,
    `select j.id, (j.court, j.case_number, j.entered_on, j.principal_minor, j.interest_minor, j.fees_minor,
                   j.costs_minor) = ($3, $4, $5::date, $6::bigint, $7::bigint, $8::bigint, $9::bigint)
              and j.yearly_percent is not distinct from $10
              and array(select party_id::text from cases.judgment_party where judgment_id = j.id order by 1) = $11::text[]
              as same
     from cases.judgment j where j.debt_id = $1 and j.idempotency_key = $2`,
    [
      order.debtId,
      order.idempotencyKey,
      order.court,
      order.caseNumber,
      order.enteredOn,
      order.principalMinor,
      order.interestMinor,
      order.feesMinor,
      order.costsMinor,
      order.yearlyPercent,
      [...against].sort(),
    ],
  );
  if (before && !before.same) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another judgment on this debt`);
  }
  return before?.id ?? null;
}
