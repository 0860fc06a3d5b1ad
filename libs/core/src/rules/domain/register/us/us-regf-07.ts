import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { block } from './objections.js';
import { timeRunsFrom } from './us-sol-01.js';

/**
 * A collector who sues too late is liable whether it knew or not: where no date of the debt is known from which the
 * time to sue could run, nobody sues.
 */
export const usRegf07: Rule = {
  id: 'US-REGF-07',
  title: 'No suit unless it is known that the time to sue has not run out',
  jurisdictions: { countries: ['US'] },
  acts: ['file-claim'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '12 CFR 1006.26(b)',
  confirmed: 'no',
  note: "When the time has run out is counted by US-SOL-01, with the State's numbers. A threat of suit is in the words of a letter, which no rule reads. It binds debt collectors; an office that sues is held to it as well, as the more careful choice.",
  parameters: {},
  judge: (debt) =>
    timeRunsFrom(debt) === null
      ? [
          block('It is not known since when this debt is due, and so not whether the time to sue you has run out.', {
            missing: 'the date on which the debt was due',
          }),
        ]
      : PASS,
};
