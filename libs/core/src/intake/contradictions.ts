import type { EntityManager } from 'typeorm';
import { IdentifierCheck } from '../cases/party-store.js';
import { isAnotherDebt, knownDebts } from './adopt-debts.js';
import { latest } from './domain/host-state.js';
import type { HostFault, HostStatement } from './domain/read-record.js';
import { identifiersSaid } from './domain/registration-row.js';
import type { HostWork } from './host-place.js';
import type { HostRecord } from './record-store.js';

/**
 * Sets rows aside that say a debt is another debtor's now, that are of a debt which only has the same reference, or whose
 * debtor is somebody else. Whose amounts and dates they have nobody can tell, so nothing of them is taken but that the debt is there, where they say so.
 *
 * @returns the rows in their order, with only `seen` left of those that were set aside
 */
export async function withoutContradictions(
  manager: EntityManager,
  work: HostWork,
  records: ReadonlyMap<string, HostRecord>,
  statements: readonly HostStatement[],
  faults: HostFault[],
): Promise<HostStatement[]> {
  const parties = statements.flatMap(({ facts }) => identifiersSaid(facts) ?? []);
  const check = await IdentifierCheck.over(manager, work.cipher, work.context, parties);
  const unknown = [...records.values()].filter(({ subjectId }) => subjectId === null);
  const known = await knownDebts(
    manager,
    work,
    unknown.map(({ key }) => key),
  );
  return statements.flatMap((statement): HostStatement[] => {
    const { line, key, action, facts } = statement;
    const fault = (field: string | null, rule: string, reason: string): HostStatement[] => {
      faults.push({ line, field, value: null, rule, reason });
      const isThere = action === 'present' || action === 'seen' || (action === 'correction' && work.picture === 'full');
      return isThere ? [{ line, key, action: 'seen', facts: {} }] : [];
    };
    if (isOfAnother(records.get(key)!, facts)) {
      return fault('debtorReference', 'debtor-changed', 'is another debtor now');
    }
    const debt = known.get(key);
    const another = debt === undefined ? null : isAnotherDebt(debt, facts['debtorReference']);
    if (another !== null) return fault(another.field, another.rule, another.reason);
    const party = identifiersSaid(facts);
    const wrong = party === null ? null : check.take([party]);
    if (wrong === null) return [statement];
    const reason = `party ${wrong.reference} is on file with another ${wrong.kind}: two people may share this reference`;
    return fault(null, 'identifier-contradicts', reason);
  });
}

/** A debt stands in the case of its debtor: it does not move to another one by a file. */
function isOfAnother({ subjectId, state }: HostRecord, { debtorReference }: HostStatement['facts']): boolean {
  return subjectId !== null && debtorReference !== undefined && debtorReference !== latest(state, 'debtorReference');
}
