import type { Act } from '@concord/plugin-sdk';
import { STOPS_BY_ACT, stopEffect } from '../../rules/domain/stops-by-act.js';
import type { Hindrance, StrategyView } from './strategy.js';

/**
 * What of the stops and the arrangement of a debt holds an act back, by the tables of stops. Rules that need more
 * than the debt itself are asked when the referral is judged.
 *
 * @param country of the office, ISO 3166-1 alpha-2
 */
export function heldBackBy(
  act: Act,
  country: string,
  { stops, arrangedActs }: Pick<StrategyView, 'stops' | 'arrangedActs'>,
): readonly Hindrance[] {
  const stopped = stops.some((kind) => stopEffect(STOPS_BY_ACT, act, kind, country).effects.length > 0);
  return [...(stopped ? (['stop'] as const) : []), ...(arrangedActs.includes(act) ? (['arrangement'] as const) : [])];
}
