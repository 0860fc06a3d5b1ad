import { orderOn } from './allocation-order.js';
import type { AllocationOrder } from './allocation-order.js';
import { bucketOfCharge, BUCKETS, isCredit } from './entry.js';
import type { Bucket, ByBucket, Entry } from './entry.js';

/** One credit: what of it went to which bucket, what was given back, and what is left to the debtor's credit. */
interface Lot {
  /** A credit that names a bucket is kept for it, and goes nowhere else. */
  readonly kept: boolean;
  readonly order: readonly Bucket[];
  readonly allocated: Record<Bucket, number>;
  freeMinor: number;
  refundedMinor: number;
  reversed: boolean;
}

interface PaidOut {
  readonly from: readonly { readonly lot: Lot; readonly amountMinor: number }[];
  readonly beyondMinor: number;
}

/** What is owed by bucket, none of them below zero, and what was paid beyond all of them. Minor units. */
export interface Dues {
  readonly buckets: ByBucket;
  /** Above zero only where every bucket is zero. */
  readonly creditMinor: number;
}

/** How a debt stands after entries were applied to it one after the other. What was paid in excess covers what is charged later. */
export class Standing {
  private readonly dueMinor = nothing();
  private readonly lots = new Map<string, Lot>();
  private readonly paidOut = new Map<string, PaidOut>();
  private readonly charges = new Map<string, Entry>();

  constructor(private readonly orders: readonly AllocationOrder[]) {}

  /** What is charged in each bucket and not covered by what is allocated to it: what interest may run on. */
  get charged(): ByBucket {
    return { ...this.dueMinor };
  }

  /** What is owed. Where a kept credit exceeds its own bucket, the others are lower by it for as long. */
  dues(): Dues {
    const buckets = nothing();
    let creditMinor = [...this.lots.values()].reduce((sum, { freeMinor }) => sum + freeMinor, 0);
    for (const bucket of BUCKETS) {
      const covered = Math.min(creditMinor, this.dueMinor[bucket]);
      buckets[bucket] = this.dueMinor[bucket] - covered;
      creditMinor -= covered;
    }
    return { buckets, creditMinor };
  }

  /** Where a credit stands allocated; null for an entry that is no credit, or is undone. */
  allocationOf(entryId: string): ByBucket | null {
    const lot = this.lots.get(entryId);
    return lot === undefined ? null : { ...lot.allocated };
  }

  apply(entry: Entry): void {
    if (entry.kind === 'reversal') this.undo(entry);
    else if (entry.kind === 'refund') this.payOut(entry);
    else if (isCredit(entry.kind) && !entry.accrued) this.credit(entry);
    else if (entry.kind === 'adjustment') this.lower('interest', entry.amountMinor);
    else this.charge(entry);
  }

  /** Raises interest that no entry of the ledger is for yet. */
  chargeInterest(amountMinor: number): void {
    this.dueMinor.interest += amountMinor;
    this.spendCredit();
  }

  private charge(entry: Entry): void {
    this.charges.set(entry.id, entry);
    this.dueMinor[bucketOfCharge(entry)] += entry.amountMinor;
    this.spendCredit();
  }

  private credit({ id, amountMinor, bookedOn, effectiveOn, bucket }: Entry): void {
    const order = bucket === null ? orderOn(this.orders, bookedOn ?? effectiveOn) : [bucket];
    const kept = bucket !== null;
    this.lots.set(id, { kept, order, allocated: nothing(), freeMinor: amountMinor, refundedMinor: 0, reversed: false });
    this.spendCredit();
  }

  private payOut({ id, amountMinor }: Entry): void {
    const from: { lot: Lot; amountMinor: number }[] = [];
    let left = amountMinor;
    for (const lot of [...this.lots.values()].sort((a, b) => Number(a.kept) - Number(b.kept))) {
      const taken = Math.min(left, lot.freeMinor);
      if (taken === 0) continue;
      lot.freeMinor -= taken;
      lot.refundedMinor += taken;
      left -= taken;
      from.push({ lot, amountMinor: taken });
    }
    // Given back beyond the credit there was: the debtor owes it again.
    this.dueMinor.principal += left;
    this.paidOut.set(id, { from, beyondMinor: left });
  }

  private undo({ reverses }: Entry): void {
    const id = reverses ?? '';
    const lot = this.lots.get(id);
    const paidOut = this.paidOut.get(id);
    const charge = this.charges.get(id);
    if (lot !== undefined) this.undoCredit(id, lot);
    else if (paidOut !== undefined) this.undoRefund(paidOut);
    else if (charge !== undefined) this.lower(bucketOfCharge(charge), charge.amountMinor);
    else throw new Error(`a reversal undoes ${id}, which did not take effect before it`);
    this.spendCredit();
  }

  private undoCredit(id: string, lot: Lot): void {
    for (const bucket of BUCKETS) this.dueMinor[bucket] += lot.allocated[bucket];
    // Money that was given back of a payment that never was is owed by the debtor.
    this.dueMinor.principal += lot.refundedMinor;
    lot.reversed = true;
    this.lots.delete(id);
  }

  private undoRefund({ from, beyondMinor }: PaidOut): void {
    let noLongerOwed = beyondMinor;
    for (const { lot, amountMinor } of from) {
      if (lot.reversed) noLongerOwed += amountMinor;
      else {
        lot.refundedMinor -= amountMinor;
        lot.freeMinor += amountMinor;
      }
    }
    this.lower('principal', noLongerOwed);
  }

  /** Lowers a charge. What had been allocated to it beyond what is left is free again, the latest first. */
  private lower(bucket: Bucket, amountMinor: number): void {
    this.dueMinor[bucket] -= amountMinor;
    for (const lot of [...this.lots.values()].reverse()) {
      const freed = Math.min(lot.allocated[bucket], -this.dueMinor[bucket]);
      if (freed <= 0) continue;
      lot.allocated[bucket] -= freed;
      lot.freeMinor += freed;
      this.dueMinor[bucket] += freed;
    }
    if (this.dueMinor[bucket] < 0) throw new Error(`more is taken off ${bucket} than was charged`);
    this.spendCredit();
  }

  private spendCredit(): void {
    for (const lot of this.lots.values()) {
      for (const bucket of lot.freeMinor > 0 ? lot.order : []) this.allocate(lot, bucket);
    }
  }

  private allocate(lot: Lot, bucket: Bucket): void {
    const amountMinor = Math.min(lot.freeMinor, this.dueMinor[bucket]);
    lot.allocated[bucket] += amountMinor;
    lot.freeMinor -= amountMinor;
    this.dueMinor[bucket] -= amountMinor;
  }
}

function nothing(): Record<Bucket, number> {
  return { cost: 0, fee: 0, interest: 0, principal: 0 };
}
