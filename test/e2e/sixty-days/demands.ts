import { daysFrom } from '../thirty-days/calendar.js';
import { yearsBefore } from './calendar.js';
import type { StoredDebt, StoredStop } from './facts.js';

/**
 * What the rules on credit reports and placements in the United States ask, in a few lines, written from the register and not
 * from the product's code: what a sent record is held against. It knows only what the sixty days bring about.
 */
export type Act = 'report' | 'place';

/** `keep-out`: nothing is opened or raised. `mark`: what stands says so. `end`: what stands is told its end. */
export type Asked = 'keep-out' | 'mark' | 'end';

export interface Demand {
  readonly rule: string;
  readonly asks: Asked;
}

/** What stops ask; a bankruptcy is below. What is not named leaves the act alone. */
const STOPS: { readonly [act in Act]: { readonly [kind: string]: readonly Asked[] } } = {
  report: {
    moratorium: ['keep-out'],
    'judicial-stay': ['keep-out'],
    arrangement: ['keep-out'],
    dispute: ['mark'],
    'active-duty': ['mark'],
    'hearing-pending': ['mark'],
    appeal: ['mark'],
    deceased: ['end'],
    minor: ['end'],
  },
  place: {
    'active-duty': ['keep-out'],
    dispute: ['keep-out', 'mark'],
    hardship: ['keep-out', 'mark'],
    'do-not-contact': ['keep-out', 'mark'],
    'hearing-pending': ['keep-out', 'mark'],
    appeal: ['keep-out', 'mark'],
    vulnerability: ['keep-out', 'mark'],
    arrangement: ['keep-out', 'mark'],
    moratorium: ['end'],
    'judicial-stay': ['end'],
    deceased: ['end'],
    minor: ['end'],
  },
};

const NOTICE_DAYS = 14;
const STAY_ENDS = ['dismissedOn', 'closedOn', 'reliefOn'];

/** What is asked of an act on a debt on a day. Empty: nothing is in the way. */
export function demandsOn(debt: StoredDebt, act: Act, date: string): Demand[] {
  const balanceMinor = debt.entries.reduce((sum, { effectMinor }) => sum + effectMinor, 0);
  return [
    ...(balanceMinor <= 0 ? [{ rule: 'PAID', asks: 'end' } as const] : []),
    ...(isSetAside(debt, date) ? [{ rule: 'SET-ASIDE', asks: 'end' } as const] : []),
    ...stopDemands(debt, act, date),
    ...(act === 'report' ? reportDemands(debt, balanceMinor, date) : placementDemands(debt, date)),
  ];
}

/** The last day on which a hearing about the debt decided anything, one of them found it of no effect. */
function isSetAside({ proofs }: StoredDebt, date: string): boolean {
  const decided = proofs.filter(
    ({ kind, on, subject, outcome }) =>
      kind === 'hearing-outcome' && on <= date && (subject ?? 'debt') === 'debt' && outcome !== 'adjourned',
  );
  const last = decided.reduce((latest, { on }) => (on > latest ? on : latest), '');
  return decided.some(({ on, outcome }) => on === last && outcome === 'set-aside');
}

/** What is left possible under all demands together. */
export interface Limits {
  readonly mayGrow: boolean;
  readonly mayBeUnmarked: boolean;
  readonly mustEnd: boolean;
}

export function limitsOf(demands: readonly { readonly asks: Asked }[]): Limits {
  const asked = new Set(demands.map(({ asks }) => asks));
  const mustEnd = asked.has('end');
  return { mustEnd, mayGrow: !mustEnd && !asked.has('keep-out'), mayBeUnmarked: !mustEnd && !asked.has('mark') };
}

function stopDemands(debt: StoredDebt, act: Act, date: string): Demand[] {
  const holding = debt.stops.filter(
    ({ startsOn, endsOn, liftedOn }) =>
      startsOn <= date && (endsOn === null || date <= endsOn) && (liftedOn === null || date < liftedOn),
  );
  const others = new Set(debt.parties.flatMap(({ role, id }) => (role === 'debtor' ? [] : [id])));
  const isOfOther = ({ scope, subjectId, partyId }: StoredStop): boolean =>
    others.has((scope === 'party' ? subjectId : partyId) ?? '');
  return holding.flatMap((stop) => {
    if (isOfOther(stop)) return coDebtorDemands(stop, act, date);
    if (stop.kind === 'insolvency') return stayDemands(stop, act, date);
    const named = stop.details['acts'];
    if (stop.kind === 'arrangement' && Array.isArray(named) && !named.includes(act)) return [];
    return (STOPS[act][stop.kind] ?? []).map((asks) => ({ rule: `STOP:${stop.kind}`, asks }));
  });
}

function isOver({ details }: StoredStop, names: readonly string[], date: string): boolean {
  return names.some((name) => typeof details[name] === 'string' && String(details[name]) <= date);
}

/** 11 USC 362: everything stops until the case is over; what the discharge leaves is for a person to say. */
function stayDemands(stop: StoredStop, act: Act, date: string): Demand[] {
  if (isOver(stop, STAY_ENDS, date) && !isOver(stop, ['dischargedOn'], date)) return [];
  if (act === 'place') return [{ rule: 'US-BK-01', asks: 'end' }];
  return [
    { rule: 'US-BK-01', asks: 'keep-out' },
    { rule: 'US-BK-01', asks: 'mark' },
  ];
}

/** 11 USC 1301: chapter 13 of one who owes with the debtor. All debtors of the sixty days are persons. */
function coDebtorDemands(stop: StoredStop, act: Act, date: string): Demand[] {
  const protects = stop.kind === 'insolvency' && String(stop.details['chapter']) === '13';
  if (!protects || stop.details['consumerDebt'] === false) return [];
  if (isOver(stop, [...STAY_ENDS, 'dischargedOn'], date)) return [];
  return [{ rule: 'US-BK-03', asks: act === 'report' ? 'keep-out' : 'end' }];
}

function reportDemands(debt: StoredDebt, balanceMinor: number, date: string): Demand[] {
  const found: Demand[] = [];
  const ask = (rule: string, asks: Asked, when: boolean): void => {
    if (when) found.push({ rule, asks });
  };
  const { delinquentOn } = debt;
  ask('US-FCRA-04', 'keep-out', delinquentOn === null);
  ask('US-FCRA-07', 'end', delinquentOn !== null && daysFrom(delinquentOn, 180) <= yearsBefore(daysFrom(date, 31), 7));
  ask('US-NCAP-01', 'end', debt.fromContract === false);
  ask('US-NCAP-01', 'keep-out', debt.fromContract === null);
  ask('US-NCAP-02', 'keep-out', debt.creditorName === null || debt.creditorClass === null);
  ask(
    'US-NCAP-02',
    'keep-out',
    debt.parties.some(({ kind, identified }) => kind === 'person' && !identified),
  );
  ask('US-REGF-01', 'keep-out', !wasTold(debt, date));
  const medical = debt.creditorClass === '02';
  ask('US-NCAP-03', 'end', medical && balanceMinor <= 50_000);
  ask('US-NCAP-03', 'keep-out', medical && delinquentOn !== null && date < daysFrom(delinquentOn, 365));
  return found;
}

/** 12 CFR 1006.30(a): spoken with, or written to and fourteen days without the letter coming back. */
function wasTold({ proofs }: StoredDebt, date: string): boolean {
  const days = (kind: string) => proofs.filter((proof) => proof.kind === kind && proof.on <= date).map(({ on }) => on);
  if (days('conversation-held').length > 0) return true;
  const returned = days('notice-returned');
  return days('notice-sent').some((sentOn) => {
    const over = daysFrom(sentOn, NOTICE_DAYS);
    return over <= date && !returned.some((on) => sentOn <= on && on <= over);
  });
}

function placementDemands({ itemisedOn, proofs }: StoredDebt, date: string): Demand[] {
  const taxInformation = proofs.some(
    ({ kind, subject, on }) => kind === 'certificate' && subject === 'federal-tax-information' && on <= date,
  );
  return [
    ...(itemisedOn === null || itemisedOn > date ? [{ rule: 'US-REGF-03', asks: 'keep-out' } as const] : []),
    ...(taxInformation ? [{ rule: 'US-FTI-01', asks: 'end' } as const] : []),
  ];
}
