import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { AskedBy } from '../cases/case-commands.js';
import { locateDebt } from '../cases/case-lookup.js';
import { arrangementPolicy } from '../configuration/arrangement-settings.js';
import { jurisdictionCalendar } from '../configuration/jurisdiction-calendar.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { agreeArrangement } from './agree.js';
import type { AgreedArrangement, AgreementTerms, ArrangementOrder } from './agree.js';
import { viewArrangement, viewArrangementsOf } from './arrangement-reads.js';
import type { ArrangementView } from './arrangement-reads.js';
import { reviewArrangements } from './arrangement-review.js';
import { readArrangement } from './arrangement-store.js';
import { planDays } from './domain/arrangement-policy.js';
import type { Plan, PlanTerms } from './domain/plan-terms.js';
import { calculatePlan, lastDueOn } from './domain/plan.js';
import { endArrangement } from './end.js';
import { extendArrangement } from './extend.js';
import type { ExtensionOrder } from './extend.js';
import { payArrangement } from './pay.js';
import type { ArrangementPayment } from './pay.js';

/** What people do with payment arrangements, each change in one transaction with its event. */
@Injectable()
export class ArrangementCommands {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The plan that terms would make in an office, of which nothing is kept.
   *
   * @throws Refusal `jurisdiction-unknown`, or a fault of the plan
   */
  async calculate(jurisdictionId: string, terms: PlanTerms): Promise<Plan> {
    const { limits } = await this.officeTerms(jurisdictionId);
    const result = calculatePlan(terms, limits);
    if (!result.ok) throw new Refusal(result.code, result.message);
    return result.plan;
  }

  /** @throws Refusal as {@link agreeArrangement} */
  async agree(by: AskedBy, order: ArrangementOrder): Promise<AgreedArrangement> {
    const { jurisdictionId } = await locateDebt(this.gateway, order.debtIds[0]!);
    const office = await this.officeTerms(jurisdictionId);
    const context = { ...by, jurisdictionId, at: this.clock.now() };
    return this.gateway.transaction((manager) => agreeArrangement(manager, context, order, office));
  }

  /** @throws Refusal as {@link extendArrangement} */
  async extend(by: AskedBy, order: ExtensionOrder): Promise<{ readonly revision: number; readonly extended: boolean }> {
    const { jurisdictionId } = await readArrangement(this.gateway, order.arrangementId);
    const office = await this.officeTerms(jurisdictionId);
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => extendArrangement(manager, context, order, office));
  }

  /** @throws Refusal as {@link endArrangement} */
  async end(by: AskedBy, arrangementId: string, reason: string): Promise<{ readonly ended: boolean }> {
    const { jurisdictionId } = await readArrangement(this.gateway, arrangementId);
    const on = await officeDate(this.gateway, this.clock, jurisdictionId);
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => endArrangement(manager, context, arrangementId, { on, reason }));
  }

  /** @throws Refusal as {@link payArrangement} */
  async pay(
    by: AskedBy,
    order: Omit<ArrangementPayment, 'paidOn' | 'bookedOn'> & { readonly paidOn: IsoDate | null },
  ): ReturnType<typeof payArrangement> {
    const { jurisdictionId } = await readArrangement(this.gateway, order.arrangementId);
    const bookedOn = await officeDate(this.gateway, this.clock, jurisdictionId);
    const payment = { ...order, bookedOn, paidOn: order.paidOn ?? bookedOn };
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => payArrangement(manager, context, payment));
  }

  /** @param asOf the office's today where it is null */
  async view(arrangementId: string, asOf: IsoDate | null): Promise<ArrangementView> {
    const { jurisdictionId } = await readArrangement(this.gateway, arrangementId);
    return viewArrangement(this.gateway, arrangementId, asOf ?? (await this.today(jurisdictionId)));
  }

  /** @param asOf the office's today where it is null */
  async viewOf(debtId: string, asOf: IsoDate | null): Promise<ArrangementView[]> {
    const { jurisdictionId } = await locateDebt(this.gateway, debtId);
    return viewArrangementsOf(this.gateway, debtId, asOf ?? (await this.today(jurisdictionId)));
  }

  /** The day's step of one office. */
  review(jurisdictionId: string, date: IsoDate, correlationId: string): ReturnType<typeof reviewArrangements> {
    const context = { jurisdictionId, actor: 'arrangements', correlationId, at: this.clock.now() };
    return reviewArrangements(this.gateway, context, date);
  }

  /** Every office, on its own today. Never busy: what is not due yet is looked at with the next turn. */
  async reviewAll(): Promise<boolean> {
    for (const { id } of this.jurisdictions) await this.review(id, await this.today(id), randomUUID());
    return false;
  }

  private today(jurisdictionId: string): Promise<IsoDate> {
    return officeDate(this.gateway, this.clock, jurisdictionId);
  }

  private async officeTerms(jurisdictionId: string): Promise<AgreementTerms> {
    const jurisdiction = this.jurisdictions.find(({ id }) => id === jurisdictionId);
    if (!jurisdiction) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${jurisdictionId}`);
    const policy = arrangementPolicy(jurisdiction);
    const today = await this.today(jurisdictionId);
    const days = planDays(policy, jurisdictionCalendar(jurisdiction, this.clock));
    return { today, policy, limits: { days, lastDueOn: lastDueOn(today, policy.maximumMonths) } };
  }
}
