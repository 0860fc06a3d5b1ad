import { ADVERSITY, type DesiredPosition } from '../contract/position.js';
import type { PositionDefinition } from '../contract/plugin.js';
import {
  STOP_KINDS,
  type DebtSnapshot,
  type Decision,
  type Outcome,
  type Reason,
  type StopSnapshot,
} from '../contract/snapshot.js';
import { oneOf, seededNumbers, type Draw } from './seeded-numbers.js';
import { ensure } from './test-framework.js';

export const ALLOWED: Decision = { outcome: 'allow', reasons: [] };
/** From the mildest to the strictest. */
const OUTCOMES: readonly Outcome[] = ['allow', 'block', 'restrain', 'close', 'withdraw'];
const RANDOM_CASES = 300;

export type Desire = (debt: DebtSnapshot, decision: Decision) => readonly DesiredPosition[];

/** `desire` with settings and date held fast. */
export function desireOf(position: PositionDefinition<unknown>, settings: unknown, date: string): Desire {
  return (debt, decision) => position.desire(debt, { settings, date, decision });
}

/** No stop, whatever the rules make of it, may open a position or make one more adverse: every kind with every outcome. */
export function checkEachStop(desire: Desire, debt: DebtSnapshot, date: string): void {
  const free = desire({ ...debt, stops: [] }, ALLOWED);
  for (const kind of STOP_KINDS) {
    for (const details of detailsOf(date)) {
      const stop: StopSnapshot = { id: 'stop', kind, startsOn: date, endsOn: null, details };
      for (const outcome of OUTCOMES) {
        const what = `${kind} ${JSON.stringify(details)} with ${outcome}`;
        const stopped = desire({ ...debt, stops: [stop] }, decisionOf([{ stop, outcome }]));
        ensureNotMoreAdverse(stopped, free, what);
        ensureObeyed(stopped, outcome, what);
      }
    }
  }
}

/**
 * The same for stops that come one after the other, on debts in every state that a sample's debt can be in: whatever stands
 * already, one more stop makes nothing worse.
 */
export function checkMoreStops(desire: Desire, debt: DebtSnapshot, date: string): void {
  const draw = seededNumbers(debt.debt.number.length + debt.ledger.balanceMinor);
  for (let i = 0; i < RANDOM_CASES; i += 1) {
    const state = stateOf(debt, date, draw);
    const stops: { stop: StopSnapshot; outcome: Outcome }[] = [];
    let before = desire({ ...state, stops: [] }, ALLOWED);
    for (let count = 1 + draw(3); count > 0; count -= 1) {
      stops.push({ stop: randomStop(`stop-${count}`, state, date, draw), outcome: oneOf(draw, OUTCOMES) });
      const what = stops.map(({ stop, outcome }) => `${stop.kind} with ${outcome}`).join(', then ');
      const given = { ...state, stops: stops.map(({ stop }) => stop) };
      const decision = decisionOf(stops);
      const now = desire(given, decision);
      ensureNotMoreAdverse(now, before, `${what} on a debt of ${state.ledger.balanceMinor}`);
      ensureObeyed(now, decision.outcome, what);
      before = now;
    }
  }
}

/** Without a referral nothing may stand. */
export function checkWithoutReferral(desire: Desire, debt: DebtSnapshot): void {
  ensureNothingStands(desire({ ...debt, referral: null }, ALLOWED), 'no referral');
}

function decisionOf(stops: readonly { readonly stop: StopSnapshot; readonly outcome: Outcome }[]): Decision {
  const reasons = stops
    .filter(({ outcome }) => outcome !== 'allow')
    .map(({ stop, outcome }): Reason => {
      return { rule: `STOP:${stop.kind}`, outcome, reason: 'a stop', citation: null, earliestOn: null };
    })
    .sort((one, other) => OUTCOMES.indexOf(other.outcome) - OUTCOMES.indexOf(one.outcome));
  return { outcome: reasons[0]?.outcome ?? 'allow', reasons };
}

function detailsOf(date: string): readonly StopSnapshot['details'][] {
  return [{}, { chapter: '7' }, { chapter: '13' }, { chapter: '7', dischargedOn: date }];
}

function randomStop(id: string, { parties }: DebtSnapshot, date: string, draw: Draw): StopSnapshot {
  const party = draw(3) === 0 && parties.length > 0 ? oneOf(draw, parties) : null;
  return {
    id,
    kind: oneOf(draw, STOP_KINDS),
    partyId: party?.id ?? null,
    startsOn: date,
    endsOn: draw(2) === 0 ? null : date,
    details: oneOf(draw, detailsOf(date)),
  };
}

/** A debt in another state of its life: owed, paid in part, paid, overpaid by a correction, settled, with more or fewer charges. */
function stateOf(debt: DebtSnapshot, date: string, draw: Draw): DebtSnapshot {
  const { ledger } = debt;
  const owed = ledger.assessedMinor + ledger.interestMinor + ledger.feesMinor;
  const paidMinor = oneOf(draw, [0, 1, Math.floor(owed / 2), Math.max(owed - 1, 0), owed]);
  const lastPayment = paidMinor === 0 ? null : { on: date, amountMinor: paidMinor };
  return {
    ...debt,
    ledger: {
      ...ledger,
      paidMinor,
      adjustedMinor: 0,
      writtenOffMinor: 0,
      balanceMinor: owed - paidMinor,
      settled: draw(5) === 0,
      lastPayment,
    },
  };
}

function ensureNotMoreAdverse(now: readonly DesiredPosition[], before: readonly DesiredPosition[], what: string): void {
  for (const position of now) {
    const free = before.find((candidate) => candidate.key === position.key);
    const allowed = free === undefined ? ADVERSITY.absent : ADVERSITY[free.state];
    ensure(ADVERSITY[position.state] <= allowed, `${position.state} under ${what} is more adverse than without`);
    if (free !== undefined && free.state === position.state) {
      ensure(position.amountMinor <= free.amountMinor, `A larger amount under ${what} than without`);
    }
  }
}

function ensureObeyed(positions: readonly DesiredPosition[], outcome: Outcome, what: string): void {
  if (outcome === 'close' || outcome === 'withdraw') ensureNothingStands(positions, what);
  if (outcome === 'restrain') {
    ensure(!positions.some((position) => position.state === 'active'), `Stands unmarked under ${what}`);
  }
}

function ensureNothingStands(positions: readonly DesiredPosition[], what: string): void {
  ensure(!positions.some((position) => ADVERSITY[position.state] > ADVERSITY.closed), `Something stands with ${what}`);
}
