import type { IntakeEntry, IntakeProof, IntakeRow } from '../cases/domain/intake-row.js';
import { addDays } from '../calendar/domain/iso-date.js';
import type { SeededRandom } from './seeded-random.js';

/** Shares of debts that may not be reported yet (US-REGF-01): nobody wrote, or the letter came back. */
const NEVER_WRITTEN_TO = 0.02;
const LETTER_CAME_BACK = 0.02;
/** Share of debts of which the office spoke with the debtor instead of writing. */
const SPOKEN_WITH = 0.04;
/** Share of debts that may not be placed yet (US-REGF-03), because nobody chose the date from which they are itemised. */
const NOT_ITEMISED = 0.03;
const ITEMISED_FROM_LAST_PAYMENT = 0.3;

/** What an office in the United States did about a debt before it hands it on. */
export type DutiesMet = Pick<IntakeRow, 'itemisedOn' | 'proofs'>;

/** Nothing is asked of offices elsewhere. */
export const NO_DUTIES: DutiesMet = { itemisedOn: null, proofs: [] };

/**
 * The notices and the itemisation date of one invented debt, all of them on days within thirty of its delinquency or on
 * days of its own payments.
 *
 * @param random a sequence of its own, so that everything else about the debts is the same with and without duties
 */
export function dutiesMet(delinquentOn: string, entries: readonly IntakeEntry[], random: SeededRandom): DutiesMet {
  return { itemisedOn: itemisedOn(delinquentOn, entries, random), proofs: proofs(delinquentOn, random) };
}

function itemisedOn(delinquentOn: string, entries: readonly IntakeEntry[], random: SeededRandom): string | null {
  if (random.chance(NOT_ITEMISED)) return null;
  const fromLastPayment = random.chance(ITEMISED_FROM_LAST_PAYMENT);
  const lastPayment = entries.findLast(({ kind }) => kind === 'payment');
  return fromLastPayment && lastPayment ? lastPayment.on : delinquentOn;
}

function proofs(delinquentOn: string, random: SeededRandom): IntakeProof[] {
  const on = addDays(delinquentOn, random.whole(5, 14));
  const backOn = addDays(on, random.whole(4, 12));
  if (random.chance(NEVER_WRITTEN_TO)) return [];
  if (random.chance(SPOKEN_WITH)) return [{ kind: 'conversation-held', on, reference: 'C1' }];
  const sent: IntakeProof = { kind: 'notice-sent', on, reference: 'N1' };
  return random.chance(LETTER_CAME_BACK) ? [sent, { kind: 'notice-returned', on: backOn, reference: 'N1' }] : [sent];
}
