import type { IsoDate } from '@concord/plugin-sdk';

/** The dates of a debt that are stored. When it was last paid follows from its ledger, when it was judged from the judgment. */
export const DEBT_DATES = ['incurred', 'due', 'delinquent', 'itemised'] as const;
export type DebtDate = (typeof DEBT_DATES)[number];

/** What is known; null where nobody has said. */
export type DebtDates = Readonly<Record<DebtDate, IsoDate | null>>;

export type DebtDateFault = 'date-in-future' | 'dates-out-of-order';

/** What does not come before what. A debt may be itemised from any day on which it was there, also before it was due. */
const ORDER: readonly (readonly [DebtDate, DebtDate])[] = [
  ['incurred', 'due'],
  ['incurred', 'delinquent'],
  ['incurred', 'itemised'],
  ['due', 'delinquent'],
];

/**
 * Why these can't be the dates of one debt, or null. A bill may fall due later than today; nothing else is known before it
 * has happened.
 */
export function debtDatesFault(
  dates: DebtDates,
  today: IsoDate,
): { readonly code: DebtDateFault; readonly message: string } | null {
  for (const kind of DEBT_DATES) {
    const on = dates[kind];
    if (kind !== 'due' && on !== null && on > today) {
      return { code: 'date-in-future', message: `${on} is after ${today}, the office's today` };
    }
  }
  for (const [first, second] of ORDER) {
    const [one, other] = [dates[first], dates[second]];
    if (one !== null && other !== null && other < one) {
      return { code: 'dates-out-of-order', message: `the ${second} date ${other} is before the ${first} date ${one}` };
    }
  }
  return null;
}
