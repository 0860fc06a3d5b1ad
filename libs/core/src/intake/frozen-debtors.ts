import type { EntityManager } from 'typeorm';
import type { FrozenPeriod } from '../cases/domain/interest/terms.js';
import { rows } from '../database/sql.js';
import type { HostWork } from './host-place.js';

/** A stop of a debtor with the days on which it stands. */
interface DebtorStop extends FrozenPeriod {
  readonly reference: string;
  readonly kind: string;
}

/** Kinds of stops that freeze interest and fees, by type of debt: the office's own, and a moratorium, which always does. */
export function freezing({ jurisdiction }: HostWork, types: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    types.map((type) => {
      const terms = jurisdiction.ledger.interest.find(({ debtTypes }) => debtTypes.includes(type));
      return [type, ['moratorium', ...(terms?.frozenBy ?? [])]];
    }),
  );
}

/**
 * The days on which interest and fees are frozen for a debt that is not on file yet, by what stands with its debtor, in
 * whatever case and under whichever entry.
 *
 * @param debts by the host's reference of their debtors
 * @returns in the order of the debts
 */
export async function frozenForDebtors(
  manager: EntityManager,
  work: HostWork,
  debts: readonly { readonly debtor: string; readonly type: string }[],
): Promise<FrozenPeriod[][]> {
  const kinds = freezing(work, [...new Set(debts.map(({ type }) => type))]);
  const stops = await rows<DebtorStop>(
    manager,
    `select p.source_reference as reference, s.kind, s.starts_on as "from", least(s.ends_on, s.lifted_on - 1) as "to"
     from cases.party p
     join cases.party_same m on m.party_id = p.id
     left join cases.case_file c on c.debtor_id = m.same_id
     join cases.stop s on s.subject_id = any(array[m.same_id, c.id])
     where p.jurisdiction_id = $1 and p.source_reference = any($2) and s.kind = any($3)`,
    [work.jurisdiction.id, [...new Set(debts.map(({ debtor }) => debtor))], [...new Set(Object.values(kinds).flat())]],
  );
  if (stops.length === 0) return debts.map(() => []);
  const byDebtor = Map.groupBy(stops, ({ reference }) => reference);
  return debts.map(({ debtor, type }) =>
    (byDebtor.get(debtor) ?? []).filter(
      ({ kind, from, to }) => kinds[type]!.includes(kind) && (to === null || from <= to),
    ),
  );
}
