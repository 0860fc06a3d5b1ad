import type { DebtSnapshot, ProofSnapshot } from '@concord/plugin-sdk';
import { debtOf, noticeOf, paperOf } from '../domain/register/us/testing/verdict.js';
import { ledgerOf } from '../domain/testing/reportable-debt.js';
import type { RuleExample } from './example.js';
import { examplesOf } from './example.js';
import { hearing, PAID, SETTLED, TODAY, UNNUMBERED } from './on-record.js';

const local = (...proofs: ProofSnapshot[]): DebtSnapshot => debtOf('us-nm-example', {}, proofs);
const certified = noticeOf('federal-offset-notice', '2026-01-05', { method: 'certified-mail', tracked: true });
const upheld = hearing('2026-02-09', 'upheld', 'setoff-hearing');
const appointed = paperOf('hearing-officer-appointment', '2025-01-02');
const determined = paperOf('final-determination', '2026-02-20');

const northCarolina = (...proofs: ProofSnapshot[]): DebtSnapshot => debtOf('us-nc-example', {}, proofs);
const setoffNotice = noticeOf('debt-setoff-notice', '2026-01-05');
const UNDETERMINED = 'block, missing the final determination, or the outcome of the hearing';

const berkeley = (
  proofs: readonly ProofSnapshot[],
  changes: Partial<DebtSnapshot> = {},
  family = 'fine',
): DebtSnapshot =>
  debtOf('us-ca-berkeley', { family }, proofs, { ledger: ledgerOf({ assessedMinor: 20_000 }), ...changes });
const interceptNotice = noticeOf('pre-intercept-notice', '2026-01-05');
const UNTOLD = 'missing a notice before interception, sent since the debt was itemised';

const chicago = (
  facts: Partial<DebtSnapshot['debt']>,
  proofs: readonly ProofSnapshot[],
  changes: Partial<DebtSnapshot> = {},
): DebtSnapshot => debtOf('us-il-chicago', facts, proofs, changes);
const recoveryNotice = noticeOf('debt-recovery-notice', '2026-03-09');

/** United States: refunds that are intercepted. */
export const US_INTERCEPTS: readonly RuleExample[] = [
  ...examplesOf(
    'US-TOP-01',
    'intercept',
    ['no notice', local(), TODAY, 'block, missing a notice by certified mail'],
    ['a certified notice of 5 January, on the 60th day', local(certified), '2026-03-06', 'block, earliest 2026-03-07'],
    ['the same, on the 61st', local(certified), '2026-03-07', 'passes'],
    [
      'a plain letter of 5 January',
      local(noticeOf('federal-offset-notice', '2026-01-05')),
      '2026-03-07',
      'block, missing a notice by certified mail',
    ],
  ),
  ...examplesOf(
    'US-TOP-02',
    'intercept',
    ['$525.00 are owed', local(), TODAY, 'passes'],
    ['paid in full', debtOf('us-nm-example', {}, [], { ledger: PAID }), TODAY, 'close, release within 5 business days'],
    [
      'a hearing set the debt aside',
      local(hearing('2026-03-10', 'set-aside', 'tax-hearing')),
      TODAY,
      'withdraw, release within 5 business days',
    ],
  ),
  ...examplesOf(
    'US-TOP-03',
    'intercept',
    ["the office's programme is not set", local(), TODAY, "block, missing the office's programme"],
    ['a programme of the State', local(), TODAY, 'passes', { programme: 'state' }],
    ['a federal programme', local(), TODAY, 'withdraw', { programme: 'federal' }],
    [
      "a State's tax, in a federal programme",
      debtOf('us-or', { family: 'tax' }),
      TODAY,
      'passes',
      { programme: 'federal' },
    ],
  ),
  ...examplesOf(
    'US-CA-IIC-01',
    'intercept',
    ['a fine of $200, and no notice', berkeley([]), TODAY, `block, ${UNTOLD}; restrain, ${UNTOLD}`],
    [
      'a notice of 5 January, on the 30th day',
      berkeley([interceptNotice]),
      '2026-02-04',
      'block, earliest 2026-02-05; restrain, earliest 2026-02-05',
    ],
    ['the same, on the 31st', berkeley([interceptNotice]), '2026-02-05', 'passes'],
    ['the same, after 365 days', berkeley([interceptNotice]), '2027-01-06', `block, ${UNTOLD}; restrain, ${UNTOLD}`],
    [
      'a bill for water, without a court',
      berkeley([interceptNotice], {}, 'utility'),
      TODAY,
      "block, missing a judgment, a court's order or a recorded tax lien",
    ],
    [
      'no Social Security number',
      berkeley([interceptNotice], { parties: UNNUMBERED }),
      TODAY,
      "block, missing the debtor's Social Security number",
    ],
    ['a fine of $9.99', berkeley([interceptNotice], { ledger: ledgerOf({ assessedMinor: 999 }) }), TODAY, 'block'],
  ),
  ...examplesOf(
    'US-NC-01',
    'intercept',
    [
      'no notice',
      northCarolina(),
      TODAY,
      `block, missing a notice of set-off, with the right to a hearing; ${UNDETERMINED}`,
    ],
    ['a notice of 5 January', northCarolina(setoffNotice), TODAY, UNDETERMINED],
    [
      'a notice of 5 January, determined on 20 January, on the 30th day',
      northCarolina(setoffNotice, paperOf('final-determination', '2026-01-20')),
      '2026-02-04',
      'block, earliest 2026-02-05',
    ],
    ['a notice of 5 January, determined on 20 February', northCarolina(setoffNotice, determined), TODAY, 'passes'],
    [
      'a notice of 5 January, determined in 2025',
      northCarolina(setoffNotice, paperOf('final-determination', '2025-11-03')),
      TODAY,
      UNDETERMINED,
    ],
    [
      'a notice, and a hearing that upheld the debt on 9 February',
      northCarolina(setoffNotice, appointed, upheld),
      '2026-03-11',
      'block, earliest 2026-03-12',
    ],
    ['the same, 31 days after the hearing', northCarolina(setoffNotice, appointed, upheld), '2026-03-12', 'passes'],
    ['the same, with no appointment of the officer', northCarolina(setoffNotice, upheld), TODAY, UNDETERMINED],
    [
      'a hearing set the debt aside',
      northCarolina(setoffNotice, hearing('2026-02-09', 'set-aside', 'setoff-hearing')),
      TODAY,
      'withdraw',
    ],
  ),
  ...examplesOf(
    'US-NC-02',
    'intercept',
    ['$525.00 are owed', northCarolina(), TODAY, 'passes'],
    [
      'settled, with a rest',
      debtOf('us-nc-example', {}, [], { ledger: SETTLED }),
      TODAY,
      'close, release within 5 business days',
    ],
  ),
  ...examplesOf(
    'US-NC-04',
    'intercept',
    ['$525.00 are owed', northCarolina(), TODAY, 'passes'],
    [
      '$49.99 are owed',
      debtOf('us-nc-example', {}, [], { ledger: ledgerOf({ assessedMinor: 4_999 }) }),
      TODAY,
      'block',
    ],
    [
      '$525.00 are owed, and $49.99 referred',
      debtOf('us-nc-example', {}, [], {
        referral: { id: 'referral-1', madeOn: '2026-01-02', capMinor: 4_999, expiresOn: null },
      }),
      TODAY,
      'block',
    ],
    [
      'no Social Security number',
      debtOf('us-nc-example', {}, [], { parties: UNNUMBERED }),
      TODAY,
      "block, missing the debtor's Social Security number",
    ],
  ),
  ...examplesOf(
    'US-IL-01',
    'intercept',
    ['a notice of 9 March, and the final determination', chicago({}, [recoveryNotice, determined]), TODAY, 'passes'],
    [
      'the same, on the day of the notice',
      chicago({}, [recoveryNotice, determined]),
      '2026-03-09',
      'block, earliest 2026-03-10',
    ],
    [
      'neither',
      chicago({}, []),
      TODAY,
      'block, missing a notice of recovery, and how it was sent; block, missing the final determination, and its date',
    ],
    [
      'a debt of 16 March 2019: seven years',
      chicago({ incurredOn: '2019-03-16' }, [recoveryNotice, determined]),
      TODAY,
      'close',
    ],
    [
      'no day on which the debt arose',
      chicago({ incurredOn: null }, [recoveryNotice, determined]),
      TODAY,
      'block, missing the date on which the debt arose',
    ],
    [
      'a hearing set the debt aside',
      chicago({}, [recoveryNotice, determined, hearing('2026-03-10', 'set-aside', 'debt')]),
      TODAY,
      'withdraw',
    ],
  ),
];
