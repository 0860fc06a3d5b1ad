import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { judgingIn } from '../configuration/judging.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import { parameterOverrides } from '../configuration/rule-settings.js';
import { readOnly } from '../database/read-only.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { totalsOf } from './domain/preview/effect-tally.js';
import type { Effect } from './domain/preview/effect.js';
import { firstDayOfChange, proposedRules } from './proposed-rules.js';
import { previewRules } from './rules-preview.js';
import type { Comparison, ConnectorEffects } from './rules-preview.js';

/** What is to be looked at. */
export interface RulesPreviewOrder {
  readonly jurisdictionId: string;
  /**
   * Numbers of rules as a configuration has them: a list, `{ rules }`, or one. Null for what this process judges by, compared
   * with what was said of each debt when it was judged last: what a start with another register or other numbers would change.
   */
  readonly proposed: unknown;
  /** The day to be judged. Null for the first on which the proposal holds, and never before the office's today. */
  readonly date: IsoDate | null;
  /** How many debts each effect names. */
  readonly examples: number;
}

/** What other numbers, or another register, would change. */
export interface RulesPreview {
  readonly jurisdictionId: string;
  readonly on: IsoDate;
  readonly currency: string;
  /** What the proposal is compared with. */
  readonly comparedWith: 'configured' | 'last-judged';
  /** Over all connectors: a debt counts at each. */
  readonly totals: Readonly<Record<Effect, number>>;
  readonly connectors: readonly ConnectorEffects[];
}

/** Looks at what rules would change before they do. */
@Injectable()
export class RulesPreviews {
  private previewing = false;

  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws Refusal `jurisdiction-unknown`, `rules-invalid` for a proposal that a configuration would be refused for, or
   *   `reports-busy` while another preview is made
   */
  async preview(order: RulesPreviewOrder): Promise<RulesPreview> {
    const jurisdiction = this.jurisdiction(order.jurisdictionId);
    const { id, currency } = jurisdiction;
    const today = await officeDate(this.gateway, this.clock, id);
    const comparison = this.comparison(jurisdiction, order, today);
    const connectors = await this.alone(() =>
      readOnly(this.gateway, (manager) => previewRules(manager, id, comparison, order.examples)),
    );
    return {
      jurisdictionId: id,
      on: comparison.on,
      currency,
      comparedWith: comparison.present === null ? 'last-judged' : 'configured',
      totals: totalsOf(connectors.flatMap(({ effects }) => effects)),
      connectors,
    };
  }

  private comparison(jurisdiction: Jurisdiction, { proposed, date }: RulesPreviewOrder, today: IsoDate): Comparison {
    const configured = judgingIn(jurisdiction, this.clock);
    if (proposed === null) return { on: date ?? today, present: null, proposed: configured };
    const { id, rules: current = [] } = jurisdiction;
    const rules = proposedRules(current, proposed);
    return {
      on: date ?? firstDayOfChange(current, rules, today),
      present: configured,
      proposed: { ...configured, overrides: parameterOverrides({ id, rules }) },
    };
  }

  /** It judges every referred debt, for minutes perhaps: one at a time leaves the others their work. */
  private async alone<T>(preview: () => Promise<T>): Promise<T> {
    if (this.previewing) throw new Refusal('reports-busy', 'another preview is being made: ask again in a while');
    this.previewing = true;
    try {
      return await preview();
    } finally {
      this.previewing = false;
    }
  }

  private jurisdiction(id: string): Jurisdiction {
    const found = this.jurisdictions.find((each) => each.id === id);
    if (!found) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${id}`);
    return found;
  }
}
