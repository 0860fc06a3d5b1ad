import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OFFICES, PLACED_AFTER_DAYS, connectorId, writeConfiguration } from '../thirty-days/offices.js';

const LETTERS = join(import.meta.dirname, '../../../config/notices/us-ca-berkeley');

export const [OFFICE] = OFFICES as [(typeof OFFICES)[number]];

/** Debts of this type go to one agency, are called back from it after some days without a payment, and go to the other. */
export const CIRCULATING_TYPE = 'permit';
export const RECALLED_AFTER_DAYS = 15;
const PAUSE_DAYS = 10;

const selection = {
  ...{ act: 'place', debtTypes: [CIRCULATING_TYPE] },
  ...{ minAgeDays: PLACED_AFTER_DAYS, minBalanceMinor: 1 },
};

/** The first agency has no time to object to a recall, so that what it loses it loses on the same day. */
const CIRCULATION = [
  {
    ...selection,
    id: 'place-permits',
    oneOf: [{ connector: connectorId(OFFICE.id, 'summit'), share: 1 }],
    recall: { withoutPaymentDays: RECALLED_AFTER_DAYS },
  },
  {
    ...selection,
    id: 'place-permits-again',
    round: 2,
    pauseDays: PAUSE_DAYS,
    oneOf: [
      { connector: connectorId(OFFICE.id, 'harbor'), share: 1 },
      { connector: connectorId(OFFICE.id, 'summit'), share: 1 },
    ],
  },
];

/** The three offices of the thirty days, the first of which calls back what brings nothing, and writes letters. */
export function writeOffice(folder: string): void {
  writeConfiguration(folder);
  const file = join(folder, 'jurisdictions', `${OFFICE.id}.yaml`);
  const jurisdiction = JSON.parse(readFileSync(file, 'utf8')) as { readonly strategies: readonly object[] };
  const strategies = [...jurisdiction.strategies, ...CIRCULATION];
  writeFileSync(file, JSON.stringify({ ...jurisdiction, strategies }, null, 2));
  cpSync(LETTERS, join(folder, 'notices', OFFICE.id), { recursive: true });
}
