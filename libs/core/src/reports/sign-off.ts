import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { AskedBy } from '../cases/case-commands.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE } from '../platform/tokens.js';
import { CONTROL_TOTALS } from './definitions/control-totals.js';
import { lastOfMonth } from './domain/calendar-periods.js';
import { everyRow, Reports } from './reports.js';

/** A person's word that the control totals of a month are right. */
export interface SignOffOrder {
  readonly jurisdiction: string;
  /** The month, `YYYY-MM`. */
  readonly month: string;
  /** Of what the person has looked at. */
  readonly contentHash: string;
  readonly note: string | null;
}

export interface SignOff {
  readonly id: string;
  readonly month: string;
  readonly throughOn: IsoDate;
  readonly contentHash: string;
  readonly note: string | null;
  readonly actor: string;
  readonly signedAt: Date;
}

const SIGN_OFF = `
  select id, to_char(through_on, 'YYYY-MM') as month, through_on as "throughOn", content_hash as "contentHash", note, actor,
         signed_at as "signedAt"
  from cases.report_sign_off`;

/** Whoever sends no name is called so. */
const NOBODY_NAMED = 'api';

/** Sign-offs of control totals. They are only added: a month that was changed after all is signed once more. */
@Injectable()
export class SignOffs {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The newest first. @throws Refusal `jurisdiction-unknown` */
  async list(jurisdictionId: string): Promise<SignOff[]> {
    await this.reports.today(jurisdictionId);
    return rows<SignOff>(
      this.gateway,
      `${SIGN_OFF} where jurisdiction_id = $1 and report = $2 order by number desc limit 500`,
      [jurisdictionId, CONTROL_TOTALS],
    );
  }

  /**
   * Records that a person signed. The totals are made anew and must be those that the person looked at. What was
   * signed last of a month is not signed again.
   *
   * @throws Refusal `signer-unnamed`, `month-not-over`, `content-differs`, or what making the totals refuses
   */
  async sign(by: AskedBy, order: SignOffOrder): Promise<SignOff & { readonly signed: boolean }> {
    if (by.actor === NOBODY_NAMED) throw new Refusal('signer-unnamed', 'a person signs: x-concord-actor must name one');
    const throughOn = lastOfMonth(`${order.month}-01`);
    if (throughOn >= (await this.reports.today(order.jurisdiction))) {
      throw new Refusal('month-not-over', `a month is signed when it is over: not before the day after ${throughOn}`);
    }
    const report = await this.reports.run({
      ...{ report: CONTROL_TOTALS, jurisdiction: order.jurisdiction, asOf: throughOn, from: null, to: null },
    });
    const content = { rows: await everyRow(report), totals: report.totals };
    if (report.contentHash !== order.contentHash) {
      throw new Refusal('content-differs', 'the totals are not what was looked at: run the report and look again');
    }
    return this.gateway.transaction(async (manager) => {
      // Two who sign at once sign one after the other.
      await rows(manager, `select pg_advisory_xact_lock(hashtext('sign-off ' || $1))`, [order.jurisdiction]);
      const last = await lastOf(manager, order.jurisdiction, throughOn);
      if (last?.contentHash === order.contentHash) return { ...last, signed: false };
      await rows(
        manager,
        `insert into cases.report_sign_off (id, jurisdiction_id, report, through_on, content_hash, content, note, actor,
           correlation_id, signed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[randomUUID(), order.jurisdiction, CONTROL_TOTALS, throughOn, order.contentHash, JSON.stringify(content)],
          ...[order.note, by.actor, by.correlationId, this.clock.now()],
        ],
      );
      return { ...(await lastOf(manager, order.jurisdiction, throughOn))!, signed: true };
    });
  }
}

/** The sign-off of a month that counts. */
async function lastOf(manager: EntityManager, jurisdictionId: string, throughOn: IsoDate): Promise<SignOff | null> {
  const [last] = await rows<SignOff>(
    manager,
    `${SIGN_OFF} where jurisdiction_id = $1 and report = $2 and through_on = $3 order by number desc limit 1`,
    [jurisdictionId, CONTROL_TOTALS, throughOn],
  );
  return last ?? null;
}
