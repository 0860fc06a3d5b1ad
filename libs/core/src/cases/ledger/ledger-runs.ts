import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import type { Jurisdiction } from '../../configuration/jurisdiction-file.js';
import { officeDate } from '../../configuration/office-date.js';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../../platform/tokens.js';
import type { ChangeContext } from '../change-recorder.js';
import { accruedThrough } from '../domain/interest/accrual-period.js';
import { accrueInterest } from './accrue-interest.js';
import { postCharges } from './post-charges.js';
import { takeBackCharges } from './take-back-charges.js';
import { markRuns, readRunMarks } from './run-marks.js';

/** What a day brings onto an office's ledgers by itself, where its configuration says so: charges by rule, and interest. */
@Injectable()
export class LedgerRuns {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The day's step of one office. Each day is looked at once: a second call has nothing to read. Days that were missed are
   * made up for, and one that was cut off is looked at again, which posts nothing twice.
   */
  async run(jurisdiction: Jurisdiction, date: IsoDate, correlationId: string): Promise<void> {
    const { charges, interest } = jurisdiction.ledger;
    if (charges.length === 0 && interest.every(({ accrue }) => accrue === 'on-request')) return;
    const context = { jurisdictionId: jurisdiction.id, actor: 'ledger', correlationId, at: this.clock.now() };
    const marks = await readRunMarks(this.gateway, jurisdiction.id);
    // Charges first: interest may run on them, from their own day on.
    await this.charge(context, jurisdiction, marks, date);
    await this.accrue(context, jurisdiction, marks, date);
  }

  /**
   * Every office, on its own today. Never busy: what is not due yet is looked at with the next turn.
   *
   * @throws what an office could not be run for, once all the others were
   */
  async runAll(): Promise<boolean> {
    const failures: unknown[] = [];
    for (const jurisdiction of this.jurisdictions) {
      try {
        await this.run(jurisdiction, await officeDate(this.gateway, this.clock, jurisdiction.id), randomUUID());
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, `ledgers of ${failures.length} offices were not run`);
    return false;
  }

  private async charge(
    context: ChangeContext,
    jurisdiction: Jurisdiction,
    marks: ReadonlyMap<string, IsoDate>,
    date: IsoDate,
  ): Promise<void> {
    const rules = jurisdiction.ledger.charges
      .map((rule) => ({ rule, after: marks.get(`charge:${rule.id}`) ?? addDays(rule.from, -1) }))
      .filter(({ after }) => after < date);
    if (rules.length === 0) return;
    // What must not stand is gone before others are worked out from the balance.
    await takeBackCharges(this.gateway, context, jurisdiction, date);
    const notOver = rules.filter(({ rule, after }) => rule.to === null || after < rule.to);
    if (notOver.length > 0) await postCharges(this.gateway, context, jurisdiction, notOver, date);
    const subjects = rules.map(({ rule }) => `charge:${rule.id}`);
    await markRuns(this.gateway, context.jurisdictionId, subjects, date);
  }

  private async accrue(
    context: ChangeContext,
    { ledger }: Jurisdiction,
    marks: ReadonlyMap<string, IsoDate>,
    date: IsoDate,
  ): Promise<void> {
    for (const period of ['monthly', 'daily'] as const) {
      const through = accruedThrough(period, date)!;
      const isDue = (type: string) => (marks.get(`interest:${type}`) ?? '') < through;
      const interest = ledger.interest
        .filter(({ accrue }) => accrue === period)
        .map((terms) => ({ ...terms, debtTypes: terms.debtTypes.filter(isDue) }));
      const types = interest.flatMap(({ debtTypes }) => debtTypes);
      if (types.length === 0) continue;
      await accrueInterest(this.gateway, context, { ledger: { ...ledger, interest } }, through, date);
      const subjects = types.map((type) => `interest:${type}`);
      await markRuns(this.gateway, context.jurisdictionId, subjects, through);
    }
  }
}
