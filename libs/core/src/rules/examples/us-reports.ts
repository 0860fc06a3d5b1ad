import type { DebtSnapshot } from '@concord/plugin-sdk';
import { reportableDebt, stopOf } from '../domain/testing/reportable-debt.js';
import { noticeOf, paperOf, returnOf } from '../domain/register/us/testing/verdict.js';
import type { RuleExample } from './example.js';
import { examplesOf } from './example.js';
import { BUSINESS, itemisedOn, PAID, SETTLED, TODAY, UNNUMBERED, WITH_CO_DEBTOR } from './on-record.js';

const SOUND = reportableDebt();
const withFacts = (facts: Partial<DebtSnapshot['debt']>): DebtSnapshot =>
  reportableDebt({ debt: { ...SOUND.debt, ...facts } });
const told = (...proofs: DebtSnapshot['proofs']): DebtSnapshot => reportableDebt({ proofs });
const ambulance = (facts: Partial<DebtSnapshot['debt']> = {}): DebtSnapshot =>
  withFacts({ family: 'medical', ...facts });

/** United States: credit reports, and what goes to collection agencies. */
export const US_REPORTS: readonly RuleExample[] = [
  ...examplesOf(
    'US-FCRA-01',
    'report',
    ['the account adds up, in dollars, with no date to come', SOUND, TODAY, 'passes'],
    [
      'the balance is not the sum of the entries',
      reportableDebt({ ledger: { ...SOUND.ledger, balanceMinor: 1 } }),
      TODAY,
      'block',
    ],
    ['overdue from 17 March', withFacts({ delinquentOn: '2026-03-17' }), TODAY, 'block, earliest 2026-03-17'],
    ['overdue before it arose', withFacts({ delinquentOn: '2025-04-30' }), TODAY, 'block'],
  ),
  ...examplesOf(
    'US-FCRA-03',
    'report',
    ['no dispute', SOUND, TODAY, 'passes'],
    ['a dispute since 1 March', reportableDebt({ stops: [stopOf('dispute')] }), TODAY, 'restrain'],
    [
      'a dispute that ends on 31 March',
      reportableDebt({ stops: [stopOf('dispute', '2026-03-01', '2026-03-31')] }),
      TODAY,
      'restrain, earliest 2026-04-01',
    ],
  ),
  ...examplesOf(
    'US-FCRA-04',
    'report',
    ['first overdue on 15 June 2025', SOUND, TODAY, 'passes'],
    [
      'no date of first delinquency',
      withFacts({ delinquentOn: null }),
      TODAY,
      'block, missing the date of first delinquency',
    ],
  ),
  ...examplesOf(
    'US-FCRA-07',
    'report',
    [
      'first overdue on 15 January 2019, the last day',
      withFacts({ delinquentOn: '2019-01-15' }),
      '2026-06-12',
      'passes',
    ],
    ['first overdue on 15 January 2019', withFacts({ delinquentOn: '2019-01-15' }), '2026-06-13', 'withdraw'],
  ),
  ...examplesOf(
    'US-NCAP-01',
    'report',
    ['a bill for water', SOUND, TODAY, 'passes'],
    [
      'nobody has said how the debt arose',
      withFacts({ aroseFromContract: null }),
      TODAY,
      'block, missing how this debt arose',
    ],
    ['a parking ticket', withFacts({ aroseFromContract: false }), TODAY, 'withdraw'],
  ),
  ...examplesOf(
    'US-NCAP-02',
    'report',
    ['name, address, Social Security number and creditor', SOUND, TODAY, 'passes'],
    [
      'neither a Social Security number nor a date of birth',
      reportableDebt({ parties: UNNUMBERED }),
      TODAY,
      'block, missing a date of birth or a Social Security number',
    ],
    [
      'no original creditor',
      withFacts({ originalCreditor: null }),
      TODAY,
      'block, missing the name of the original creditor; block, missing the kind of the original creditor',
    ],
  ),
  ...examplesOf(
    'US-NCAP-03',
    'report',
    ['a bill for water', SOUND, TODAY, 'passes'],
    ['an ambulance bill of $525.00, 364 days overdue', ambulance(), '2026-06-14', 'block, earliest 2026-06-15'],
    ['the same, 365 days overdue', ambulance(), '2026-06-15', 'passes'],
    ['the same, paid', { ...ambulance(), ledger: PAID }, '2026-06-15', 'withdraw'],
    ['the same, with $200.00 left', { ...ambulance(), ledger: SETTLED }, '2026-06-15', 'withdraw'],
    ['the same, where the State bans it', ambulance(), '2026-06-15', 'withdraw', { banned: 'yes' }],
  ),
  ...examplesOf(
    'US-REGF-01',
    'report',
    [
      'nobody has written to or spoken with the debtor',
      told(),
      TODAY,
      'block, missing a letter or message that reached the debtor, or a conversation',
    ],
    ['a letter of 3 March', told(noticeOf('demand', '2026-03-03')), TODAY, 'block, earliest 2026-03-17'],
    ['a letter of 2 March', told(noticeOf('demand', '2026-03-02')), TODAY, 'passes'],
    [
      'a letter of 2 March that came back on the 10th',
      told(noticeOf('demand', '2026-03-02'), returnOf('2026-03-10')),
      TODAY,
      'block, missing a letter or message that reached the debtor, or a conversation',
    ],
    ['a conversation of today', told({ kind: 'conversation-held', on: TODAY }), TODAY, 'passes'],
    ['a business owes the debt', reportableDebt({ parties: BUSINESS, proofs: [] }), TODAY, 'passes'],
    [
      'a business owes the debt, and a person with it',
      reportableDebt({ parties: [...BUSINESS, ...WITH_CO_DEBTOR.slice(1)], proofs: [] }),
      TODAY,
      'block, missing a letter or message that reached the debtor, or a conversation',
    ],
  ),
  ...examplesOf(
    'US-REGF-03',
    'place',
    ['itemised as of 1 June 2025, and adding up', SOUND, TODAY, 'passes'],
    ['no itemisation', reportableDebt({ itemisation: null }), TODAY, 'block, missing the itemisation of the debt'],
    [
      'itemised as of 20 March',
      reportableDebt({ itemisation: itemisedOn('2026-03-20', SOUND.ledger) }),
      TODAY,
      'block, earliest 2026-03-20',
    ],
    [
      'itemised at $500 of another account',
      reportableDebt({ itemisation: itemisedOn('2025-06-01', PAID) }),
      TODAY,
      'block',
    ],
  ),
  ...examplesOf(
    'US-REGF-08',
    'place',
    ['$525.00 are owed', SOUND, TODAY, 'passes'],
    ['paid in full', reportableDebt({ ledger: PAID }), TODAY, 'close, release within one business day'],
    ['settled, with a rest', reportableDebt({ ledger: SETTLED }), TODAY, 'close, release within one business day'],
    [
      'discharged in bankruptcy on 10 March; the stop ends on 30 April',
      reportableDebt({ stops: [stopOf('insolvency', '2026-03-01', '2026-04-30', { dischargedOn: '2026-03-10' })] }),
      TODAY,
      'close, earliest 2026-05-01, release within one business day',
    ],
  ),
  ...examplesOf(
    'US-FTI-01',
    'place',
    ['nothing from the tax authorities', SOUND, TODAY, 'passes'],
    [
      'a document says that a federal refund was offset',
      told(paperOf('federal-tax-information', '2026-03-02')),
      TODAY,
      'close, release within one business day',
    ],
  ),
];
