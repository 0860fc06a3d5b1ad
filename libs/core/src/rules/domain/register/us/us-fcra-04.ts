import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';

/** The seven years of a collection account run from its first delinquency; without that date it would never age off. */
export const usFcra04: Rule = {
  id: 'US-FCRA-04',
  title: 'Date of first delinquency is known',
  jurisdictions: { countries: ['US'] },
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '15 USC 1681s-2(a)(5)',
  confirmed: 'yes',
  note: 'The Act leaves 90 days after furnishing to supply the date; Concord asks for it before, and so needs no timer.',
  parameters: {},
  judge: (debt) =>
    debt.debt.delinquentOn === null
      ? [
          {
            ...{ outcome: 'block', reason: 'It is not known since when this debt is overdue.', earliestOn: null },
            missing: 'the date of first delinquency',
          },
        ]
      : PASS,
};
