import type { TestDatabase } from '../../support/test-database.js';
import type { RegisteredDebt } from '../../support/test-office.js';
import type { HeldTradeline } from './watching-bureau.js';

/** What the case says of a debt. */
interface CaseView {
  readonly id: string;
  readonly owedMinor: number;
  readonly disputed: boolean;
  readonly dead: boolean;
}

const STANDS = '93';
const ENDED = ['DA', 'DF', '62'];
const DISPUTED = 'XB';

/**
 * Looks from outside at what a bureau holds and at the cases, and at nothing in between but whether anything is still on its way.
 *
 * @returns what is not as it must be, in words
 */
export async function bureauDifferences(
  database: TestDatabase,
  debts: readonly RegisteredDebt[],
  books: ReadonlyMap<string, HeldTradeline>,
): Promise<string[]> {
  const cases = await database.asOwner<CaseView>(
    `select d.id, (select sum(effect_minor) from cases.ledger_entry e where e.debt_id = d.id)::integer as "owedMinor",
            exists (select 1 from cases.stop s where s.subject_id = d.id and s.kind = 'dispute' and s.lifted_on is null) as disputed,
            exists (select 1 from cases.stop s where s.subject_id = d.id and s.kind = 'deceased' and s.lifted_on is null) as dead
     from cases.debt d`,
  );
  const found: string[] = [];
  for (const { number, id } of debts) {
    const view = cases.find((each) => each.id === id)!;
    const held = books.get(`CITY${number}`);
    if (!agrees(view, held))
      found.push(`CITY${number}: the case says ${JSON.stringify(view)}, the bureau ${JSON.stringify(held)}`);
  }
  const waiting = await database.asOwner<{ what: string }>(
    `select 'exchange ' || direction || ' ' || state as what from exchange.exchange
     where state in ('choosing', 'released', 'archived', 'delivered', 'received', 'applying')
     union all select 'in flight' from exchange_v1.position where in_flight > 0
     union all select 'release owed' from exchange_v1.position where release_rule is not null`,
  );
  return [...found, ...waiting.map(({ what }) => `still: ${what}`)];
}

function agrees({ owedMinor, disputed, dead }: CaseView, held: HeldTradeline | undefined): boolean {
  if (dead || owedMinor <= 0) return held === undefined || ENDED.includes(held.status);
  if (held === undefined) return false;
  const balance = Math.floor(owedMinor / 100);
  return held.status === STANDS && held.balance === balance && (held.mark === DISPUTED) === disputed;
}
