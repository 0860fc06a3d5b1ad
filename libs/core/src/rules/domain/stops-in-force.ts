import type { Act, DebtSnapshot, IsoDate, StopKind, StopSnapshot } from '@concord/plugin-sdk';
import { addDays, LAST_DATE } from '../../calendar/domain/iso-date.js';
import { isWithin } from './rule.js';

/** The stops that hold on `date`, first and last day included; of one kind where it is given. */
export function stopsInForce(
  debt: Pick<DebtSnapshot, 'stops'>,
  date: IsoDate,
  kind?: StopKind,
): readonly StopSnapshot[] {
  return debt.stops.filter(
    (stop) => (kind === undefined || stop.kind === kind) && isWithin(date, stop.startsOn, stop.endsOn),
  );
}

/** The debt with the stops that reach its debtor: a co-debtor's own stop marks that person and binds no act on the debt. */
export function withStopsOfDebtor(debt: DebtSnapshot): DebtSnapshot {
  if (debt.stops.length === 0) return debt;
  const others = new Set(debt.parties.flatMap(({ role, id }) => (role === 'debtor' ? [] : [id])));
  return { ...debt, stops: debt.stops.filter(({ partyId }) => !partyId || !others.has(partyId)) };
}

/** First day on which a stop no longer holds; null while nobody has set its end, or set it to the last day there is. */
export function dayAfterEnd(stop: StopSnapshot): IsoDate | null {
  return stop.endsOn === null || stop.endsOn >= LAST_DATE ? null : addDays(stop.endsOn, 1);
}

/** Whether a stop that may name acts in its details names this one; one that names none holds back every act. */
export function holdsBack(stop: StopSnapshot, act: Act): boolean {
  const { acts } = stop.details;
  return !Array.isArray(acts) || acts.includes(act);
}
