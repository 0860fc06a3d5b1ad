import { inventedDebts } from '../thirty-days/invented-debts.js';
import type { InventedDebt } from '../thirty-days/invented-debts.js';
import { daysFrom } from '../thirty-days/calendar.js';
import type { Office } from '../thirty-days/offices.js';
import { SIXTY_DAYS, yearsBefore } from './calendar.js';

export const DEBTS_PER_OFFICE = 40;
/** After fines, debtors with several debts and joint debtors; before those that become old enough while the days run. */
const FIRST_DIFFICULT = 19;
const FIRST_DAY = SIXTY_DAYS[0]!;

/**
 * The made-up debts of the thirty days, some of them with what rules look at beside stops and balances: no notice, one that is
 * on its way, one that ages off the report while the days run, an origin that nobody knows, no date of first delinquency, no
 * itemisation, medical bills small and large, and tax information.
 */
export function difficultDebts(office: Office, seed: number): InventedDebt[] {
  return inventedDebts(office, seed, DEBTS_PER_OFFICE).map((debt, index) => ({
    ...debt,
    ...(DIFFERENCES[index - FIRST_DIFFICULT] ?? {}),
  }));
}

const MEDICAL = { originalCreditor: { name: 'EXAMPLE AMBULANCE', classification: '02' } };

const DIFFERENCES: readonly object[] = [
  { proofs: [] },
  { proofs: [{ kind: 'notice-sent', on: daysFrom(FIRST_DAY, -5) }] },
  ageingOff(4),
  { aroseFromContract: null },
  { delinquentOn: undefined },
  { itemisedOn: undefined },
  { ...MEDICAL, ...charged(40_000, daysFrom(FIRST_DAY, -500)) },
  { ...MEDICAL, ...charged(90_000, daysFrom(FIRST_DAY, -360)) },
];

/** A debt that may be reported for so many days more: seven years from the 180th day, less a month for the bureau's files. */
function ageingOff(days: number): object {
  const lastDay = daysFrom(FIRST_DAY, days + 31);
  return charged(60_000, daysFrom(yearsBefore(lastDay, 7), -180));
}

function charged(amountMinor: number, delinquentOn: string): object {
  return {
    ...{ incurredOn: daysFrom(delinquentOn, -30), delinquentOn, itemisedOn: delinquentOn },
    entries: [{ kind: 'assessment', amountMinor, on: daysFrom(delinquentOn, -30), reference: 'bill' }],
    proofs: [{ kind: 'notice-sent', on: daysFrom(delinquentOn, 10) }],
  };
}
