import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { DebtSnapshot, Decision, DesiredPosition, IsoDate, PositionContent } from '@concord/plugin-sdk';
import { addDays } from '../calendar/domain/iso-date.js';
import type { Connector } from '../connectors/connector.js';
import { silentCheckpoints } from '../platform/checkpoints.js';
import type { CheckpointListener } from '../platform/checkpoints.js';
import { PluginFailure } from '../plugin-host/plugin-failure.js';
import type { PluginHost } from '../plugin-host/pool.js';
import { judge } from '../rules/domain/judge.js';
import { nextLookOn } from '../rules/domain/next-look.js';
import { stopsInForce } from '../rules/domain/stops-in-force.js';
import { writeBlocks } from './block-store.js';
import type { BlockRow } from './block-store.js';
import { statementHash } from './canonical-hash.js';
import { expectedReferrals } from './adopted-referrals.js';
import { deadline, ruleOf } from './deadline.js';
import { bound } from './domain/bound.js';
import { presumed } from './domain/presumed.js';
import { stands } from './domain/statement.js';
import { releaseOwed } from './domain/release-owed.js';
import { groupBy } from './grouping.js';
import { claimDue, scheduleNext } from './looks.js';
import { lockPositions, writeDesired } from './position-store.js';
import type { DesiredRow, StoredPosition } from './position-store.js';
import { refuseOtherRules } from './other-rules.js';
import { readSnapshots } from './read-snapshots.js';
import { writeDuties } from './release-duties.js';
import { takenReferences } from './taken-references.js';
import type { DutyRow } from './release-duties.js';

const BATCH = 500;

/** The two dates of a judgement. */
export interface JudgementDates {
  /** What holds on this day is judged: never before the office's today, or a stop that was just placed would not hold. */
  readonly asOf: IsoDate;
  /** The business date under which duties and blocks that begin or end now are counted. */
  readonly bookedOn: IsoDate;
}

interface Judged {
  readonly debt: DebtSnapshot;
  readonly decision: Decision;
  readonly nextOn: IsoDate | null;
}

/**
 * Brings desired up to date for everything that is due at a connector: judged by the rules, desired by the plugin, and
 * bounded by both. A constant number of queries a batch.
 *
 * @returns how many subjects were judged
 * @throws PluginFailure when the plugin can't say, Refusal `rules-replaced` when a later start has replaced what is judged by; the
 *   batch stays due
 */
export async function recompute(
  exchange: DataSource,
  host: PluginHost,
  connector: Connector,
  dates: JudgementDates,
  checkpoints: CheckpointListener = silentCheckpoints,
): Promise<number> {
  let judgedSoFar = 0;
  for (;;) {
    const judged = await exchange.transaction(async (manager) => {
      const batch = await recomputeBatch(manager, host, connector, dates);
      if (batch > 0) await checkpoints.reached('mid-judging', connector.id);
      return batch;
    });
    if (judged === 0) return judgedSoFar;
    judgedSoFar += judged;
  }
}

/**
 * The same within a transaction of the caller's, which may be given up: judging for a look at what would be said.
 *
 * @returns how many subjects were judged
 */
export async function recomputeWithin(
  manager: EntityManager,
  host: PluginHost,
  connector: Connector,
  dates: JudgementDates,
): Promise<number> {
  let judgedSoFar = 0;
  for (;;) {
    const judged = await recomputeBatch(manager, host, connector, dates);
    if (judged === 0) return judgedSoFar;
    judgedSoFar += judged;
  }
}

async function recomputeBatch(
  manager: EntityManager,
  host: PluginHost,
  connector: Connector,
  { asOf: date, bookedOn }: JudgementDates,
): Promise<number> {
  const due = await claimDue(manager, connector.id, date, BATCH);
  if (due.length === 0) return 0;
  await refuseOtherRules(manager, connector);
  const positions = groupBy(await lockPositions(manager, connector.id, due), ({ subjectId }) => subjectId);
  const read = await readSnapshots(manager, connector.id, due, date);
  const expected = await expectedReferrals(manager, connector, read, positions);
  const debts = read.map((debt) => ({ ...debt, referral: expected.get(debt.debt.id) ?? debt.referral }));
  const relevant = debts.filter((debt) => debt.referral !== null || positions.has(debt.debt.id));
  const judged = relevant.map((debt): Judged => judgeDebt(debt, connector, date));
  const { desired, failed } = await desireAll(host, connector, date, judged);

  const written: DesiredRow[] = [];
  const duties: DutyRow[] = [];
  for (const [each, positionsOfDebt] of desired) {
    const stored = positions.get(each.debt.debt.id) ?? [];
    for (const result of settle(connector, date, each, positionsOfDebt, stored)) {
      written.push(result.row);
      duties.push(result.duty);
    }
  }
  const taken = await takenReferences(manager, connector.id, written);
  const kept = written.filter(({ subjectId }) => !taken.some((block) => block.subjectId === subjectId));
  const keptIds = new Set(kept.map(({ id }) => id));
  await writeDesired(manager, connector.id, date, kept);
  await writeDuties(manager, connector.id, bookedOn, [
    ...duties.filter(({ positionId }) => keptIds.has(positionId)),
    ...failed.flatMap((each) => dutiesWithoutPlugin(connector, date, each, positions.get(each.debt.debt.id) ?? [])),
  ]);
  await writeBlocks(manager, connector.id, bookedOn, due, [
    ...judged.flatMap(blocksOf),
    ...failed.map(pluginBlock),
    ...taken,
  ]);
  await scheduleNext(manager, connector.id, due, [
    ...desired.flatMap(([{ debt, nextOn }, positionsOfDebt]) => {
      // Whether an expected referral was made, and to whom, is seen again tomorrow at the latest.
      const expectedOn = expected.has(debt.debt.id) ? addDays(date, 1) : null;
      const on = earliest([nextOn, expectedOn, ...positionsOfDebt.map(({ reviewOn }) => reviewOn ?? null)], date);
      return on === null ? [] : [{ subjectId: debt.debt.id, on }];
    }),
    ...failed.map(({ debt }) => ({ subjectId: debt.debt.id, on: addDays(date, 1) })),
  ]);
  return due.length;
}

/** The first of these days that is still to come. */
function earliest(days: readonly (IsoDate | null)[], date: IsoDate): IsoDate | null {
  return days.filter((day) => day !== null && day > date).sort()[0] ?? null;
}

/** A plugin that throws on one debt harms that debt only: the others are desired without it. */
async function desireAll(host: PluginHost, connector: Connector, date: IsoDate, judged: readonly Judged[]) {
  const failed: Judged[] = [];
  for (let left = [...judged]; ;) {
    try {
      const desired = await host.desire(
        connector.pluginSource,
        connector.body.settings,
        date,
        left.map(({ debt, decision }) => ({ debt: { ...debt, stops: stopsInForce(debt, date) }, decision })),
      );
      return { desired: left.map((each, index) => [each, desired[index] ?? []] as const), failed };
    } catch (error) {
      const item = error instanceof PluginFailure ? error.item : null;
      const culprit = item === null || item === undefined ? undefined : left[item];
      if (!culprit) throw error;
      failed.push(culprit);
      left = left.filter((each) => each !== culprit);
    }
  }
}

/** Looked at again the next day: a person, or a new version of the plugin, must mend it. */
function pluginBlock({ debt }: Judged): BlockRow {
  return {
    subjectId: debt.debt.id,
    reason: {
      rule: 'PLUGIN',
      outcome: 'block',
      reason: 'the connector could not work out what its partner should hold',
      citation: null,
      earliestOn: null,
    },
  };
}

/** A co-debtor's stop also marks that person in the plugin's content, whatever the rules make of it. */
function judgeDebt(debt: DebtSnapshot, connector: Connector, date: IsoDate): Judged {
  const { act, judging } = connector;
  const decision = judge(debt, act, date, judging);
  return { debt, decision, nextOn: nextLookOn(debt, act, date, decision, judging) };
}

function settle(
  connector: Connector,
  date: IsoDate,
  { debt, decision }: Judged,
  desired: readonly DesiredPosition[],
  stored: readonly StoredPosition[],
): { row: DesiredRow; duty: DutyRow }[] {
  const keys = new Set([...desired.map(({ key }) => key), ...stored.map(({ key }) => key)]);
  return [...keys].flatMap((key) => {
    const position = stored.find((each) => each.key === key);
    const held = presumed(position?.known ?? null, position?.inFlight ?? []);
    const last = position?.inFlight.at(-1) ?? position?.known ?? null;
    // A connector that retires takes back everything, whatever the rules would allow.
    const byPlugin = desired.find((each) => each.key === key);
    const wanted = connector.mode === 'retiring' ? undefined : byPlugin;
    const within = bound(wanted ?? null, decision, held, last, connector.states);
    // What was taken over was never told by us: its removal says what the plugin would.
    const final = isEmpty(within.content) ? { ...within, content: byPlugin?.content ?? {} } : within;
    if (!position && !stands(final)) return [];
    const id = position?.id ?? randomUUID();
    const statement = { ...final, reference: position?.reference ?? final.reference };
    const owed = releaseOwed(held, statement);
    return [
      {
        row: {
          id,
          subjectId: debt.debt.id,
          key,
          caseId: debt.caseId,
          desired: statement,
          hash: statementHash(statement, connector.update),
          caseVersion: debt.caseVersion,
          outcome: decision.outcome,
        },
        duty: {
          positionId: id,
          owed,
          // To say until when is to judge once more: only where something is owed.
          ...(owed ? deadline(connector, debt, decision, date) : { dueOn: null, rule: ruleOf(decision) }),
        },
      },
    ];
  });
}

/**
 * What must end or be marked is owed to the debtor whether or not the plugin can say how its partner is told: judged as if it
 * wanted all that the partner may hold. No duty is ended here, since what is still owed is not known.
 */
function dutiesWithoutPlugin(
  connector: Connector,
  date: IsoDate,
  { debt, decision }: Judged,
  stored: readonly StoredPosition[],
): DutyRow[] {
  return stored.flatMap(({ id, key, known, inFlight }) => {
    const held = presumed(known, inFlight);
    const kept = stands(held) && connector.mode !== 'retiring' ? { ...held, key } : null;
    if (!releaseOwed(held, bound(kept, decision, held, held, connector.states))) return [];
    return [{ positionId: id, owed: true, ...deadline(connector, debt, decision, date) }];
  });
}

function isEmpty(content: PositionContent): boolean {
  return Object.keys(content).length === 0;
}

function blocksOf({ debt, decision }: Judged): BlockRow[] {
  return decision.reasons.map((reason) => ({ subjectId: debt.debt.id, reason }));
}
