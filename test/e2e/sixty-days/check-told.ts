import type { Office } from '../thirty-days/offices.js';
import { BUREAU, connectorId } from '../thirty-days/offices.js';
import { demandsOn, limitsOf } from './demands.js';
import type { Act, Demand } from './demands.js';
import { asStoredAt } from './facts.js';
import type { StoredDebt } from './facts.js';
import { isAdverse } from './told.js';
import type { MayHold, StoredDuty, ToldRecord } from './told.js';

/** One office on one day, read from tables once the day has run. */
export interface OfficeDay {
  readonly office: Office;
  readonly date: string;
  /** When the day was ordered: what was stored before had to be told by its files. */
  readonly orderedAt: Date;
  /** The same of each day until then, by its date, in order. */
  readonly ordered: ReadonlyMap<string, Date>;
  readonly debts: readonly StoredDebt[];
  readonly told: readonly ToldRecord[];
  /** What partners might hold when the day was ordered, and now. */
  readonly heldBefore: readonly MayHold[];
  readonly held: readonly MayHold[];
  readonly duties: readonly StoredDuty[];
}

export function actOf(office: Office, connector: string): Act {
  return connector === connectorId(office.id, BUREAU) ? 'report' : 'place';
}

interface Of {
  readonly connector: string;
  readonly debtId: string;
}

const isOf = (one: Of) => (other: Of) => one.connector === other.connector && one.debtId === other.debtId;

function rules(demands: readonly Demand[]): string {
  return demands.map(({ rule, asks }) => `${rule} ${asks}`).join(', ');
}

/** Records of the day's files that say more than the rules allowed on what was stored when they were chosen. */
export function forbidden({ office, date, debts, told, heldBefore }: OfficeDay): string[] {
  return told
    .filter((record) => record.date === date)
    .flatMap((record) => {
      const debt = debts.find(({ id }) => id === record.debtId)!;
      const demands = demandsOn(asStoredAt(debt, record.chosenAt), actOf(office, record.connector), date);
      const before = told.slice(0, told.indexOf(record)).filter(isOf(record));
      const fault = tooMuch(record, demands, heldBefore.find(isOf(record)), before);
      if (fault === null) return [];
      return [`${date} ${debt.reference} ${record.connector}: ${fault}, against ${rules(demands)}`];
    });
}

function tooMuch(
  { state, amountMinor, entryEffectMinor }: ToldRecord,
  demands: readonly Demand[],
  held: MayHold | undefined,
  before: readonly ToldRecord[],
): string | null {
  const { mayGrow, mayBeUnmarked, mustEnd } = limitsOf(demands);
  if (entryEffectMinor !== null) {
    return entryEffectMinor > 0 && !mayGrow ? `told of ${entryEffectMinor} more that is owed` : null;
  }
  if (!isAdverse(state)) return null;
  if (mustEnd) return `told ${state}`;
  if (state === 'active' && !mayBeUnmarked) return 'told without a mark';
  if (mayGrow) return null;
  if (held?.adverse !== true) return 'opened';
  const most = Math.max(held.mostMinor, ...before.map((each) => each.amountMinor));
  return amountMinor > most ? `raised from ${most} to ${amountMinor}` : null;
}

/** What a partner is owed to be told. */
interface Owed {
  readonly demands: readonly Demand[];
  /** Whether a state that the partner was told, or holds, is as little adverse as it must be. */
  readonly isMetBy: (state: string) => boolean;
}

/** What the rules ask of a position on what was stored when the day was ordered, and still is; null where that is nothing. */
function owed(day: OfficeDay, of: Of): Owed | null {
  return owedSince(day, of, day.date, day.orderedAt);
}

/** The same of what was stored when an earlier day was ordered. */
function owedSince(
  { office, date, debts }: OfficeDay,
  { connector, debtId }: Of,
  from: string,
  orderedAt: Date,
): Owed | null {
  const debt = debts.find(({ id }) => id === debtId)!;
  const act = actOf(office, connector);
  const demands = demandsOn(asStoredAt(debt, orderedAt), act, from);
  const [then, now] = [limitsOf(demands), limitsOf(demandsOn(debt, act, date))];
  if (then.mustEnd && now.mustEnd) return { demands, isMetBy: (state) => !isAdverse(state) };
  if (!then.mayBeUnmarked && !now.mayBeUnmarked) return { demands, isMetBy: (state) => state !== 'active' };
  return null;
}

/** What a partner was told of a debt, entries of ledgers and what it refused left out. */
function statements(told: readonly ToldRecord[], of: Of): ToldRecord[] {
  return told.filter((each) => isOf(of)(each) && each.entryEffectMinor === null && each.status !== 'refused');
}

/**
 * What partners were not told with the day's files although it was stored before: every partner has a cutoff on every day, so
 * that no rule leaves more time.
 */
export function late(day: OfficeDay): string[] {
  return day.held.flatMap((position) => {
    const last = statements(day.told, position).at(-1);
    const due = owed(day, position);
    if (last === undefined || due === null || !position.adverse || due.isMetBy(last.state)) return [];
    const was = `${nameOf(day, position)}: was last told ${last.state} on ${last.date}`;
    return [`${was}, and is owed ${rules(due.demands)}`];
  });
}

/**
 * Release duties that are missing, and those whose deadline passed before the partner was told: one that does not answer was
 * told in time all the same.
 */
export function dutyFaults(day: OfficeDay): string[] {
  const missing = day.held.flatMap((position) => {
    const due = owed(day, position);
    if (due === null || due.isMetBy(position.known) || day.duties.some(isOf(position))) return [];
    return [`${nameOf(day, position)}: no release duty for ${rules(due.demands)}`];
  });
  const untold = day.duties
    .filter((duty) => duty.dueOn < day.date && !toldInTime(day, duty))
    .map((duty) => `${nameOf(day, duty)}: the release for ${duty.rule} was due on ${duty.dueOn}`);
  return [...missing, ...untold];
}

/**
 * Whether the partner was told by the last day what it has not confirmed: what was asked for on that day, since a duty keeps
 * its first deadline when more is asked for later. Balances alone are looked at elsewhere.
 */
function toldInTime(day: OfficeDay, duty: StoredDuty): boolean {
  const ended = duty.rule === 'REFERRAL' ? { isMetBy: (state: string) => state !== 'active' } : null;
  const [from, orderedAt] = [...day.ordered].filter(([date]) => date <= duty.dueOn).at(-1)!;
  const due = owedSince(day, duty, from, orderedAt) ?? ended;
  if (due === null) return true;
  const said = statements(day.told, duty);
  const { owedOn, dueOn } = duty;
  if (said.some(({ date, state }) => owedOn <= date && date <= dueOn && due.isMetBy(state))) return true;
  const last = said.at(-1);
  return last !== undefined && last.date < owedOn && due.isMetBy(last.state);
}

function nameOf({ date, debts }: OfficeDay, { connector, debtId }: Of): string {
  return `${date} ${debts.find(({ id }) => id === debtId)!.reference} ${connector}`;
}
