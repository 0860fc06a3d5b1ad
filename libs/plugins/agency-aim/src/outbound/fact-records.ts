import type { PartnerRecord } from '@concord/plugin-sdk';
import { DATED_FACTS, DEBT_FACTS, type DebtFact, type DebtFacts } from '../debt-facts.js';
import type { AimSettings } from '../settings.js';

const DATED: ReadonlySet<DebtFact> = new Set(DATED_FACTS);

/** Facts of a debt as pairs of title and data, under the titles agreed with the agency. Days as CCYYMMDD. */
export function factRecords(
  facts: DebtFacts,
  fileNumber: string,
  account: string,
  { factTitles }: AimSettings,
): readonly PartnerRecord[] {
  return DEBT_FACTS.flatMap((fact) => {
    const title = factTitles[fact];
    const value = facts[fact];
    if (title === undefined || value === undefined) return [];
    const data = DATED.has(fact) ? value.replaceAll('-', '') : value;
    return [{ recordType: 'CMIS', fileNumber, account, title, data }];
  });
}

/** The date fields of the account that the settings give a meaning to. */
export function accountDates(facts: DebtFacts, { accountDates: dates }: AimSettings): PartnerRecord {
  return Object.fromEntries(
    Object.entries(dates).flatMap(([field, fact]) => {
      const on = fact === undefined ? undefined : facts[fact];
      return on === undefined ? [] : [[field, on]];
    }),
  );
}
