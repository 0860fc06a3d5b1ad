import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { ACTS } from '@concord/plugin-sdk';
import type { Act, DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { locateDebt } from '../cases/case-lookup.js';
import { judgingIn } from '../configuration/judging.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import { readOnly } from '../database/read-only.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { NO_CONNECTOR, readSnapshots } from '../positions/read-snapshots.js';
import { NEVER_REFERRED, readReferrals } from '../positions/snapshot/referrals.js';
import { explain } from './domain/explain.js';
import type { ActExplanation } from './domain/explain.js';
import { listRules } from './domain/listing.js';
import type { ListedRule } from './domain/listing.js';
import { referralObjections } from './domain/referral.js';

/** A partner of the office that performs an act, and whether it was asked to for the debt. */
export interface ActPartner {
  readonly connectorId: string;
  readonly title: string;
  readonly mode: string;
  /** Whether a referral of the debt to it is in force. */
  readonly referred: boolean;
  /** In words that can be read aloud to the debtor. */
  readonly says: string;
}

/** What the law says of an act on a debt, and apart from it who was asked to do it. */
export interface ExplainedAct extends ActExplanation {
  readonly partners: readonly ActPartner[];
}

export interface ExplainedDebt {
  readonly debtId: string;
  readonly number: string;
  readonly jurisdictionId: string;
  /** The day that was asked about. What is on record now is judged on it. */
  readonly on: IsoDate;
  readonly acts: readonly ExplainedAct[];
}

export interface ExplainOrder {
  readonly debtId: string;
  /** Null for every act. */
  readonly act: Act | null;
  /** Null for the office's today. */
  readonly date: IsoDate | null;
}

/** What people ask of the rules. */
@Injectable()
export class RuleQueries {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Every rule of the register; reachable are those about acts of connectors that exist. */
  async list(): Promise<readonly ListedRule[]> {
    const found = await rows<{ act: Act }>(this.gateway, 'select distinct act from exchange_v1.connector');
    return listRules(found.map(({ act }) => act));
  }

  /** @throws Refusal `debt-unknown` */
  async explain({ debtId, act, date }: ExplainOrder): Promise<ExplainedDebt> {
    const { jurisdictionId } = await locateDebt(this.gateway, debtId);
    const on = date ?? (await officeDate(this.gateway, this.clock, jurisdictionId));
    return readOnly(this.gateway, async (manager) => {
      const [debt] = await readSnapshots(manager, NO_CONNECTOR, [debtId], on);
      if (!debt) throw new Refusal('debt-unknown', `no debt has the id ${debtId}`);
      const partners = await this.partnersOf(manager, debt, on);
      const options = judgingIn(this.jurisdiction(jurisdictionId), this.clock);
      const acts = (act === null ? ACTS : [act]).map((each): ExplainedAct => ({
        ...explain(debt, each, on, options),
        partners: partners.filter((partner) => partner.act === each).map(({ act: _act, ...partner }) => partner),
      }));
      return { debtId, number: debt.debt.number, jurisdictionId, on, acts };
    });
  }

  /** Every connector of the office that is not off: one query a connector, of which an office has a handful. */
  private async partnersOf(
    manager: EntityManager,
    debt: DebtSnapshot,
    on: IsoDate,
  ): Promise<(ActPartner & { readonly act: Act })[]> {
    const connectors = await rows<{ id: string; act: Act; title: string; mode: string }>(
      manager,
      `select id, act, title, mode from exchange_v1.connector where jurisdiction_id = $1 and mode <> 'off' order by id`,
      [debt.jurisdiction.id],
    );
    const partners: (ActPartner & { readonly act: Act })[] = [];
    for (const { id, act, title, mode } of connectors) {
      const referrals = (await readReferrals(manager, id, [debt.debt.id], on)).get(debt.debt.id) ?? NEVER_REFERRED;
      const objections = referralObjections({ ...debt, ...referrals }, act, on);
      const says = objections[0]?.reason ?? 'The office has referred this debt to this partner.';
      partners.push({ connectorId: id, act, title, mode, referred: objections.length === 0, says });
    }
    return partners;
  }

  private jurisdiction(id: string): Jurisdiction {
    const found = this.jurisdictions.find((each) => each.id === id);
    if (!found) throw new Refusal('jurisdiction-unknown', `no file describes the jurisdiction ${id}`);
    return found;
  }
}
