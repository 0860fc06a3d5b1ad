import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { AskedBy } from '../cases/case-commands.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import { readOnly } from '../database/read-only.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import type { StrategyPreview } from './domain/preview-tally.js';
import type { Strategy } from './domain/strategy.js';
import { readProposal } from './proposal-store.js';
import { proposedStrategies } from './proposed-strategies.js';
import { inOrder, strategiesInForce, withHeld } from './strategies-in-force.js';
import { previewStrategies } from './strategy-preview.js';
import type { PreviewOffice } from './strategy-preview.js';
import { listStrategies } from './strategy-reads.js';
import type { StrategyView } from './strategy-reads.js';
import { lockVersions, putInForce, readVersions } from './strategy-version-store.js';

/** What is to be looked at. */
export interface PreviewOrder {
  readonly jurisdictionId: string;
  /** Of this strategy alone the result is given; the others are looked at with it. Null for all. */
  readonly strategyId: string | null;
  /** Strategies as a configuration has them: a list, `{ strategies }`, or one strategy. Null for what is in force. */
  readonly proposed: unknown;
  /** Where nothing is proposed: also what is held, in the place of what is in force. */
  readonly held?: boolean | undefined;
  /** How many debts each count names. */
  readonly examples: number;
}

/** What strategies would do today, if they looked at every debt of their types. */
export interface Preview {
  readonly jurisdictionId: string;
  readonly on: string;
  readonly currency: string;
  readonly strategies: readonly StrategyPreview[];
}

/** What people ask of strategies. */
@Injectable()
export class StrategyCommands {
  private previewing = false;

  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `jurisdiction-unknown` */
  list(jurisdictionId: string): Promise<StrategyView[]> {
    return listStrategies(this.gateway, this.jurisdiction(jurisdictionId));
  }

  /**
   * @throws Refusal `jurisdiction-unknown`, `strategy-unknown`, `strategies-invalid` for a proposal that says nothing, or
   *   `reports-busy` while another is made
   */
  async preview(order: PreviewOrder): Promise<Preview> {
    const jurisdiction = this.jurisdiction(order.jurisdictionId);
    const office = await this.office(jurisdiction);
    const stored = await readVersions(this.gateway, jurisdiction.id);
    const configured = await readProposal(this.gateway, jurisdiction);
    const current = (order.held === true ? withHeld : inOrder)(configured, stored);
    const strategies: readonly Strategy[] =
      order.proposed === null ? current : proposedStrategies(current, order.proposed);
    if (order.strategyId !== null && !strategies.some(({ id }) => id === order.strategyId)) {
      throw new Refusal('strategy-unknown', `${jurisdiction.id} has no strategy ${order.strategyId}`);
    }
    const previews = await this.alone(() =>
      readOnly(this.gateway, (manager) => previewStrategies(manager, office, strategies, order.examples)),
    );
    return {
      jurisdictionId: jurisdiction.id,
      on: office.today,
      currency: jurisdiction.currency,
      strategies: previews.filter(({ strategyId }) => order.strategyId === null || strategyId === order.strategyId),
    };
  }

  /**
   * Puts a content into force that waits for a person.
   *
   * @param decision with the version that the person has looked at, or its beginning
   * @throws Refusal `jurisdiction-unknown`, `strategy-unknown`, `strategy-not-held` where nothing of it waits, or
   *   `content-differs` where what waits is not what the person has looked at
   */
  async apply(
    { actor }: AskedBy,
    jurisdictionId: string,
    strategyId: string,
    { version, reason }: { readonly version: string; readonly reason: string },
  ): Promise<{ readonly strategyId: string; readonly version: string }> {
    const jurisdiction = this.jurisdiction(jurisdictionId);
    const configured = await readProposal(this.gateway, jurisdiction);
    if (!configured.some(({ id }) => id === strategyId)) {
      throw new Refusal('strategy-unknown', `${jurisdictionId} has no strategy ${strategyId}`);
    }
    const office = await this.office(jurisdiction);
    const at = this.clock.now();
    // What was configured since the last look is looked at first: it may need nobody, or be what is meant.
    await strategiesInForce(this.gateway, office, configured, at);
    return this.gateway.transaction(async (manager) => {
      await lockVersions(manager, jurisdictionId);
      const held = (await readVersions(manager, jurisdictionId)).find(
        (each) => each.strategyId === strategyId && each.state === 'held',
      );
      if (!held) throw new Refusal('strategy-not-held', `nothing of ${strategyId} waits for a person`);
      if (!held.version.startsWith(version)) {
        throw new Refusal(
          'content-differs',
          `of ${strategyId} ${held.version} waits, not ${version}: look at it first`,
        );
      }
      const decision = { by: actor, at, reason, effect: held.effect };
      await putInForce(manager, jurisdictionId, held.content, decision);
      return { strategyId, version: held.version };
    });
  }

  /** It reads every debt, for a minute perhaps, with memory of its own: one at a time leaves the others their work. */
  private async alone<T>(preview: () => Promise<T>): Promise<T> {
    if (this.previewing) throw new Refusal('reports-busy', 'another preview is being made: ask again in a while');
    this.previewing = true;
    try {
      return await preview();
    } finally {
      this.previewing = false;
    }
  }

  private async office({ id, country }: Jurisdiction): Promise<PreviewOffice> {
    return { jurisdictionId: id, country, today: await officeDate(this.gateway, this.clock, id) };
  }

  private jurisdiction(id: string): Jurisdiction {
    const found = this.jurisdictions.find((each) => each.id === id);
    if (!found) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${id}`);
    return found;
  }
}
