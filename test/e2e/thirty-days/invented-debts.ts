import { CONTRACT_TYPES, FINE_TYPE, PLACED_AFTER_DAYS, YOUNG_TYPE } from './offices.js';
import type { Office } from './offices.js';
import { THIRTY_DAYS, daysFrom } from './calendar.js';
import { Dice } from './seeded.js';

const FINES = 8;
const SEVERAL = 6;
const JOINT = 5;
/** Every second business day one more debt becomes old enough for the agencies. */
const COMING_OF_AGE = 12;

/** A debt as the API takes it. */
export interface InventedDebt {
  readonly sourceReference: string;
  readonly type: string;
}

/**
 * Made-up debts of one office, the same for the same seed, as the API takes them: utility bills and permits that may be
 * reported and placed, some of joint debtors, some debtors with several debts, and fines that no bureau may see. Notices
 * were sent and itemisation dates are set.
 */
export function inventedDebts(office: Office, seed: number, count: number): InventedDebt[] {
  const dice = new Dice(seed, `debts ${office.id}`);
  return Array.from({ length: count }, (_, index) => {
    const isFine = index < FINES;
    const young = index - (count - COMING_OF_AGE);
    const delinquentOn =
      young < 0
        ? daysFrom(THIRTY_DAYS[0]!, -dice.between(200, 500))
        : daysFrom(THIRTY_DAYS[2 + 2 * young]!, -PLACED_AFTER_DAYS);
    const incurredOn = daysFrom(delinquentOn, -30);
    const number = String(index + 1).padStart(3, '0');
    // The last of those with several debts owe three each.
    const debtor = index >= FINES && index < FINES + SEVERAL ? FINES + (index % 2) : index;
    const isJoint = index >= FINES + SEVERAL && index < FINES + SEVERAL + JOINT;
    return {
      jurisdictionId: office.id,
      sourceReference: `${office.prefix}-${number}`,
      type: isFine ? FINE_TYPE : young < 0 ? dice.one(CONTRACT_TYPES)! : YOUNG_TYPE,
      aroseFromContract: !isFine,
      originalCreditor: { name: 'EXAMPLE CITY', classification: '04' },
      ...{ incurredOn, delinquentOn, itemisedOn: delinquentOn },
      currency: 'USD',
      entries: [
        { kind: 'assessment', amountMinor: dice.between(8_000, 250_000), on: incurredOn, reference: 'bill' },
        { kind: 'fee', amountMinor: dice.between(500, 5_000), on: delinquentOn, reference: 'late' },
      ],
      debtor: person(office, debtor),
      ...(isJoint ? { coDebtors: [person(office, count + index)] } : {}),
      proofs: [{ kind: 'notice-sent', on: daysFrom(delinquentOn, 10) }],
    };
  });
}

/** Somebody whose telephone number and address are examples; identified to bureaus by the date of birth alone. */
function person({ prefix, region }: Office, number: number): object {
  return {
    sourceReference: `${prefix}-P${number}`,
    kind: 'person',
    surname: `Sample${letters(number)}`,
    firstName: 'Robin',
    address: {
      ...{ line1: `${number + 1} Example Street`, city: 'Exampleton', region },
      ...{ postalCode: '87001', country: 'US' },
    },
    dateOfBirth: `19${60 + (number % 30)}-0${1 + (number % 9)}-15`,
  };
}

/** A number in letters: names have no digits. */
function letters(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}
