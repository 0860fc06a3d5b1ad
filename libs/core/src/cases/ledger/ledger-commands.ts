import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Jurisdiction } from '../../configuration/jurisdiction-file.js';
import { officeDate } from '../../configuration/office-date.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../../platform/tokens.js';
import type { AskedBy } from '../case-commands.js';
import { locateDebt } from '../case-lookup.js';
import type { AllocationOrder } from '../domain/ledger/allocation-order.js';
import { accrueInterest } from './accrue-interest.js';
import type { AccruedInterest } from './accrue-interest.js';
import { endFreeze, freezeInterest } from './interest-freezes.js';
import type { FreezeOrder } from './interest-freezes.js';
import { ledgerAsOf } from './ledger-reads.js';
import { postEntry } from './post-entry.js';
import type { EntryOrder, PostedEntry } from './post-entry.js';
import { reverseEntry } from './reverse-entry.js';
import type { EntryReversalOrder } from './reverse-entry.js';

/** An order that may leave its day to the office's today. */
type Undated<T> = Omit<T, 'effectiveOn' | 'bookedOn'> & { readonly effectiveOn: string | null };

/** What officers do on ledgers, each in one transaction with its events. */
@Injectable()
export class LedgerCommands {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async post(by: AskedBy, order: Undated<EntryOrder>): Promise<PostedEntry> {
    const bookedOn = await this.todayOfDebt(order.debtId);
    const dated: EntryOrder = { ...order, effectiveOn: order.effectiveOn ?? bookedOn, bookedOn };
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => postEntry(manager, context, dated, this.allocation));
  }

  async reverse(by: AskedBy, order: Undated<EntryReversalOrder>): Promise<PostedEntry> {
    const bookedOn = await this.todayOfDebt(order.debtId);
    const dated: EntryReversalOrder = { ...order, effectiveOn: order.effectiveOn ?? bookedOn, bookedOn };
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => reverseEntry(manager, context, dated));
  }

  async freeze(by: AskedBy, order: Omit<FreezeOrder, 'startsOn'> & { readonly startsOn: string | null }) {
    const startsOn = order.startsOn ?? (await this.todayOfDebt(order.debtId));
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => freezeInterest(manager, context, { ...order, startsOn }));
  }

  /** @param on first day that bears interest again; null for the office's today */
  async endFreeze(by: AskedBy, freezeId: string, on: string | null): Promise<{ readonly ended: boolean }> {
    const [found] = await rows<{ debt_id: string }>(
      this.gateway,
      'select debt_id from cases.interest_freeze where id = $1',
      [freezeId],
    );
    if (!found) throw new Refusal('freeze-unknown', `no freeze of interest has the id ${freezeId}`);
    const from = on ?? (await this.todayOfDebt(found.debt_id));
    return this.gateway.transaction((manager) => endFreeze(manager, by, freezeId, from));
  }

  /**
   * @param through last day that bears interest; null for the office's today
   * @throws Refusal `jurisdiction-unknown` or `date-in-future`
   */
  async accrueInterest(by: AskedBy, jurisdictionId: string, through: string | null): Promise<AccruedInterest> {
    const jurisdiction = this.jurisdiction(jurisdictionId);
    const today = await officeDate(this.gateway, this.clock, jurisdictionId);
    if (through !== null && through > today) {
      throw new Refusal('date-in-future', `${through} is after ${today}, the office's today`);
    }
    const context = { ...by, jurisdictionId, at: this.clock.now() };
    return accrueInterest(this.gateway, context, jurisdiction, through ?? today, today);
  }

  ledgerAsOf(debtId: string, asOf: string) {
    return ledgerAsOf(this.gateway, debtId, asOf, this.allocation);
  }

  private readonly allocation = (jurisdictionId: string): readonly AllocationOrder[] =>
    this.jurisdiction(jurisdictionId).ledger.allocation;

  private jurisdiction(id: string): Jurisdiction {
    const found = this.jurisdictions.find((each) => each.id === id);
    if (!found) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${id}`);
    return found;
  }

  private async todayOfDebt(debtId: string): Promise<string> {
    const { jurisdictionId } = await locateDebt(this.gateway, debtId);
    return officeDate(this.gateway, this.clock, jurisdictionId);
  }
}
