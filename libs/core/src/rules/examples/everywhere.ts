import { provincialFine } from '../domain/testing/debts-abroad.js';
import { ledgerOf, placeableDebt, reportableDebt } from '../domain/testing/reportable-debt.js';
import type { RuleExample } from './example.js';
import { examplesOf } from './example.js';
import { hearing, PAID, SETTLED, TODAY } from './on-record.js';

const heard = (...proofs: Parameters<typeof hearing>[]) =>
  placeableDebt({ proofs: proofs.map((each) => hearing(...each)) });

/** Rules of Concord's own, with no row of the register. */
export const EVERYWHERE: readonly RuleExample[] = [
  ...examplesOf(
    'PAID',
    'report',
    ['$525.00 are owed', reportableDebt(), TODAY, 'passes'],
    ['one cent is owed', reportableDebt({ ledger: ledgerOf({ assessedMinor: 1 }) }), TODAY, 'passes'],
    ['the debt is paid in full', reportableDebt({ ledger: PAID }), TODAY, 'close'],
    ['settled for less, with a rest on the account', reportableDebt({ ledger: SETTLED }), TODAY, 'passes'],
  ),
  ...examplesOf('PAID', 'hold', ['settled, with a rest', provincialFine({ ledger: SETTLED }), TODAY, 'close']),
  ...examplesOf('PAID', 'contact', ['the debt is paid in full', reportableDebt({ ledger: PAID }), TODAY, 'block']),
  ...examplesOf(
    'SET-ASIDE',
    'place',
    [
      'a hearing of 10 March set the debt aside',
      heard(['2026-03-10', 'set-aside', 'debt']),
      TODAY,
      'withdraw, release within one business day',
    ],
    [
      'a hearing set aside; what it was about is not on record',
      heard(['2026-03-10', 'set-aside', null]),
      TODAY,
      'withdraw, release within one business day',
    ],
    ['the same, on the day before', heard(['2026-03-10', 'set-aside', 'debt']), '2026-03-09', 'passes'],
    ['a hearing set a set-off aside', heard(['2026-03-10', 'set-aside', 'setoff-hearing']), TODAY, 'passes'],
    [
      'set aside on 10 March, upheld on the 12th',
      heard(['2026-03-10', 'set-aside', 'debt'], ['2026-03-12', 'upheld', 'debt']),
      TODAY,
      'passes',
    ],
  ),
  ...examplesOf('SET-ASIDE', 'contact', [
    'a hearing of 10 March set the debt aside',
    heard(['2026-03-10', 'set-aside', 'debt']),
    TODAY,
    'block, release within one business day',
  ]),
];
