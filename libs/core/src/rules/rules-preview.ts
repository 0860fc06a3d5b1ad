import type { EntityManager } from 'typeorm';
import type { Act, DebtSnapshot, Decision, IsoDate, PositionState } from '@concord/plugin-sdk';
import { readInPages } from '../database/read-in-pages.js';
import { rows } from '../database/sql.js';
import { readSnapshots } from '../positions/read-snapshots.js';
import { judge } from './domain/judge.js';
import type { JudgeOptions } from './domain/judge.js';
import { EffectTallies } from './domain/preview/effect-tally.js';
import type { EffectTally } from './domain/preview/effect-tally.js';
import { effectOf, reasonsOf } from './domain/preview/effect.js';
import { asKept, NOT_JUDGED, readHeld, readLastDecisions } from './standing-judgements.js';

/** It looks at every referred debt, beside whatever else is done. */
const WITHIN_MS = 15 * 60_000;

/** As many as are judged together in earnest. */
const PAGE = 500;

/** What is compared with what. */
export interface Comparison {
  /** The day that is judged, by the facts that are on record now. */
  readonly on: IsoDate;
  /** What debts are judged by now. Null: what was said of each when it was judged last, on whatever day that was. */
  readonly present: JudgeOptions | null;
  readonly proposed: JudgeOptions;
}

/** What would change at one connector. */
export interface ConnectorEffects {
  readonly connectorId: string;
  readonly title: string;
  readonly act: Act;
  readonly mode: string;
  /** Debts whose referral stands, or of which the partner may hold something. */
  readonly debts: number;
  readonly effects: readonly EffectTally[];
}

type PreviewedConnector = Omit<ConnectorEffects, 'debts' | 'effects'>;

/**
 * Judges every referred debt of an office's connectors twice, as it is judged in earnest, and counts what would become of it,
 * changing nothing. A constant number of queries a page of debts; only counts and examples are kept. A debt counts once at a
 * connector, however many positions its plugin keeps of it. The plugin is not asked.
 *
 * Connectors that are off or retire are left out: whatever rules say, nothing opens there.
 *
 * @param manager of a transaction that sees one state of the database
 * @param examples how many debts each effect names
 */
export async function previewRules(
  manager: EntityManager,
  jurisdictionId: string,
  comparison: Comparison,
  examples: number,
): Promise<ConnectorEffects[]> {
  await rows(manager, `select set_config('statement_timeout', $1, true)`, [String(WITHIN_MS)]);
  const connectors = await rows<PreviewedConnector>(
    manager,
    `select id as "connectorId", title, act, mode from exchange_v1.connector
     where jurisdiction_id = $1 and mode not in ('off', 'retiring') order by id`,
    [jurisdictionId],
  );
  const previews: ConnectorEffects[] = [];
  for (const connector of connectors) {
    const tallies = new EffectTallies(examples);
    const debts = await compareAll(manager, connector, comparison, tallies);
    previews.push({ ...connector, debts, effects: tallies.all });
  }
  return previews;
}

/** @returns how many debts were compared */
async function compareAll(
  manager: EntityManager,
  { connectorId, act }: PreviewedConnector,
  { on, present, proposed }: Comparison,
  tallies: EffectTallies,
): Promise<number> {
  let compared = 0;
  for await (const page of readInPages<{ debtId: string }>(manager, REFERRED, [connectorId], PAGE)) {
    const ids = page.map(({ debtId }) => debtId);
    const held = await readHeld(manager, connectorId, ids);
    const last = present === null ? await readLastDecisions(manager, connectorId, ids, held) : null;
    for (const debt of await readSnapshots(manager, connectorId, ids, on)) {
      const state = held.get(debt.debt.id) ?? 'absent';
      if (debt.referral === null && state === 'absent') continue;
      const judged = judge(debt, act, on, proposed);
      if (present === null) count(tallies, debt, state, last?.get(debt.debt.id) ?? NOT_JUDGED, asKept(judged));
      else count(tallies, debt, state, judge(debt, act, on, present), judged);
      compared += 1;
    }
  }
  return compared;
}

/** The oldest debts first: their ids follow each other. */
const REFERRED = `select distinct debt_id as "debtId" from cases_v1.referral where connector_id = $1 order by debt_id`;

function count(
  tallies: EffectTallies,
  { debt, ledger }: DebtSnapshot,
  held: PositionState,
  present: Decision,
  proposed: Decision,
): void {
  const effect = effectOf(held, present, proposed);
  tallies.add(effect, {
    debtId: debt.id,
    number: debt.number,
    balanceMinor: ledger.balanceMinor,
    reasons: reasonsOf(effect, present, proposed),
  });
}
