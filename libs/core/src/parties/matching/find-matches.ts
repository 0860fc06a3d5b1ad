import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { FILLERS, LEGAL_FORMS } from '../domain/name-normalisation.js';
import { match } from '../domain/match.js';
import type { Match, MatchLevel } from '../domain/match.js';
import { readGroup } from '../party-group.js';
import { CANDIDATES, PAIRS } from './blocking.sql.js';
import { DistinctPairs } from './decided-distinct.js';
import { readCompared } from './read-compared.js';
import { readSummaries } from './party-summary.js';
import type { PartySummary } from './party-summary.js';

/** A key that more parties share than live in one large house tells nobody from anybody. */
const LARGEST_BLOCK = 50;
const MOST_PAIRS = 200_000;
const MOST_CANDIDATES = 5_000;
const BATCH = 5_000;
const MOST_SHOWN = 1_000;

const UNTELLING = [...LEGAL_FORMS, ...FILLERS];

/** A party that may be the same as the one that was asked about. */
export interface PartyMatch extends Match {
  readonly level: MatchLevel;
  readonly party: PartySummary;
}

/** Two parties that may be one. */
export interface PartyPair extends Match {
  readonly level: MatchLevel;
  readonly parties: readonly [PartySummary, PartySummary];
}

/**
 * Who may be the same as a party, the surest first.
 *
 * @throws Refusal `party-unknown`
 */
export async function findMatches(on: Queryable, partyId: string): Promise<PartyMatch[]> {
  const group = await readGroup(on, partyId);
  const candidates = await rows<{ id: string }>(on, CANDIDATES, [
    group.jurisdictionId,
    group.memberIds,
    MOST_CANDIDATES,
  ]);
  const distinct = await DistinctPairs.of(on, group.jurisdictionId);
  const pairs = candidates
    .map(({ id }) => ({ left_id: group.survivorId, right_id: id }))
    .filter(({ left_id, right_id }) => !distinct.has(left_id, right_id));
  const found = (await score(on, pairs)).slice(0, MOST_SHOWN);
  const summaries = await readSummaries(
    on,
    found.map(({ rightId }) => rightId),
  );
  return found.map(({ rightId, leftId: _, ...stated }) => ({ ...stated, party: summaries.get(rightId)! }));
}

/**
 * The pairs of an office's parties that may be one, the surest first: no more than a thousand, and nothing is merged. Parties
 * are compared where they have a key in common, not each with each.
 *
 * @throws Refusal `jurisdiction-unknown`
 */
export async function findDuplicates(on: Queryable, jurisdictionId: string, least: MatchLevel): Promise<PartyPair[]> {
  const [office] = await rows(on, 'select 1 from cases.jurisdiction where id = $1', [jurisdictionId]);
  if (!office) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${jurisdictionId}`);
  const distinct = await DistinctPairs.of(on, jurisdictionId);
  const paired = await rows<Pair>(on, PAIRS, [jurisdictionId, UNTELLING, LARGEST_BLOCK, MOST_PAIRS]);
  const pairs = paired.filter(({ left_id, right_id }) => !distinct.has(left_id, right_id));
  const found = (await score(on, pairs)).filter(({ level }) => SURER[level] >= SURER[least]).slice(0, MOST_SHOWN);
  const summaries = await readSummaries(
    on,
    found.flatMap(({ leftId, rightId }) => [leftId, rightId]),
  );
  return found.map(({ leftId, rightId, ...stated }) => ({
    ...stated,
    parties: [summaries.get(leftId)!, summaries.get(rightId)!],
  }));
}

const SURER: Readonly<Record<MatchLevel, number>> = { possible: 1, likely: 2, certain: 3 };

interface Pair {
  readonly left_id: string;
  readonly right_id: string;
}

interface Scored extends Match {
  readonly level: MatchLevel;
  readonly leftId: string;
  readonly rightId: string;
}

/** Compares pairs, a batch at a time, and keeps those that are worth a look. */
async function score(on: Queryable, pairs: readonly Pair[]): Promise<Scored[]> {
  const found: Scored[] = [];
  for (let start = 0; start < pairs.length; start += BATCH) {
    const batch = pairs.slice(start, start + BATCH);
    const compared = await readCompared(on, [
      ...new Set(batch.flatMap(({ left_id, right_id }) => [left_id, right_id])),
    ]);
    for (const { left_id: leftId, right_id: rightId } of batch) {
      const stated = match(compared.get(leftId)!, compared.get(rightId)!);
      if (stated.level !== null) found.push({ ...stated, level: stated.level, leftId, rightId });
    }
  }
  return found.sort(
    (a, b) =>
      SURER[b.level] - SURER[a.level] ||
      b.score - a.score ||
      a.leftId.localeCompare(b.leftId) ||
      a.rightId.localeCompare(b.rightId),
  );
}
