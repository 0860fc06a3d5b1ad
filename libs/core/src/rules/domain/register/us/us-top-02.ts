import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { endingInWords, isPaid } from '../debt-ending.js';
import { hearingDates, isSetAside } from './hearings.js';

/**
 * A refund programme is told promptly that nothing is owed any more, which closes, and that a hearing found the debt of
 * no effect (`set-aside`), which takes it back: within five business days.
 */
export const usTop02: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-TOP-02',
  title: 'The programme is told of payment and error promptly',
  jurisdictions: { countries: ['US'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '31 CFR 5.27(d) pattern; 285.8',
  confirmed: 'partly',
  note: 'The pattern of 31 CFR 5.27(d) is confirmed, 285.8 is not. The register says promptly; five business days, a weekly file, are chosen here. A part payment lowers what is wanted without a rule; bankruptcy is US-BK-01.',
  parameters: { releaseBusinessDays: 5 },
  judge(debt, _act, date, { releaseBusinessDays }) {
    const { ledger } = debt;
    const release = { withinBusinessDays: releaseBusinessDays };
    if (isSetAside(debt, date)) {
      const reason = 'A hearing found that you do not owe this debt.';
      return [{ outcome: 'withdraw', reason, earliestOn: null, release }];
    }
    if (!isPaid(ledger) && !ledger.settled) return PASS;
    return [{ outcome: 'close', reason: endingInWords(ledger), earliestOn: null, release }];
  },
  turningDates: hearingDates,
};
