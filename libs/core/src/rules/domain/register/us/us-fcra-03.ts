import type { Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';

/** A disputed debt is furnished with notice of the dispute or not at all, whether it stands already or is new. */
export const usFcra03: Rule = {
  id: 'US-FCRA-03',
  title: 'A disputed debt only with its notation',
  jurisdictions: { countries: ['US'] },
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '15 USC 1681s-2(a)(3)',
  confirmed: 'yes',
  note: null,
  parameters: {},
  judge: (debt, _act, date) =>
    stopsInForce(debt, date, 'dispute').map((stop) => ({
      outcome: 'restrain',
      reason: 'You dispute this debt. Until that is settled it may be reported only as disputed.',
      earliestOn: dayAfterEnd(stop),
    })),
};
