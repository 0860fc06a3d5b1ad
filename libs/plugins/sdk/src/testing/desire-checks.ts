import { ADVERSITY, type DesiredPosition } from '../contract/position.js';
import type { PositionDefinition } from '../contract/plugin.js';
import { STOP_KINDS, type DebtSnapshot, type Decision, type Outcome, type StopSnapshot } from '../contract/snapshot.js';
import { ensure } from './test-framework.js';

const ALLOWED: Decision = { outcome: 'allow', reasons: [] };
const OUTCOMES: readonly Outcome[] = ['allow', 'restrain', 'block', 'close', 'withdraw'];

type Desire = (debt: DebtSnapshot, decision: Decision) => readonly DesiredPosition[];

/** `desire` with settings and date held fast. */
export function desireOf(position: PositionDefinition<unknown>, settings: unknown, date: string): Desire {
  return (debt, decision) => position.desire(debt, { settings, date, decision });
}

/** No stop, whatever the rules make of it, may open a position or make one more adverse. */
export function checkStops(desire: Desire, debt: DebtSnapshot, date: string): void {
  const free = desire({ ...debt, stops: [] }, ALLOWED);
  for (const kind of STOP_KINDS) {
    for (const details of [{}, { chapter: '7' }, { chapter: '13' }, { chapter: '7', dischargedOn: date }]) {
      const stop: StopSnapshot = { id: 'stop', kind, startsOn: date, endsOn: null, details };
      for (const outcome of OUTCOMES) {
        const reason = { rule: `STOP:${kind}`, outcome, reason: 'a stop', citation: null, earliestOn: null };
        const decision: Decision = { outcome, reasons: outcome === 'allow' ? [] : [reason] };
        const what = `${kind} ${JSON.stringify(details)} with ${outcome}`;
        const stopped = desire({ ...debt, stops: [stop] }, decision);
        checkNotMoreAdverse(stopped, free, what);
        if (outcome === 'close' || outcome === 'withdraw') checkNothingStands(stopped, what);
        if (outcome === 'restrain') {
          ensure(!stopped.some((position) => position.state === 'active'), `Stands unmarked under ${what}`);
        }
      }
    }
  }
}

function checkNotMoreAdverse(now: readonly DesiredPosition[], before: readonly DesiredPosition[], what: string): void {
  for (const position of now) {
    const free = before.find((candidate) => candidate.key === position.key);
    const allowed = free === undefined ? ADVERSITY.absent : ADVERSITY[free.state];
    ensure(ADVERSITY[position.state] <= allowed, `${position.state} under ${what} is more adverse than without`);
    if (free !== undefined && free.state === position.state) {
      ensure(position.amountMinor <= free.amountMinor, `A larger amount under ${what} than without`);
    }
  }
}

/** Without a referral nothing may stand. */
export function checkWithoutReferral(desire: Desire, debt: DebtSnapshot): void {
  checkNothingStands(desire({ ...debt, referral: null }, ALLOWED), 'no referral');
}

function checkNothingStands(positions: readonly DesiredPosition[], what: string): void {
  ensure(!positions.some((position) => ADVERSITY[position.state] > ADVERSITY.closed), `Something stands with ${what}`);
}

/** Position content is kept as JSON, for years, unencrypted: it survives the trip, and carries references only. */
export function checkContent(
  positions: readonly DesiredPosition[],
  identifiers: readonly string[],
  date: string,
): void {
  const keys = positions.map((position) => position.key);
  ensure(new Set(keys).size === keys.length, 'Two positions of one subject have the same key');
  for (const position of positions) {
    const json = JSON.stringify(position.content);
    ensure(JSON.stringify(JSON.parse(json)) === json && !json.includes('undefined'), 'The content is not JSON');
    for (const identifier of identifiers) ensure(!json.includes(identifier), 'The content carries an identifier');
    ensure(
      Number.isSafeInteger(position.amountMinor) && position.amountMinor >= 0,
      'The amount is no integer of minor units',
    );
    ensure(position.reference !== '', 'The partner needs a name for the position');
    const { reviewOn } = position;
    ensure(reviewOn === undefined || reviewOn > date, `A look again on ${reviewOn} would never come`);
  }
}
