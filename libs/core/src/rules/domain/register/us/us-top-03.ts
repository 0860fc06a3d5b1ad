import type { DebtSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { block } from './objections.js';
import { hasOwnProgramme, isState } from './offset-programmes.js';

/**
 * A city's or county's debt can't go to federal refund offset, and of a State's debts only income tax (and, by ways of
 * their own, support and unemployment insurance). So it must be known which programme an office's debts go to: a
 * setting, because it is one of the office and not of the debt. Where it is not known, the debt is blocked; with a
 * federal programme, what may not be there is withdrawn.
 */
export const usTop03: Rule<{ programme: string; federalFamilies: string }> = {
  id: 'US-TOP-03',
  title: 'No local debt to federal refund offset',
  jurisdictions: { countries: ['US'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'GAO-09-571R',
  confirmed: 'partly',
  note: "Confirmed for 2009; believed still so, re-check. The office sets `programme` to `state` or `federal`; where it has not, a local office of a State whose own programme is in the register is taken to use that one, and any other office's debts are held. `federalFamilies`, with blanks between, are the kinds of a State's debts that may go.",
  parameters: { programme: '', federalFamilies: 'tax' },
  judge(debt, _act, _date, { programme, federalFamilies }) {
    const used = programmeOf(debt, programme);
    if (used === 'state' || mayGo(debt, federalFamilies.split(' '))) return PASS;
    if (used === 'federal') {
      const reason = 'A federal tax refund may not be held back for a debt of this kind.';
      return [{ outcome: 'withdraw', reason, earliestOn: null }];
    }
    const reason =
      'It is not set by which programme the office has refunds held back; for this debt it may not be a federal one.';
    return [block(reason, { missing: "the office's programme" })];
  },
};

function programmeOf({ jurisdiction }: DebtSnapshot, set: string): 'state' | 'federal' | null {
  if (set === 'state' || set === 'federal') return set;
  // A word that is neither is a setting that went wrong, and no reason to take the one that lets more pass.
  return set === '' && !isState(jurisdiction.id) && hasOwnProgramme(jurisdiction.id) ? 'state' : null;
}

function mayGo({ jurisdiction, debt }: DebtSnapshot, families: readonly string[]): boolean {
  return isState(jurisdiction.id) && typeof debt.family === 'string' && families.includes(debt.family);
}
