import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { Jurisdiction } from '../../configuration/jurisdiction-file.js';
import { officeDate } from '../../configuration/office-date.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../../platform/tokens.js';
import type { AskedBy } from '../case-commands.js';
import { locateDebt } from '../case-lookup.js';
import { debtTypesOf, missingFacts } from '../domain/debt-types.js';
import type { DebtType, MissingFact } from '../domain/debt-types.js';
import { changeDates } from './change-dates.js';
import type { ChangedDates, DatesOrder } from './change-dates.js';
import { listDateChanges, listJudgments, readDebtFacts } from './detail-reads.js';
import type { DateChangeView, DebtFactsView, JudgmentView } from './detail-reads.js';
import { enterJudgment } from './enter-judgment.js';
import type { EnteredJudgment, JudgmentOrder } from './enter-judgment.js';
import { turnJudgment } from './turn-judgment.js';
import type { JudgmentTurnOrder, TurnedJudgment } from './turn-judgment.js';

/** Everything about one debt that is neither money nor a person. */
export interface DebtDetails extends Omit<DebtFactsView, 'typeCode' | 'country'> {
  /** Title and family are null for a code that is in no list. */
  readonly type: { readonly [key in keyof DebtType]: DebtType[key] | null };
  readonly missing: readonly MissingFact[];
  readonly dateChanges: readonly DateChangeView[];
  readonly judgments: readonly JudgmentView[];
}

/** What officers record about debts: their dates and judgments, each change in one transaction with its event. */
@Injectable()
export class DebtDetailCommands {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal as {@link changeDates} */
  async changeDates(by: AskedBy, order: DatesOrder): Promise<ChangedDates> {
    const today = await this.todayOf(order.debtId);
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => changeDates(manager, context, order, today));
  }

  /** @throws Refusal as {@link enterJudgment} */
  async enterJudgment(by: AskedBy, order: JudgmentOrder): Promise<EnteredJudgment> {
    const today = await this.todayOf(order.debtId);
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => enterJudgment(manager, context, order, today));
  }

  /** @throws Refusal as {@link turnJudgment} */
  async turnJudgment(by: AskedBy, order: JudgmentTurnOrder): Promise<TurnedJudgment> {
    const today = await this.todayOf(order.debtId);
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => turnJudgment(manager, context, order, today));
  }

  /** @throws Refusal `debt-unknown` */
  async details(debtId: string): Promise<DebtDetails> {
    const { typeCode, country, ...facts } = await readDebtFacts(this.gateway, debtId);
    const type = this.types(facts.jurisdictionId).find(({ code }) => code === typeCode);
    return {
      ...facts,
      type: type ?? { code: typeCode, title: null, family: null },
      missing: missingFacts(country, type?.family ?? null, facts),
      dateChanges: await listDateChanges(this.gateway, debtId),
      judgments: await listJudgments(this.gateway, debtId),
    };
  }

  /** @throws Refusal `jurisdiction-unknown` */
  types(jurisdictionId: string): DebtType[] {
    const jurisdiction = this.jurisdictions.find(({ id }) => id === jurisdictionId);
    if (!jurisdiction) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${jurisdictionId}`);
    return debtTypesOf(jurisdiction.debtTypes ?? []);
  }

  private async todayOf(debtId: string): Promise<IsoDate> {
    const { jurisdictionId } = await locateDebt(this.gateway, debtId);
    return officeDate(this.gateway, this.clock, jurisdictionId);
  }
}
