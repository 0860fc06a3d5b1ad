import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { NewDebt, RegistrationContext } from '../registration-store.js';
import { insertJudgments } from './judgment-store.js';

/** Key of the judgment that a debt came with. */
const INTAKE_KEY = 'intake';

/**
 * Inserts the judgments that debts came with, each under the version of its debt's registration. They are part of what the
 * debt was registered as, and tell nothing by themselves.
 */
export async function insertIntakeJudgments(
  manager: EntityManager,
  context: RegistrationContext,
  debts: readonly NewDebt[],
  partyIds: ReadonlyMap<string, string>,
  versions: readonly number[],
): Promise<void> {
  const judgments = debts.flatMap(({ id, row }, index) => {
    if (row.judgment === null) return [];
    const { against, ...terms } = row.judgment;
    const references = against ?? [row.debtor, ...row.coDebtors].map(({ sourceReference }) => sourceReference);
    return [
      {
        ...{ id: randomUUID(), stepId: randomUUID(), debtId: id, caseVersion: versions[index]!, terms },
        ...{ against: references.map((reference) => partyIds.get(reference)!), proof: null, key: INTAKE_KEY },
      },
    ];
  });
  await insertJudgments(manager, context, context.source, judgments);
}
