import type { StopKind } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';

const PROTECTED: readonly StopKind[] = ['vulnerability', 'minor'];

/**
 * Goods are not taken where only a child or somebody vulnerable is present. Whoever has a stop `vulnerability` or `minor` is
 * not visited at all: the agent returns the case (`close`), with the flag.
 */
export const ukTcg03: Rule = {
  id: 'UK-TCG-03',
  title: 'No enforcement visit to a child or a vulnerable person',
  jurisdictions: { countries: ['GB'] },
  acts: ['enforce-judgment'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'SI 2013/1894 regs 10, 13',
  confirmed: 'yes',
  note: 'The regulations look at who is present at a visit; that nobody who is on record as vulnerable is visited is the more careful choice. The hours of visits (6 am to 9 pm) bind the agent: acts are judged by the day.',
  parameters: {},
  judge: (debt, _act, date) =>
    PROTECTED.flatMap((kind) => stopsInForce(debt, date, kind)).map((stop) => ({
      outcome: 'close',
      reason:
        stop.kind === 'minor'
          ? 'The person concerned is a minor. No enforcement agent visits.'
          : 'The office takes particular care in dealing with you. No enforcement agent visits meanwhile.',
      earliestOn: dayAfterEnd(stop),
    })),
};
