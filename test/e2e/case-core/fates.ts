import { inventedDebts } from '../thirty-days/invented-debts.js';
import type { InventedDebt } from '../thirty-days/invented-debts.js';
import { YOUNG_TYPE } from '../thirty-days/offices.js';
import { CIRCULATING_TYPE, OFFICE } from './office.js';

/** What becomes of a debt in these days; each has one of its own. */
export const FATES = [
  ...(['arranged', 'disputed', 'died', 'paid', 'overpaid', 'credited', 'written-off', 'co-debtor'] as const),
  // Called back from an agency because nobody pays; paid in part instead; owed by somebody whose letter comes back.
  ...(['fruitless', 'paying', 'moved'] as const),
  // Owed by one person whom the office has twice.
  ...(['survivor', 'duplicate'] as const),
] as const;
export type Fate = (typeof FATES)[number];

export const CIRCULATING: readonly Fate[] = ['fruitless', 'paying', 'moved'];

const INVENTED = inventedDebts(OFFICE, 1, 50);
/** Where the joint debts, and those of one debtor each that are old enough for every strategy, begin among them. */
const JOINT = 14;
const PLAIN = 19;

export const FIRST_NAMES = { survivor: 'Robin', duplicate: 'Robyn' } as const;

const DEBTORS: { readonly [fate in Fate]?: object } = {
  survivor: twice('survivor', 'P901'),
  duplicate: twice('duplicate', 'P902'),
};

/** The debts as the API takes them. */
export const DEBTS: ReadonlyMap<Fate, InventedDebt> = new Map(
  FATES.map((fate, index) => {
    const debtor = DEBTORS[fate];
    return [
      fate,
      {
        ...INVENTED[fate === 'co-debtor' ? JOINT : PLAIN + index]!,
        type: CIRCULATING.includes(fate) ? CIRCULATING_TYPE : YOUNG_TYPE,
        ...(debtor === undefined ? {} : { debtor }),
      },
    ];
  }),
);

/** One person as the host system has them under two keys: the first name spelt in two ways, and all else the same. */
function twice(fate: keyof typeof FIRST_NAMES, key: string): object {
  return {
    sourceReference: `${OFFICE.prefix}-${key}`,
    kind: 'person',
    surname: 'Sampletwice',
    firstName: FIRST_NAMES[fate],
    address: {
      ...{ line1: '77 Example Street', city: 'Exampleton', region: OFFICE.region },
      ...{ postalCode: '87001', country: 'US' },
    },
    dateOfBirth: '1971-02-15',
  };
}
