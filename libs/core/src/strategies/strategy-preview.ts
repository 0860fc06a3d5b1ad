import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { readAgencyLoads } from './agency-loads-store.js';
import { readAllDebts, referralsOf } from './debt-facts-store.js';
import type { AgencyLoads } from './domain/agency-loads.js';
import { PreviewTally } from './domain/preview-tally.js';
import type { StrategyPreview } from './domain/preview-tally.js';
import { decideRecall } from './domain/recall.js';
import { planReferrals } from './domain/referral-plan.js';
import type { Strategy } from './domain/strategy.js';
import { readAllReferrals } from './recall-store.js';

/** It looks at every debt of the types, beside whatever else is done. */
const WITHIN_MS = 15 * 60_000;

/** Where and when strategies are looked at. */
export interface PreviewOffice {
  readonly jurisdictionId: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly today: string;
}

/**
 * What the strategies would do if they looked at every debt of their types and at every referral of theirs today: by
 * the same decisions as {@link reviewDueDebts} and {@link recallWithoutResult}, in the same order, and changing
 * nothing. One statement for all referrals and one for all debts; only counts and examples are kept.
 *
 * @param manager of a transaction that sees one state of the database
 * @param examples how many debts each count names
 */
export async function previewStrategies(
  manager: EntityManager,
  { jurisdictionId, country, today }: PreviewOffice,
  strategies: readonly Strategy[],
  examples: number,
): Promise<StrategyPreview[]> {
  await rows(manager, `select set_config('statement_timeout', $1, true)`, [String(WITHIN_MS)]);
  const tally = new PreviewTally(examples, country);
  const loads = await readAgencyLoads(manager, strategies, today);
  const recalled = await previewRecalls(manager, jurisdictionId, strategies, today, { tally, loads });
  for await (const debts of readAllDebts(manager, jurisdictionId, strategies, today)) {
    const earlier = referralsOf(debts).map((referral) =>
      recalled.has(referral.id) ? { ...referral, endedOn: today, end: 'recalled' as const } : referral,
    );
    const { outcomes } = planReferrals(strategies, debts, earlier, loads, { today, country });
    for (const outcome of outcomes) tally.referral(outcome);
  }
  return strategies.map((strategy) => tally.of(strategy));
}

/** @returns the ids of the referrals that would be taken back; what the agencies hold is less by them */
async function previewRecalls(
  manager: EntityManager,
  jurisdictionId: string,
  strategies: readonly Strategy[],
  today: string,
  { tally, loads }: { readonly tally: PreviewTally; readonly loads: AgencyLoads },
): Promise<ReadonlySet<string>> {
  const terms = new Map(strategies.flatMap(({ id, recall }) => (recall === undefined ? [] : [[id, recall] as const])));
  const recalled = new Set<string>();
  if (terms.size === 0) return recalled;
  for await (const referrals of readAllReferrals(manager, jurisdictionId, [...terms.keys()], today)) {
    for (const referral of referrals) {
      const decision = decideRecall(terms.get(referral.strategyId)!, referral, today);
      tally.recall(referral.strategyId, referral, decision.recall ? null : decision.because);
      if (!decision.recall) continue;
      recalled.add(referral.id);
      loads.remove(referral.strategyId, referral.connectorId);
    }
  }
  return recalled;
}
