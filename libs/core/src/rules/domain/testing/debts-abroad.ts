import type { DebtSnapshot } from '@concord/plugin-sdk';
import { reportableDebt } from './reportable-debt.js';

/** What of a debt is varied in tests: its own facts beside those of the snapshot. */
type Changes = Partial<Omit<DebtSnapshot, 'debt'>> & { readonly debt?: Partial<DebtSnapshot['debt']> };

/** A made-up unpaid invoice of a council in England, due on 15 June 2025, with no proof on record. */
export function councilDebt({ debt, ...changes }: Changes = {}): DebtSnapshot {
  const base = reportableDebt();
  return reportableDebt({
    jurisdiction: { id: 'gb-hillingdon', country: 'GB', currency: 'GBP' },
    debt: { ...base.debt, type: 'sundry', family: 'charge', dueOn: '2025-06-15', judgmentOn: null, ...debt },
    proofs: [],
    ...changes,
  });
}

/** A made-up provincial fine in Newfoundland and Labrador, due on 15 June 2025, with no proof on record. */
export function provincialFine({ debt, ...changes }: Changes = {}): DebtSnapshot {
  const base = reportableDebt();
  return reportableDebt({
    jurisdiction: { id: 'ca-nl', country: 'CA', currency: 'CAD' },
    debt: {
      ...base.debt,
      type: 'provincial-fine',
      family: 'fine',
      aroseFromContract: false,
      dueOn: '2025-06-15',
      judgmentOn: null,
      ...debt,
    },
    parties: base.parties.map((party) => ({ ...party, identifiers: { sin: { identifier: 'identifier-1' } } })),
    proofs: [],
    ...changes,
  });
}
