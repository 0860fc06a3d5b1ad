import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Jurisdiction } from '../../configuration/jurisdiction-file.js';
import { rows } from '../../database/sql.js';
import type { ChangeContext } from '../change-recorder.js';
import { interestToPost } from '../domain/interest/accrual.js';
import type { InterestPosting } from '../domain/interest/accrual.js';
import type { InterestTerms } from '../domain/interest/terms.js';
import { readFrozen } from './interest-freezes.js';
import { INTEREST_SOURCE, readEntries, writeEntries } from './ledger-store.js';
import type { NewEntry } from './ledger-store.js';

/** Debts of one transaction: their cases stay locked until it ends. */
const BATCH = 500;

export interface AccruedInterest {
  readonly through: string;
  /** Debts of types that bear interest. */
  readonly debts: number;
  /** Entries that were posted. */
  readonly entries: number;
  /** Interest posted, and earlier interest taken back, in minor units. */
  readonly postedMinor: number;
  readonly takenBackMinor: number;
}

interface BearingRow {
  readonly id: string;
  readonly number: number;
  readonly case_id: string;
  readonly currency: string;
  readonly type: string;
  readonly incurred_on: string | null;
  readonly delinquent_on: string | null;
}

/**
 * Posts the interest of all debts of an office through a day, in batches with a fixed number of statements each. What a
 * debt's ledger has already is not posted again, however often and for whatever days this runs; a run that was cut off is
 * made good by the next.
 *
 * @param bookedOn the office's today
 */
export async function accrueInterest(
  gateway: DataSource,
  context: ChangeContext,
  { ledger }: Pick<Jurisdiction, 'ledger'>,
  through: string,
  bookedOn: string,
): Promise<AccruedInterest> {
  const terms = new Map(ledger.interest.flatMap((each) => each.debtTypes.map((type) => [type, each] as const)));
  const sum = { debts: 0, entries: 0, postedMinor: 0, takenBackMinor: 0 };
  for (let after: number | null = 0; after !== null && terms.size > 0;) {
    const from: number = after;
    after = await gateway.transaction(async (manager) => {
      const debts = await lockBatch(manager, context.jurisdictionId, [...terms.keys()], from);
      const entries = await interestOf(manager, ledger.allocation, terms, debts, through, bookedOn);
      await writeEntries(manager, context, entries);
      sum.debts += debts.length;
      sum.entries += entries.length;
      for (const { kind, amountMinor } of entries) {
        sum[kind === 'interest' ? 'postedMinor' : 'takenBackMinor'] += amountMinor;
      }
      return debts.at(-1)?.number ?? null;
    });
  }
  return { through, ...sum };
}

/** The next debts by number. Their cases are locked in the order in which everything locks cases. */
async function lockBatch(
  manager: EntityManager,
  jurisdictionId: string,
  types: readonly string[],
  after: number,
): Promise<BearingRow[]> {
  const debts = await rows<BearingRow>(
    manager,
    `select id, number, case_id, currency, type, incurred_on, delinquent_on from cases.debt
     where jurisdiction_id = $1 and type = any($2) and number > $3 order by number limit $4`,
    [jurisdictionId, types, after, BATCH],
  );
  await rows(manager, 'select 1 from cases.case_file where id = any($1) order by id for no key update', [
    debts.map(({ case_id }) => case_id),
  ]);
  return debts;
}

async function interestOf(
  manager: EntityManager,
  orders: Jurisdiction['ledger']['allocation'],
  terms: ReadonlyMap<string, InterestTerms>,
  debts: readonly BearingRow[],
  through: string,
  bookedOn: string,
): Promise<NewEntry[]> {
  const ids = debts.map(({ id }) => id);
  const ledgers = await readEntries(manager, ids);
  const frozenBy = Object.fromEntries([...terms].map(([type, each]) => [type, each.frozenBy]));
  const frozen = await readFrozen(manager, ids, frozenBy);
  return debts.flatMap((debt) => {
    const ofType = terms.get(debt.type)!;
    const startsOn = ofType.startsOn === 'incurred' ? debt.incurred_on : debt.delinquent_on;
    const entries = ledgers.get(debt.id) ?? [];
    if (startsOn === null) return [];
    const bearing = { entries, orders, terms: ofType, startsOn, frozen: frozen.get(debt.id) ?? [] };
    return interestToPost(bearing, through).map((posting) => {
      const nth = entries.filter(({ accrued, effectiveOn }) => accrued && effectiveOn === posting.on).length + 1;
      return entryOf(debt, posting, nth, bookedOn);
    });
  });
}

/** @param nth number of the entry among those of its day: what was posted too much is taken back under a key of its own */
function entryOf(debt: BearingRow, { on, amountMinor }: InterestPosting, nth: number, bookedOn: string): NewEntry {
  return {
    ...{ id: randomUUID(), debtId: debt.id, caseId: debt.case_id, currency: debt.currency },
    ...{ kind: amountMinor > 0 ? 'interest' : 'adjustment', amountMinor: Math.abs(amountMinor) },
    ...{ effectiveOn: on, bookedOn, bucket: 'interest', reverses: null, reversesKind: null },
    ...{ source: INTEREST_SOURCE, reference: null, reason: null, key: `${on}:${nth}` },
  };
}
