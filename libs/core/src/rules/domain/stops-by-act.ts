import type { Act, StopKind } from '@concord/plugin-sdk';
import type { StopColumn, StopEffect } from './stop-effect.js';
import { STOPS_ON_CONTACT } from './stops-on-contact.js';
import { STOPS_ON_PLACE } from './stops-on-place.js';
import { STOPS_ON_REPORT } from './stops-on-report.js';

/** One column for each act that can be judged. An act without a column can't be judged at all. */
export type StopsByAct = { readonly [act in Act]?: StopColumn };

/** Which acts each kind of stop blocks, restrains, closes or withdraws. */
export const STOPS_BY_ACT: StopsByAct = {
  report: STOPS_ON_REPORT,
  place: STOPS_ON_PLACE,
  contact: STOPS_ON_CONTACT,
};

/**
 * What a kind of stop does to an act in a country.
 *
 * @throws Error where the act has no column: to let it pass unjudged would let a start beat a stop.
 */
export function stopEffect(table: StopsByAct, act: Act, kind: StopKind, country: string): StopEffect {
  const column = table[act];
  if (column === undefined) throw new Error(`No table of stops for the act ${act}`);
  const cell = column[kind];
  return cell.countries?.[country] ?? cell;
}
