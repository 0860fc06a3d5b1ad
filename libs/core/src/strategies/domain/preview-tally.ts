import { heldBackBy } from './held-back.js';
import { LEFT_OUT } from './left-out.js';
import type { LeftOut } from './left-out.js';
import { KEPT } from './recall.js';
import type { KeptBecause } from './recall.js';
import type { DueDebt, PlannedOutcome } from './referral-plan.js';
import { HINDRANCES } from './strategy.js';
import type { Hindrance, Strategy } from './strategy.js';
import { strategyVersion } from './strategy-version.js';

/** A debt as an example names it. Nothing of a person. */
export interface ExampleDebt {
  readonly debtId: string;
  readonly number: number;
  readonly balanceMinor: number;
}

/** How many debts, what is owed of them in minor units, and the first few. */
export interface Tally {
  readonly debts: number;
  readonly amountMinor: number;
  readonly examples: readonly ExampleDebt[];
}

/** What a strategy would do. The debts that are referred and those that are left out are all debts of its types. */
export interface StrategyPreview {
  readonly strategyId: string;
  readonly version: string;
  readonly act: string;
  readonly round: number;
  /** Debts of its types, whatever is owed of them. */
  readonly debts: number;
  readonly referred: Tally;
  /** A debt that is referred to several counts at each. */
  readonly to: readonly (Omit<Tally, 'examples'> & { readonly connectorId: string })[];
  /** Of those that are referred, what would keep the partner from acting at once; a debt may count twice. */
  readonly heldBack: Readonly<Record<Hindrance, number>>;
  readonly leftOut: readonly (Tally & { readonly reason: LeftOut })[];
  readonly recalled: Tally;
  /** Referrals in force that a recall looks at and leaves; empty where the strategy recalls nothing. */
  readonly kept: readonly (Tally & { readonly reason: KeptBecause })[];
}

class Counter {
  debts = 0;
  amountMinor = 0;
  readonly examples: ExampleDebt[] = [];

  add({ debtId, number, balanceMinor }: ExampleDebt, examples: number): void {
    this.debts += 1;
    this.amountMinor += balanceMinor;
    if (this.examples.length < examples) this.examples.push({ debtId, number, balanceMinor });
  }

  get tally(): Tally {
    return { debts: this.debts, amountMinor: this.amountMinor, examples: this.examples };
  }
}

/** Counts what strategies do, one outcome after the other, so that no debt need be kept in memory. */
export class PreviewTally {
  readonly #all = new Map<string, Counter>();
  readonly #heldBack = new Map<string, number>();

  /**
   * @param examples how many debts each count names
   * @param country of the office, ISO 3166-1 alpha-2
   */
  constructor(
    private readonly examples: number,
    private readonly country: string,
  ) {}

  referral({ debt, strategy, connectorIds, leftOut }: PlannedOutcome<DueDebt & { readonly number: number }>): void {
    const example = { debtId: debt.id, number: debt.number, balanceMinor: debt.balanceMinor };
    if (leftOut !== null) return this.#count(strategy.id, 'left', leftOut).add(example, this.examples);
    this.#count(strategy.id, 'referred', '').add(example, this.examples);
    for (const connectorId of connectorIds) this.#count(strategy.id, 'to', connectorId).add(example, 0);
    for (const hindrance of heldBackBy(strategy.act, this.country, debt)) {
      const key = `${strategy.id} ${hindrance}`;
      this.#heldBack.set(key, (this.#heldBack.get(key) ?? 0) + 1);
    }
  }

  recall(strategyId: string, debt: ExampleDebt, because: KeptBecause | null): void {
    this.#count(strategyId, because === null ? 'recalled' : 'kept', because ?? '').add(debt, this.examples);
  }

  /** What was counted of one strategy. */
  of(strategy: Strategy): StrategyPreview {
    const { id, act } = strategy;
    const get = (group: string, name: string): Tally =>
      this.#all.get(key(id, group, name))?.tally ?? { debts: 0, amountMinor: 0, examples: [] };
    const each = <N extends string>(group: string, names: readonly N[]): (Tally & { readonly reason: N })[] =>
      names.map((reason) => ({ reason, ...get(group, reason) })).filter(({ debts }) => debts > 0);
    const referred = get('referred', '');
    const leftOut = each('left', LEFT_OUT);
    const connectors = strategy.connectors ?? strategy.oneOf.map(({ connector }) => connector);
    const heldBack = HINDRANCES.map((hindrance) => [hindrance, this.#heldBack.get(`${id} ${hindrance}`) ?? 0] as const);
    return {
      strategyId: id,
      version: strategyVersion(strategy),
      act,
      round: strategy.oneOf === undefined ? 1 : (strategy.round ?? 1),
      debts: leftOut.reduce((sum, { debts }) => sum + debts, referred.debts),
      referred,
      to: connectors.map((connectorId) => {
        const { debts, amountMinor } = get('to', connectorId);
        return { connectorId, debts, amountMinor };
      }),
      heldBack: Object.fromEntries(heldBack) as Record<Hindrance, number>,
      leftOut,
      recalled: get('recalled', ''),
      kept: each('kept', KEPT),
    };
  }

  #count(strategyId: string, group: string, name: string): Counter {
    const name_ = key(strategyId, group, name);
    let counter = this.#all.get(name_);
    if (!counter) this.#all.set(name_, (counter = new Counter()));
    return counter;
  }
}

function key(strategyId: string, group: string, name: string): string {
  return `${strategyId} ${group} ${name}`;
}
