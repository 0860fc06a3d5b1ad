import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { Jurisdiction } from '../../configuration/jurisdiction-file.js';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { ChangeContext } from '../change-recorder.js';
import { chargeDays } from '../domain/charges/charge-days.js';
import type { ChargeRule } from '../domain/charges/charge-rule.js';
import { chargesToPost } from '../domain/charges/charges-to-post.js';
import type { ChargePosting } from '../domain/charges/charges-to-post.js';
import { lockCases } from '../lock-cases.js';
import { CHARGEABLE, chargeSource, readChargeable } from './chargeable-debts.js';
import type { ChargeableRow } from './chargeable-debts.js';
import { writeEntries } from './ledger-store.js';
import type { NewEntry } from './ledger-store.js';

/** Debts whose dates are looked at in one statement, and debts of one transaction. */
const PAGE = 5_000;
const BATCH = 500;

/** A rule with the last day that was looked at. */
export interface RuleToFollow {
  readonly rule: ChargeRule;
  readonly after: IsoDate;
}

/**
 * Posts the charges of an office's rules that fell due up to and including a day. Only debts of which one fell due since are
 * read, in batches with a fixed number of statements each. What is in a ledger is known by the rule and the number of the
 * charge: a run that was cut off goes on where it was, and two at once post nothing twice.
 *
 * @param through the office's today
 */
export async function postCharges(
  gateway: DataSource,
  context: ChangeContext,
  { ledger }: Pick<Jurisdiction, 'ledger'>,
  rules: readonly RuleToFollow[],
  through: IsoDate,
): Promise<void> {
  const types = [...new Set(rules.flatMap(({ rule }) => rule.debtTypes))];
  for (let after: number | null = 0; after !== null;) {
    const page: ChargeableRow[] = await readPage(gateway, context.jurisdictionId, types, after, through);
    const due = page.filter((debt) => rules.some((rule) => fallsDue(rule, debt, through)));
    for (let place = 0; place < due.length; place += BATCH) {
      const batch = due.slice(place, place + BATCH);
      await gateway.transaction(async (manager) => {
        await lockCases(
          manager,
          batch.map(({ case_id }) => case_id),
        );
        await writeEntries(manager, context, await chargesOf(manager, ledger, rules, batch, through));
      });
    }
    after = page.length < PAGE ? null : page.at(-1)!.number;
  }
}

function readPage(
  on: Queryable,
  jurisdictionId: string,
  types: readonly string[],
  after: number,
  through: IsoDate,
): Promise<ChargeableRow[]> {
  return rows<ChargeableRow>(
    on,
    `${CHARGEABLE} and d.jurisdiction_id = $1 and d.type = any($2) and d.number > $3 and d.delinquent_on <= $4
     order by d.number limit ${PAGE}`,
    [jurisdictionId, types, after, through],
  );
}

function fallsDue({ rule, after }: RuleToFollow, debt: ChargeableRow, through: IsoDate): boolean {
  if (!rule.debtTypes.includes(debt.type)) return false;
  const since = after > debt.taken_in_on ? after : debt.taken_in_on;
  return chargeDays(rule, debt.delinquent_on, since, through).length > 0;
}

/** Everything is read again under the locks of the cases, which another run may have had. */
async function chargesOf(
  manager: EntityManager,
  ledger: Jurisdiction['ledger'],
  rules: readonly RuleToFollow[],
  batch: readonly ChargeableRow[],
  through: IsoDate,
): Promise<NewEntry[]> {
  const ids = batch.map(({ id }) => id);
  const posted = await readPosted(manager, ids);
  const cases = await readChargeable(
    manager,
    ledger,
    rules.map(({ rule }) => rule),
    ids,
  );
  return cases.flatMap(({ row, debt, frozen }) => {
    const followed = rules
      .filter(({ rule }) => rule.debtTypes.includes(row.type))
      .map(({ rule, after }) => ({
        ...{ rule, after, frozen: frozen(rule) },
        posted: posted.get(`${row.id}:${rule.id}`) ?? new Set<number>(),
      }));
    return chargesToPost(debt, followed, through).map((posting) => entryOf(row, posting, through));
  });
}

/** Numbers of the charges that are in ledgers, those that were reversed among them, by debt and rule. */
async function readPosted(on: Queryable, debtIds: readonly string[]): Promise<ReadonlyMap<string, Set<number>>> {
  const found = await rows<{ key: string; nth: number }>(
    on,
    `select debt_id || ':' || split_part(idempotency_key, ':', 2) as key,
            split_part(idempotency_key, ':', 3)::int as nth
     from cases.ledger_entry where debt_id = any($1) and kind = 'fee' and source like 'charge:%'`,
    [debtIds],
  );
  const posted = new Map<string, Set<number>>();
  for (const { key, nth } of found) posted.set(key, (posted.get(key) ?? new Set<number>()).add(nth));
  return posted;
}

function entryOf(debt: ChargeableRow, { rule, nth, on, amountMinor }: ChargePosting, bookedOn: IsoDate): NewEntry {
  return {
    ...{ id: randomUUID(), debtId: debt.id, caseId: debt.case_id, currency: debt.currency, kind: 'fee', amountMinor },
    ...{ effectiveOn: on, bookedOn, bucket: rule.bucket, reverses: null, reversesKind: null },
    ...{ source: chargeSource(rule), reference: rule.authority, reason: rule.title, key: String(nth) },
  };
}
