import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { locateDebt, lockCase } from '../case-lookup.js';
import { recordChanges } from '../change-recorder.js';
import type { ChangeContext } from '../change-recorder.js';
import { afterTurn } from '../domain/judgment.js';
import type { JudgmentState, JudgmentTurn } from '../domain/judgment.js';

/** Something that happened to the judgment of a debt. */
export interface JudgmentTurnOrder {
  readonly debtId: string;
  readonly turn: JudgmentTurn;
  /** Null for the office's today. */
  readonly on: IsoDate | null;
  /** Of a renewal: the new last day on which it can be enforced, null where nobody has said. */
  readonly enforceableUntil: IsoDate | null;
  readonly reason: string | null;
  readonly source: string;
  /** The office's reference of what shows it. */
  readonly proof: string | null;
  /** The same key is recorded once in a judgment, however often it is sent. */
  readonly idempotencyKey: string;
}

export interface TurnedJudgment {
  readonly judgmentId: string;
  readonly state: JudgmentState;
  /** False when this key was recorded before and nothing was done now. */
  readonly recorded: boolean;
}

interface Judgment {
  readonly id: string;
  readonly state: JudgmentState;
  readonly entered_on: IsoDate;
}

/**
 * Records that the judgment of a debt was renewed, satisfied or vacated, in the caller's transaction. It is about the
 * judgment in force; what is vacated may be the last one that was satisfied.
 *
 * @param today the office's
 * @throws Refusal `debt-unknown`, `judgment-unknown` when there is none that this can happen to, `date-in-future`,
 *   `judgment-dates`, or `key-reused`
 */
export async function turnJudgment(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: JudgmentTurnOrder,
  today: IsoDate,
): Promise<TurnedJudgment> {
  const debt = await locateDebt(manager, order.debtId);
  await lockCase(manager, debt.caseId);
  const before = await turnedBefore(manager, order);
  if (before) return { judgmentId: before.id, state: before.state, recorded: false };
  const found = await rows<Judgment>(
    manager,
    `select id, state, entered_on from cases.judgment where debt_id = $1
     order by state = 'in-force' desc, ended_on desc, entered_on desc`,
    [debt.id],
  );
  const judgment = found.find(({ state }) => afterTurn(state, order.turn) !== null);
  if (!judgment) throw new Refusal('judgment-unknown', `the debt has no judgment that could be ${order.turn}`);
  const on = order.on ?? today;
  refuseDates(on, order.enforceableUntil, judgment, today);
  const state = afterTurn(judgment.state, order.turn)!;
  const [version] = await recordChanges(manager, { ...context, jurisdictionId: debt.jurisdictionId }, [
    { caseId: debt.caseId, type: 'concord.debt.changed.v1', subjectId: judgment.id, data: { debtId: debt.id } },
  ]);
  if (order.turn === 'renewed') {
    await rows(manager, 'update cases.judgment set enforceable_until = $2 where id = $1', [
      judgment.id,
      order.enforceableUntil,
    ]);
  } else {
    await rows(manager, 'update cases.judgment set state = $2, ended_on = $3 where id = $1', [judgment.id, state, on]);
  }
  await rows(
    manager,
    `insert into cases.judgment_step (id, judgment_id, case_version, kind, happened_on, enforceable_until, reason,
       source, proof, idempotency_key, actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      randomUUID(),
      judgment.id,
      version,
      order.turn,
      on,
      order.enforceableUntil,
      order.reason,
      order.source,
      order.proof,
      order.idempotencyKey,
      context.actor,
      context.at,
    ],
  );
  return { judgmentId: judgment.id, state, recorded: true };
}

function refuseDates(on: IsoDate, until: IsoDate | null, { entered_on }: Judgment, today: IsoDate): void {
  if (on > today) throw new Refusal('date-in-future', `${on} is after ${today}, the office's today`);
  if (on < entered_on) throw new Refusal('judgment-dates', `the judgment was entered on ${entered_on}`);
  if (until !== null && until < on) {
    throw new Refusal('judgment-dates', 'its new last day is before the renewal');
  }
}

async function turnedBefore(manager: EntityManager, order: JudgmentTurnOrder): Promise<Judgment | null> {
  const [before] = await rows<Judgment & { kind: string; happened_on: IsoDate; until: IsoDate | null }>(
    manager,
    `select j.id, j.state, j.entered_on, s.kind, s.happened_on, s.enforceable_until as until
     from cases.judgment j join cases.judgment_step s on s.judgment_id = j.id
     where j.debt_id = $1 and s.idempotency_key = $2`,
    [order.debtId, order.idempotencyKey],
  );
  if (!before) return null;
  const sameDay = order.on === null || before.happened_on === order.on;
  if (before.kind !== order.turn || !sameDay || before.until !== order.enforceableUntil) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for something else of this judgment`);
  }
  return before;
}
