import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { Jurisdiction } from '../../configuration/jurisdiction-file.js';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { ChangeContext } from '../change-recorder.js';
import { isWronglyCharged } from '../domain/charges/wrongly-charged.js';
import type { ChargeRule } from '../domain/charges/charge-rule.js';
import { isFrozen } from '../domain/interest/exact-interest.js';
import { lockCases } from '../lock-cases.js';
import { chargeSource, kindsByType, readChargeable } from './chargeable-debts.js';
import { writeEntries } from './ledger-store.js';
import type { NewEntry } from './ledger-store.js';
import { byDebt, stoppedPeriods } from './stopped-periods.js';

/** Charges that are looked at in one statement, and charges of one transaction. */
const PAGE = 5_000;
const BATCH = 500;

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** A charge that stands. */
interface ChargeRow {
  readonly id: string;
  readonly debt_id: string;
  readonly case_id: string;
  readonly key: string;
  readonly amount_minor: number;
  readonly currency: string;
  readonly on: IsoDate;
  readonly source: string;
  /** Something of before its day was posted after it. */
  readonly late: boolean;
}

const STANDING = `
  select e.id, e.debt_id, e.case_id, split_part(e.idempotency_key, ':', 3) as key, e.amount_minor, e.currency,
         e.effective_on as "on", e.source,
         exists (select 1 from cases.ledger_entry l where l.debt_id = e.debt_id and l.case_version > e.case_version
                 and l.effective_on < e.effective_on) as late
  from cases.ledger_entry e join cases.debt d on d.id = e.debt_id
  where e.kind = 'fee' and e.source like 'charge:%' and d.jurisdiction_id = $1 and e.source = any($2)
    and not exists (select 1 from cases.ledger_entry r where r.reverses = e.id)`;

/**
 * Reverses the charges of an office's rules that were posted before it became known that they must not be: a stop that
 * freezes charges had begun, or the debt had been paid. Each counts as if it had never been charged, and is not charged
 * again.
 *
 * @param bookedOn the office's today
 */
export async function takeBackCharges(
  gateway: DataSource,
  context: ChangeContext,
  { ledger }: Pick<Jurisdiction, 'ledger'>,
  bookedOn: IsoDate,
): Promise<void> {
  const bySource = new Map(ledger.charges.map((rule) => [chargeSource(rule), rule]));
  const parameters = [context.jurisdictionId, [...bySource.keys()]];
  for (let after: string | null = BEFORE_ALL; after !== null;) {
    const page: ChargeRow[] = await rows<ChargeRow>(gateway, `${STANDING} and e.id > $3 order by e.id limit ${PAGE}`, [
      ...parameters,
      after,
    ]);
    const doubtful = await doubtfulOf(gateway, bySource, page);
    for (let place = 0; place < doubtful.length; place += BATCH) {
      const batch = doubtful.slice(place, place + BATCH);
      await gateway.transaction(async (manager) => {
        await lockCases(
          manager,
          batch.map(({ case_id }) => case_id),
        );
        const ids = batch.map(({ id }) => id);
        const standing = await rows<ChargeRow>(manager, `${STANDING} and e.id = any($3)`, [...parameters, ids]);
        await writeEntries(manager, context, await reversalsOf(manager, ledger, bySource, standing, bookedOn));
      });
    }
    after = page.length < PAGE ? null : page.at(-1)!.id;
  }
}

async function doubtfulOf(
  on: Queryable,
  bySource: ReadonlyMap<string, ChargeRule>,
  page: readonly ChargeRow[],
): Promise<ChargeRow[]> {
  const doubtful = page.filter(({ late }) => late);
  for (const [source, rule] of bySource) {
    const others = page.filter((charge) => charge.source === source && !charge.late);
    if (others.length === 0) continue;
    const debtIds = [...new Set(others.map(({ debt_id }) => debt_id))];
    const frozen = byDebt(await stoppedPeriods(on, debtIds, kindsByType([rule])));
    doubtful.push(...others.filter((charge) => isFrozen(charge.on, frozen.get(charge.debt_id) ?? [])));
  }
  return doubtful;
}

async function reversalsOf(
  manager: EntityManager,
  ledger: Jurisdiction['ledger'],
  bySource: ReadonlyMap<string, ChargeRule>,
  charges: readonly ChargeRow[],
  bookedOn: IsoDate,
): Promise<NewEntry[]> {
  const ids = [...new Set(charges.map(({ debt_id }) => debt_id))];
  const cases = await readChargeable(manager, ledger, [...bySource.values()], ids);
  const byId = new Map(cases.map((each) => [each.row.id, each]));
  return charges.flatMap((charge) => {
    const known = byId.get(charge.debt_id);
    // Without its first day of delinquency nobody can say any more whether it was due: that is for a person.
    if (known === undefined) return [];
    if (!isWronglyCharged(known.debt, charge.on, known.frozen(bySource.get(charge.source)!))) return [];
    return [reversalOf(charge, bookedOn)];
  });
}

function reversalOf(charge: ChargeRow, bookedOn: IsoDate): NewEntry {
  return {
    ...{ id: randomUUID(), debtId: charge.debt_id, caseId: charge.case_id, currency: charge.currency },
    ...{ kind: 'reversal', amountMinor: charge.amount_minor, effectiveOn: charge.on, bookedOn, bucket: null },
    ...{ reverses: charge.id, reversesKind: 'fee', source: charge.source, reference: null },
    ...{ reason: 'not due, as became known later', key: `${charge.key}:taken-back` },
  };
}
