import type { EntityManager } from 'typeorm';
import { announceFindings } from './announce.js';
import { compareBalances } from './compare-balances.js';
import { closeAnswer } from './close-answer.js';
import { moveKnown } from './move-known.js';
import { withoutOvertaken } from './overtaken-statements.js';
import { recordStatements } from './record-statements.js';
import { settleAnswers } from './settle-answers.js';
import { ofKind } from './statements.js';
import type { ApplyContext, Numbered, Statement } from './statements.js';

/**
 * Applies a batch of an incoming file in the caller's transaction: answers to what we sent at once, to the positions; what
 * is for the case is handed on by an event. A place of the file that was recorded before, and a statement whose natural
 * key was applied before, have no effect.
 *
 * @param first number of the batch's first statement within the file, from 1
 */
export async function applyBatch(
  manager: EntityManager,
  context: ApplyContext,
  first: number,
  batch: readonly Statement[],
): Promise<void> {
  await applyNumbered(
    manager,
    context,
    batch.map((statement, index) => ({ sequence: first + index, statement })),
  );
}

/** As {@link applyBatch}, for statements that have their places already: one after the other, without a gap. */
export async function applyNumbered(
  manager: EntityManager,
  context: ApplyContext,
  numbered: readonly Numbered<Statement>[],
): Promise<void> {
  const { fresh, forTheCase } = await recordStatements(
    manager,
    context,
    await withoutOvertaken(manager, context, numbered),
  );
  await settleAnswers(manager, context, 'refused', ofKind(fresh, 'refused'));
  await settleAnswers(manager, context, 'accepted', ofKind(fresh, 'accepted'));
  for (const { sequence, statement } of ofKind(fresh, 'file-answered')) {
    await closeAnswer(manager, context, sequence, statement);
  }
  await moveKnown(manager, context, fresh);
  await compareBalances(manager, context, ofKind(fresh, 'balance-reported'));
  await announceFindings(manager, context, forTheCase);
}
