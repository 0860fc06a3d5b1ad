import type { Objection, Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';

/**
 * While a debtor contests that what is held about them is accurate, it is kept and not told anew to anybody (`block`), and
 * whoever was told before is told of the contest (`restrain`). A dispute whose details say by `contests` that it is about
 * something other than `accuracy` does not count.
 */
export const ukGdpr01: Rule<{ releaseBusinessDays: number }> = {
  id: 'UK-GDPR-01',
  title: 'Data that is contested is not passed on',
  jurisdictions: { countries: ['GB'] },
  acts: ['report', 'place', 'intercept', 'suspend', 'hold'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'UK GDPR',
  confirmed: 'no',
  note: 'Articles 12(3), 18 and 19. Every dispute is taken to contest accuracy unless it says otherwise. Court claims and enforcement are left to the tables of stops, because the article excepts legal claims. The month for telling recipients is set as 20 business days. What is rectified or erased in the case reaches recipients as any other change does.',
  parameters: { releaseBusinessDays: 20 },
  judge: (debt, _act, date, { releaseBusinessDays }) =>
    stopsInForce(debt, date, 'dispute')
      .filter(({ details }) => (details['contests'] ?? 'accuracy') === 'accuracy')
      .flatMap((stop): readonly Objection[] => {
        const earliestOn = dayAfterEnd(stop);
        const reason =
          'You say that what the office holds about you or this debt is not right. Until that is checked, it is not passed on.';
        const release = { withinBusinessDays: releaseBusinessDays };
        return [
          { outcome: 'block', reason, earliestOn },
          { outcome: 'restrain', reason, earliestOn, release },
        ];
      }),
};
