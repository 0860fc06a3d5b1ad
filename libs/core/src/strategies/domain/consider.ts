import type { Act, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import { exclusiveGroup } from '../../rules/domain/exclusive-acts.js';
import type { AgencyLoads } from './agency-loads.js';
import { chooseAgency } from './agency-share.js';
import { heldBackBy } from './held-back.js';
import type { LeftOut } from './left-out.js';
import { outsideSelection } from './selection.js';
import { AFTER, ofAgeOn, PAUSE_DAYS } from './strategy.js';
import type { ReferralEnd, ReferToEach, ReferToOne, Strategy, StrategySelection, StrategyView } from './strategy.js';

/** A referral that there is or once was, whoever made it. */
export interface KnownReferral {
  readonly act: Act;
  readonly connectorId: string;
  /** The last day of it, or the day on which it was ended; null while it is in force. */
  readonly endedOn: IsoDate | null;
  readonly end: ReferralEnd | null;
  /** The last day of one in force that ends by itself. */
  readonly expiresOn?: IsoDate | null | undefined;
}

/** What was and is to be referred of one debt. */
export interface History {
  readonly known: readonly KnownReferral[];
  /** What strategies that come before refer of it today. */
  readonly planned: readonly { readonly act: Act; readonly connectorId: string }[];
}

/** When and where a strategy looks. */
export interface Looking {
  readonly today: IsoDate;
  /** Of the office, ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** What a strategy does with a debt of its types. */
export interface Considered {
  /** To whom it refers the debt; empty where it leaves it out. */
  readonly connectorIds: readonly string[];
  readonly leftOut: LeftOut | null;
  /** When it could decide otherwise by time alone; null where it could not. */
  readonly nextOn: IsoDate | null;
}

/** Nothing tells of an address that came to be known: such debts are looked at again after so many days. */
const LOOK_AGAIN_DAYS = 30;

/** What a strategy does with one debt of its types. The loads are read and not changed. */
export function consider(
  strategy: Strategy,
  debt: StrategyView,
  history: History,
  loads: AgencyLoads,
  looking: Looking,
): Considered {
  const outside = outsideSelection(strategy, debt, looking.today);
  if (outside !== null) return leave(outside, lookAgainAt(outside, strategy, debt, looking.today));
  return strategy.oneOf === undefined
    ? referToEach(strategy, debt, history, looking)
    : referToOne(strategy, debt, history, loads, looking);
}

function referToEach(
  strategy: StrategySelection & ReferToEach,
  debt: StrategyView,
  history: History,
  looking: Looking,
): Considered {
  const { act, connectors } = strategy;
  const known = history.known.filter((each) => each.act === act);
  const planned = history.planned.filter((each) => each.act === act);
  const standing = known.some(({ endedOn }) => endedOn === null);
  if (exclusiveGroup(act) !== null) {
    if (standing) return leave('referral-in-force', expiryOf(known));
    if (planned.length > 0) return leave('other-strategy');
    // Only a strategy for second referrals says after which end and pause another may have the debt.
    if (known.length > 0) return leave('referred-before');
  }
  const had = new Set([...known, ...planned].map(({ connectorId }) => connectorId));
  const left = connectors.filter((connectorId) => !had.has(connectorId));
  if (left.length === 0) {
    if (standing) return leave('referral-in-force', expiryOf(known));
    return leave(planned.length > 0 ? 'other-strategy' : 'referred-before');
  }
  return hindered(strategy, debt, looking) ?? { connectorIds: left, leftOut: null, nextOn: null };
}

function referToOne(
  strategy: StrategySelection & ReferToOne,
  debt: StrategyView,
  { known, planned }: History,
  loads: AgencyLoads,
  looking: Looking,
): Considered {
  const { act, round = 1, pauseDays = PAUSE_DAYS, after = AFTER } = strategy;
  const ofAct = known.filter((each) => each.act === act);
  if (ofAct.some(({ endedOn }) => endedOn === null)) return leave('referral-in-force', expiryOf(ofAct));
  if (planned.some((each) => each.act === act)) return leave('other-strategy');
  if (ofAct.length >= round) return leave('referred-before');
  if (ofAct.length < round - 1) return leave('not-referred-yet');
  if (!ofAct.every(({ end }) => end !== null && after.includes(end))) return leave('ended-otherwise');
  const lastEnd = ofAct
    .map(({ endedOn }) => endedOn!)
    .sort()
    .at(-1);
  const pauseOver = lastEnd === undefined ? null : addDays(lastEnd, pauseDays);
  if (pauseOver !== null && pauseOver > looking.today) return leave('pause', pauseOver);
  const had = new Set(strategy.sameAgencyAgain === true ? [] : ofAct.map(({ connectorId }) => connectorId));
  const others = strategy.oneOf.filter(({ connector }) => !had.has(connector));
  if (others.length === 0) return leave('no-other-agency');
  const waits = hindered(strategy, debt, looking);
  if (waits !== null) return waits;
  const chosen = chooseAgency(strategy.id, others, loads);
  if (chosen === null) return leave('capacity', addDays(looking.today, 1));
  return { connectorIds: [chosen], leftOut: null, nextOn: null };
}

/** The day after the first of those in force that ends by itself, of which nothing tells; null where none does. */
function expiryOf(known: readonly KnownReferral[]): IsoDate | null {
  const last = known.flatMap(({ endedOn, expiresOn }) => (endedOn === null && expiresOn ? [expiresOn] : [])).sort()[0];
  return last === undefined ? null : addDays(last, 1);
}

/** Nothing tells of the end of a stop or an arrangement: what waits for it is looked at every day. */
function hindered(strategy: Strategy, debt: StrategyView, { today, country }: Looking): Considered | null {
  const { act, notWhile = [] } = strategy;
  if (notWhile.length === 0) return null;
  const first = heldBackBy(act, country, debt).find((hindrance) => notWhile.includes(hindrance));
  return first === undefined ? null : leave(first, addDays(today, 1));
}

function lookAgainAt(reason: LeftOut, strategy: Strategy, debt: StrategyView, today: IsoDate): IsoDate | null {
  if (reason === 'no-address' || reason === 'no-telephone') return addDays(today, LOOK_AGAIN_DAYS);
  // A balance changes with the ledger, which has the debt looked at again; age comes by itself.
  const on = ofAgeOn(strategy, debt);
  return on > today ? on : null;
}

function leave(leftOut: LeftOut, nextOn: IsoDate | null = null): Considered {
  return { connectorIds: [], leftOut, nextOn };
}
