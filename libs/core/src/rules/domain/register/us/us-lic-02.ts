import type { DebtSnapshot } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';
import { block } from './objections.js';
import { missingSuspensionNotice, suspensionNotice } from './suspension-notice.js';
import { noticeStanding, noticeTurningDates } from './waiting-notice.js';

/**
 * A licence is suspended only after the day of a letter that said for what, how much, since when, and how to ask for a
 * hearing (a proof `suspension-notice`, sent after the default, that did not come back). A debt of which the kind, the
 * amount or the day is not known could only have been announced with a blank, and is blocked.
 */
export const usLic02: Rule = {
  id: 'US-LIC-02',
  title: 'Suspension only after a letter without blanks',
  jurisdictions: { countries: ['US'] },
  acts: ['suspend'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'RI ACLU settlement',
  confirmed: 'yes',
  note: "A settlement of one State's agency; held to everywhere in the United States. Letters themselves are refused with a blank where they are composed. What a letter said is taken from its kind.",
  parameters: {},
  judge: (debt, _act, date) => [...blanks(debt), ...announced(debt, date)],
  turningDates: (debt) => noticeTurningDates(debt, suspensionNotice(debt, 0)),
};

function blanks({ debt, ledger }: DebtSnapshot): readonly Objection[] {
  const facts = [
    { what: 'what this debt is for', isKnown: debt.type.trim() !== '' },
    // What was assessed and is paid could be told; that nothing is owed any more is PAID's to say.
    { what: 'how much is owed', isKnown: ledger.balanceMinor > 0 || ledger.assessedMinor > 0 },
    { what: 'when this debt arose', isKnown: debt.incurredOn !== null },
  ];
  return facts.flatMap(({ what, isKnown }) =>
    isKnown ? [] : [block(`No letter could have told you ${what}: it is not on record.`, { missing: what })],
  );
}

function announced(debt: DebtSnapshot, date: string): readonly Objection[] {
  const { met, earliestOn } = noticeStanding(debt, date, suspensionNotice(debt, 0));
  if (met) return [];
  const reason = 'You have not been told of the suspension, and of your right to a hearing, before this day.';
  const missing = missingSuspensionNotice(debt);
  return [block(reason, earliestOn === null ? { missing } : { earliestOn })];
}
