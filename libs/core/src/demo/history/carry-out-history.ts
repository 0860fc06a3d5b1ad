import type { DataSource, EntityManager } from 'typeorm';
import { agreeArrangement } from '../../arrangements/agree.js';
import { planDays } from '../../arrangements/domain/arrangement-policy.js';
import { lastDueOn } from '../../arrangements/domain/plan.js';
import { recordDischarge } from '../../cases/discharge.js';
import { postEntry } from '../../cases/ledger/post-entry.js';
import { reverseEntry } from '../../cases/ledger/reverse-entry.js';
import { postPayment } from '../../cases/payments.js';
import { NO_DETAILS } from '../../cases/domain/proof.js';
import { recordProof } from '../../cases/proofs.js';
import { liftStop, placeStop } from '../../cases/stops.js';
import { arrangementPolicy } from '../../configuration/arrangement-settings.js';
import { jurisdictionCalendar } from '../../configuration/jurisdiction-calendar.js';
import type { Jurisdiction } from '../../configuration/jurisdiction-file.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import type { HistoryItem } from './history-item.js';

/** An office on whose cases a history is carried out, and on whose request. */
export interface HistoryOffice {
  readonly jurisdiction: Jurisdiction;
  readonly clock: Clock;
  readonly actor: string;
  readonly correlationId: string;
}

interface Debt {
  readonly id: string;
  readonly currency: string;
  readonly debtor_id: string;
}

/** What items of one debt made, by their keys: later ones refer to it. */
type Made = Map<string, string>;

const SOURCE = 'api';

/**
 * Carries out what happened to invented debts, each item in a transaction of its own, as of its own day. What was carried
 * out before has no effect again, so that one that was cut off goes on. Items of debts that were not taken in are left out.
 */
export async function carryOutHistory(
  gateway: DataSource,
  office: HistoryOffice,
  items: readonly HistoryItem[],
): Promise<void> {
  const found = await rows<Debt & { reference: string }>(
    gateway,
    `select d.id, d.currency, c.debtor_id, d.source_reference as reference
     from cases.debt d join cases.case_file c on c.id = d.case_id
     where d.jurisdiction_id = $1 and d.source_reference = any($2)`,
    [office.jurisdiction.id, referencesIn(items)],
  );
  const debts = new Map(found.map((debt) => [debt.reference, debt]));
  const made = new Map<string, Made>();
  for (const item of items) {
    const debt = debts.get(item.debt);
    if (debt === undefined) continue;
    const ofDebt = made.get(item.debt) ?? new Map<string, string>();
    made.set(item.debt, ofDebt);
    const id = await gateway.transaction((manager) => carryOut(manager, office, item, debt, ofDebt, debts));
    ofDebt.set(item.key, id);
  }
}

function referencesIn(items: readonly HistoryItem[]): string[] {
  return items.flatMap((item) => [
    item.debt,
    ...(item.does === 'discharge' ? item.surviving.map(({ debt }) => debt) : []),
  ]);
}

/** @returns the id of what it made */
async function carryOut(
  manager: EntityManager,
  { jurisdiction, clock, actor, correlationId }: HistoryOffice,
  item: HistoryItem,
  debt: Debt,
  made: Made,
  debts: ReadonlyMap<string, Debt>,
): Promise<string> {
  const context = { actor, correlationId, at: clock.now() };
  const idempotencyKey = `history:${item.key}`;
  const entry = { debtId: debt.id, effectiveOn: item.on, bookedOn: item.on, reference: null, idempotencyKey };
  switch (item.does) {
    case 'pay': {
      const { amountMinor, reference, on } = item;
      const order = {
        ...{ debtId: debt.id, amountMinor, currency: debt.currency, paidOn: on, bookedOn: on, reference },
      };
      return (await postPayment(manager, context, { ...order, idempotencyKey, settles: false, source: SOURCE }))
        .entryId;
    }
    case 'bounce': {
      const order = { ...entry, entryId: made.get(item.payment)!, reason: 'returned unpaid by the bank' };
      return (await reverseEntry(manager, context, order)).entryId;
    }
    case 'credit': {
      const { kind, amountMinor, reason } = item;
      const order = { ...entry, kind, amountMinor, reason, currency: debt.currency, bucket: null };
      return (await postEntry(manager, context, order, () => jurisdiction.ledger.allocation)).entryId;
    }
    case 'agree': {
      const { frequency, firstDueOn, amountMinor, instalments, on } = item;
      const policy = arrangementPolicy(jurisdiction);
      const days = planDays(policy, jurisdictionCalendar(jurisdiction, clock));
      const terms = { frequency, firstDueOn, amountMinor, instalments, firstInstalmentMinor: null };
      const agreed = await agreeArrangement(
        manager,
        { ...context, jurisdictionId: jurisdiction.id },
        {
          ...{ debtIds: [debt.id], allocation: 'oldest-first' as const, idempotencyKey },
          terms: { ...terms, instalmentMinor: null, until: null },
        },
        { today: on, policy, limits: { days, lastDueOn: lastDueOn(on, policy.maximumMonths) } },
      );
      return agreed.arrangementId;
    }
    case 'stop': {
      const { kind, on, details, source, proof } = item;
      const subject =
        item.subject === 'debt'
          ? ({ kind: 'debt', id: debt.id } as const)
          : ({ kind: 'party', id: debt.debtor_id } as const);
      const order = { subject, kind, startsOn: on, endsOn: null, details, source, proof, idempotencyKey };
      return (await placeStop(manager, context, order)).stopId;
    }
    case 'lift': {
      const stopId = made.get(item.stop)!;
      await liftStop(manager, context, stopId, item.on);
      return stopId;
    }
    case 'discharge': {
      const stopId = made.get(item.insolvency)!;
      const surviving = item.surviving.flatMap(({ debt: reference, ground }) => {
        const survivor = debts.get(reference);
        return survivor ? [{ debtId: survivor.id, ground }] : [];
      });
      await recordDischarge(manager, context, { stopId, on: item.on, surviving, proof: item.proof }, item.on);
      return stopId;
    }
    case 'proof': {
      const { kind, on, reference } = item;
      const order = { ...NO_DETAILS, debtId: debt.id, kind, on, reference, idempotencyKey, source: SOURCE };
      return (await recordProof(manager, context, order, on)).proofId;
    }
  }
}
