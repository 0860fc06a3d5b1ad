import type { Act, StopKind } from '@concord/plugin-sdk';
import type { StopColumn, StopEffect } from './stop-effect.js';
import { STOPS_ON_CONTACT } from './stops-on-contact.js';
import { STOPS_ON_DIRECT_DEBIT } from './stops-on-direct-debit.js';
import { STOPS_ON_DISCONNECT } from './stops-on-disconnect.js';
import { STOPS_ON_ENFORCE_JUDGMENT } from './stops-on-enforce-judgment.js';
import { STOPS_ON_FILE_CLAIM } from './stops-on-file-claim.js';
import { STOPS_ON_GARNISH } from './stops-on-garnish.js';
import { STOPS_ON_HOLD } from './stops-on-hold.js';
import { STOPS_ON_INTERCEPT } from './stops-on-intercept.js';
import { STOPS_ON_LIEN } from './stops-on-lien.js';
import { STOPS_ON_PLACE } from './stops-on-place.js';
import { STOPS_ON_REPORT } from './stops-on-report.js';
import { STOPS_ON_SUSPEND } from './stops-on-suspend.js';

/** One column for each act. An act without a column, as a table of one's own may have it, can't be judged at all. */
export type StopsByAct = { readonly [act in Act]?: StopColumn };

/** Which acts each kind of stop blocks, restrains, closes or withdraws. */
export const STOPS_BY_ACT: Required<StopsByAct> = {
  report: STOPS_ON_REPORT,
  place: STOPS_ON_PLACE,
  intercept: STOPS_ON_INTERCEPT,
  suspend: STOPS_ON_SUSPEND,
  hold: STOPS_ON_HOLD,
  'file-claim': STOPS_ON_FILE_CLAIM,
  'enforce-judgment': STOPS_ON_ENFORCE_JUDGMENT,
  garnish: STOPS_ON_GARNISH,
  lien: STOPS_ON_LIEN,
  disconnect: STOPS_ON_DISCONNECT,
  'direct-debit': STOPS_ON_DIRECT_DEBIT,
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
