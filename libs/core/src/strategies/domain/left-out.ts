/** Why a strategy does not refer a debt of its types, in the order in which it is asked. The first one counts. */
export const LEFT_OUT = [
  'debtor-kind',
  'nothing-owed',
  'too-small',
  'too-large',
  'too-young',
  'no-address',
  'no-telephone',
  'referral-in-force',
  'other-strategy',
  'not-referred-yet',
  'referred-before',
  'ended-otherwise',
  'pause',
  'no-other-agency',
  'stop',
  'arrangement',
  'capacity',
] as const;

/**
 * `other-strategy`: one that comes before it in the office's list refers the debt today. `not-referred-yet` and
 * `referred-before`: it makes another round of referrals. `ended-otherwise`: an earlier referral ended in a way after which
 * it does not refer, such as by a person. `pause`: the time since the last referral is not over. `no-other-agency`: each
 * agency that it names had the debt.
 */
export type LeftOut = (typeof LEFT_OUT)[number];
