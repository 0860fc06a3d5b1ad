import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Correction } from './correct-debts.js';
import { latest } from './domain/host-state.js';
import type { HostValue } from './domain/host-state.js';
import type { HostFault } from './domain/read-record.js';
import type { Charged } from './domain/registration-row.js';
import type { HostWork } from './host-place.js';
import type { HostRecord } from './record-store.js';

/** A debt that a batch of rows said something of. */
export interface Touched {
  readonly record: HostRecord;
  readonly fields: Set<string>;
  line: number;
}

/** A debt that came in another way than by this host system. */
export interface KnownDebt {
  readonly id: string;
  /** The host system that has it; null where none has. */
  readonly systemId: string | null;
  /** References of its debtor, and of whoever is the same. */
  readonly debtors: readonly string[];
  /** What its source charged. */
  readonly charged: Charged;
}

/** Debts of the office by reference, as far as they came in another way than by this host system. */
export async function knownDebts(
  manager: EntityManager,
  work: HostWork,
  references: readonly string[],
): Promise<ReadonlyMap<string, KnownDebt>> {
  if (references.length === 0) return new Map();
  const found = await rows<KnownDebt & { reference: string }>(
    manager,
    `select d.id, d.source_reference as reference, r.system_id as "systemId",
            (select array_agg(p.source_reference) from cases.case_file c
             join cases.party_same s on s.party_id = c.debtor_id
             join cases.party p on p.id = s.same_id where c.id = d.case_id) as debtors,
            (select jsonb_build_object(
               'amountMinor', coalesce(sum(e.amount_minor) filter (where e.kind = 'assessment'), 0),
               'interestMinor', coalesce(sum(e.amount_minor) filter (where e.kind = 'interest'), 0),
               'feesMinor', coalesce(sum(e.amount_minor) filter (where e.kind = 'fee'), 0))
             from cases.ledger_entry e where e.debt_id = d.id and e.idempotency_key like 'intake:%') as charged
     from cases.debt d
     left join cases.host_record r on r.subject_id = d.id and r.kind = 'debt'
     where d.jurisdiction_id = $1 and d.source_reference = any($2) and r.system_id is distinct from $3`,
    [work.jurisdiction.id, references, work.systemId],
  );
  return new Map(found.map(({ reference, ...debt }) => [reference, debt]));
}

/**
 * Why a row is not about the debt that is on file under its reference, or null. References are the office's: what another
 * host system has, or somebody else owes, only has the same one.
 *
 * @param debtor the host's reference of the debtor; undefined where the row names none
 */
export function isAnotherDebt(
  { systemId, debtors }: KnownDebt,
  debtor: HostValue | undefined,
): Pick<HostFault, 'field' | 'rule' | 'reason'> | null {
  if (systemId !== null) {
    const reason = `the host system ${systemId} has a debt with this reference`;
    return { field: 'debtReference', rule: 'debt-of-another-system', reason };
  }
  if (debtor === undefined || debtors.includes(String(debtor))) return null;
  const reason = 'the debt that is on file under this reference has another debtor';
  return { field: 'debtorReference', rule: 'debtor-changed', reason };
}

/**
 * Debts that came in another way before, under the same reference: from now on they are what the host says.
 *
 * @param items by the host's key, in the caller's transaction, which holds the locks of their cases
 */
export async function adopt(
  manager: EntityManager,
  work: HostWork,
  items: ReadonlyMap<string, Touched>,
  faults: HostFault[],
): Promise<Correction[]> {
  const known = await knownDebts(manager, work, [...items.keys()]);
  return [...known].flatMap(([reference, debt]) => {
    const { record, line } = items.get(reference)!;
    const another = isAnotherDebt(debt, latest(record.state, 'debtorReference'));
    if (another !== null) {
      faults.push({ line, value: null, ...another });
      return [];
    }
    record.subjectId = debt.id;
    record.charged = debt.charged;
    return [{ record, fields: new Set(Object.keys(record.state)), line }];
  });
}
