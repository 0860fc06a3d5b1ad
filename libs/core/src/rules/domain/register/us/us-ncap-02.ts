import type { DebtSnapshot, PartySnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';

/**
 * A report that can land on a stranger's file is not sent. Whoever may be named in it (a co-debtor and a guarantor
 * as well as the debtor) must be identified.
 */
export const usNcap02: Rule = {
  id: 'US-NCAP-02',
  title: 'Enough to identify the consumer and the original creditor',
  jurisdictions: { countries: ['US'] },
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'NCAP (bureau policy, not statute)',
  confirmed: 'yes',
  note: 'That every party named must be identified, not the debtor alone, is the more careful reading.',
  parameters: {},
  judge: (debt) =>
    missing(debt).map((what) => ({
      outcome: 'block',
      reason: `The office's record of this debt lacks ${what}.`,
      earliestOn: null,
      missing: what,
    })),
};

function missing(debt: DebtSnapshot): readonly string[] {
  const lacks = new Set<string>();
  if (!debt.parties.some((party) => party.role === 'debtor')) lacks.add('a debtor');
  for (const party of debt.parties) {
    if (!isNamed(party)) lacks.add('a full name');
    if (!hasAddress(party)) lacks.add('a full address');
    if (party.kind === 'person' && !isIdentified(party)) lacks.add('a date of birth or a Social Security number');
  }
  const creditor = debt.debt.originalCreditor;
  if (isBlank(creditor?.name)) lacks.add('the name of the original creditor');
  if (isBlank(creditor?.classification)) lacks.add('the kind of the original creditor');
  return [...lacks];
}

function isNamed(party: PartySnapshot): boolean {
  return !isBlank(party.surname) && (party.kind === 'business' || !isBlank(party.firstName));
}

function hasAddress({ address }: PartySnapshot): boolean {
  return address !== null && ![address.line1, address.city, address.region, address.postalCode].some(isBlank);
}

function isIdentified({ identifiers }: PartySnapshot): boolean {
  return identifiers.ssn !== undefined || identifiers['date-of-birth'] !== undefined;
}

function isBlank(text: string | null | undefined): boolean {
  return text === null || text === undefined || text.trim() === '';
}
