import type { StopSnapshot } from '@concord/plugin-sdk';

/** Bankruptcy petitions A-D, discharges E-H (chapters 7, 11, 12, 13), removal, and what else binds one consumer. */
export const CONSUMER_INFORMATION: readonly string[] = [
  ...['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'Q', 'R', 'S', 'T', 'U', 'V', '1A', '2A'],
];

/** The indicator of a petition under each chapter. */
const PETITION_BY_CHAPTER: ReadonlyMap<string, string> = new Map([
  ['7', 'A'],
  ['11', 'B'],
  ['12', 'C'],
  ['13', 'D'],
]);

/** The indicator of a discharge under each chapter. */
const DISCHARGE_BY_CHAPTER: ReadonlyMap<string, string> = new Map([
  ['7', 'E'],
  ['11', 'F'],
  ['12', 'G'],
  ['13', 'H'],
]);

/** Removes the bankruptcy reported before; also for a case closed, dismissed or withdrawn. */
export const REMOVE_BANKRUPTCY = 'Q';

/** The indicator of a bankruptcy by its stop's details (`chapter`, `dischargedOn`), or null when the format has none. */
export function bankruptcyIndicator(details: StopSnapshot['details']): string | null {
  const given = details['chapter'];
  const chapter = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
  const discharged = details['dischargedOn'] !== undefined && details['dischargedOn'] !== null;
  return (discharged ? DISCHARGE_BY_CHAPTER : PETITION_BY_CHAPTER).get(chapter) ?? null;
}
