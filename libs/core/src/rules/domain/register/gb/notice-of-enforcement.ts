import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Clocks } from '../../clocks.js';
import { dayAfterMonths } from '../months.js';
import type { NoticeGiven } from '../proofs-about.js';
import { lastHeardOn, noticesGiven } from '../proofs-about.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/** How long a notice of enforcement must have run, and for how long it can be acted on. */
export const NOTICE_PERIODS = { clearDays: 7, months: 12 } as const;

/** A notice of enforcement that reached the debtor at the address where they still are. */
export interface EnforcementNotice extends NoticeGiven {
  /** First day on which it is too old to take control on. */
  readonly lapsesOn: IsoDate;
}

interface Periods {
  readonly clearDays: number;
  readonly months: number;
}

/**
 * The notices of enforcement given up to a date, the earliest first, lapsed ones included. Once the address has changed
 * only one sent on a later day counts: which of two things of one day came first is not on record.
 */
export function enforcementNotices(
  debt: DebtSnapshot,
  date: IsoDate,
  periods: Periods,
  clocks: Clocks,
): readonly EnforcementNotice[] {
  const movedOn = addressChangedOn(debt, date);
  return noticesToAnyAddress(debt, date, periods, clocks).filter(({ sentOn }) => movedOn === null || sentOn > movedOn);
}

/** The same, those to an address that was left among them: a move gives nobody more time to act on a notice. */
export function noticesToAnyAddress(
  debt: DebtSnapshot,
  date: IsoDate,
  periods: Periods,
  clocks: Clocks,
): readonly EnforcementNotice[] {
  const passesOn = (on: IsoDate): IsoDate => addDays(clocks.nth('clear', on, periods.clearDays), 1);
  return noticesGiven(debt, GB_SUBJECTS.noticeOfEnforcement, date, passesOn).map((notice) => ({
    ...notice,
    lapsesOn: dayAfterMonths(notice.sentOn, periods.months),
  }));
}

/**
 * The last day up to a date on which the debtor's address became another one: as the office's own entries have it, or as
 * somebody recorded that it heard of it; null where neither says so.
 */
function addressChangedOn(debt: DebtSnapshot, date: IsoDate): IsoDate | null {
  const entered = debt.parties.flatMap(({ role, addressSince }) =>
    role === 'debtor' && addressSince != null && addressSince <= date ? [addressSince] : [],
  );
  const heard = lastHeardOn(debt, [GB_SUBJECTS.addressChanged], date);
  return [...entered, ...(heard === null ? [] : [heard])].sort().at(-1) ?? null;
}

/** Every day on which a notice of enforcement on record lapses. */
export function lapseDays(debt: DebtSnapshot, months: number): readonly IsoDate[] {
  return debt.proofs
    .filter(({ subject }) => subject === GB_SUBJECTS.noticeOfEnforcement)
    .map(({ on }) => dayAfterMonths(on, months));
}
