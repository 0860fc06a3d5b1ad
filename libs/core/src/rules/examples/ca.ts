import type { DebtSnapshot, ProofSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { provincialFine } from '../domain/testing/debts-abroad.js';
import { ledgerOf, stopOf } from '../domain/testing/reportable-debt.js';
import { onRecord } from '../domain/testing/said.js';
import type { RuleExample } from './example.js';
import { examplesOf } from './example.js';
import { PAID, TODAY } from './on-record.js';

const fine = (...proofs: ProofSnapshot[]): DebtSnapshot => provincialFine({ proofs });
const stopped = (...stops: StopSnapshot[]): DebtSnapshot => provincialFine({ stops });
const bankrupt = (details: StopSnapshot['details'] = {}, endsOn: string | null = null): DebtSnapshot =>
  stopped(stopOf('insolvency', '2026-03-02', endsOn, details));
const ofFamily = (family: string | null): DebtSnapshot => provincialFine({ debt: { family } });
const paid = provincialFine({ ledger: PAID });
const dueLater = provincialFine({ debt: { dueOn: '2026-03-31' } });
const TOLD = 'release within one business day';
const AGREED = { creditor: 'crown', agreement: 'RSO-1' };

/** Canada, and Newfoundland and Labrador. */
export const CA: readonly RuleExample[] = [
  ...examplesOf(
    'CA-BIA-01',
    'garnish',
    ['no bankruptcy', fine(), TODAY, 'passes'],
    ['a notice of intention', bankrupt(), TODAY, `close, ${TOLD}`],
    [
      'the stay is to be lifted on 1 April',
      bankrupt({ reliefOn: '2026-04-01' }),
      TODAY,
      `close, earliest 2026-04-01, ${TOLD}`,
    ],
    ['the proceedings were dismissed', bankrupt({ dismissedOn: '2026-03-09' }), TODAY, 'passes'],
  ),
  ...examplesOf('CA-BIA-01', 'file-claim', [
    'the stay is to be lifted on 1 April',
    bankrupt({ reliefOn: '2026-04-01' }),
    TODAY,
    `block, earliest 2026-04-01, ${TOLD}; restrain, earliest 2026-04-01, ${TOLD}`,
  ]),
  ...examplesOf('CA-BIA-01', 'lien', ['a notice of intention', bankrupt(), TODAY, `block, ${TOLD}`]),
  ...examplesOf(
    'CA-BIA-02',
    'hold',
    ['a bankruptcy, and no discharge', bankrupt(), TODAY, 'passes'],
    ['discharged on 9 March', bankrupt({ dischargedOn: '2026-03-09' }), TODAY, `withdraw, ${TOLD}`],
    [
      'discharged on 9 March; the stop ends on 30 April',
      bankrupt({ dischargedOn: '2026-03-09' }, '2026-04-30'),
      TODAY,
      `withdraw, earliest 2026-05-01, ${TOLD}`,
    ],
  ),
  ...examplesOf(
    'CA-RSO-01',
    'intercept',
    [
      'neither creditor nor agreement is set',
      fine(),
      TODAY,
      'block, missing that the debt is owed to the Crown; block, missing the agreement with the Canada Revenue Agency',
    ],
    ['owed to the Crown, under an agreement', fine(), TODAY, 'passes', AGREED],
    ['the same, paid', paid, TODAY, `close, ${TOLD}`, AGREED],
    [
      'the same, disputed until 31 March',
      stopped(stopOf('dispute', '2026-03-01', '2026-03-31')),
      TODAY,
      `close, earliest 2026-04-01, ${TOLD}`,
      AGREED,
    ],
    [
      'no social insurance number',
      provincialFine({ parties: provincialFine().parties.map((party) => ({ ...party, identifiers: {} })) }),
      TODAY,
      "block, missing the debtor's social insurance number",
      AGREED,
    ],
  ),
  ...examplesOf(
    'CA-NL-01',
    'hold',
    ['a fine due on 15 June 2025', fine(), TODAY, 'passes'],
    ['a fine due on 31 March', dueLater, TODAY, 'block, earliest 2026-04-01'],
    ['a tax', ofFamily('tax'), TODAY, 'block'],
    ['nobody has said what kind of debt it is', ofFamily(null), TODAY, 'block, missing that the debt is a fine'],
    ['the fine is paid', paid, TODAY, `close, ${TOLD}`],
    [
      'an arrangement that ends on 31 March',
      stopped(stopOf('arrangement', '2026-03-01', '2026-03-31')),
      TODAY,
      `close, earliest 2026-04-01, ${TOLD}`,
    ],
  ),
  ...examplesOf(
    'CA-NL-01',
    'suspend',
    ['no arrangement was breached', fine(), TODAY, 'block, missing the breach of a payment arrangement'],
    [
      'an arrangement was breached',
      fine(onRecord('arrangement-breached', '2026-03-02')),
      TODAY,
      'block, missing the approval of the request to the Motor Registration Division',
    ],
    [
      'breached, and approved after it',
      fine(onRecord('arrangement-breached', '2026-03-02'), onRecord('suspension-approved', '2026-03-09')),
      TODAY,
      'passes',
    ],
  ),
  ...examplesOf(
    'CA-NL-02',
    'file-claim',
    ['$525.00 of a fine, due on 15 June 2025', fine(), TODAY, 'passes'],
    ['a fine due on 31 March', dueLater, TODAY, 'block, earliest 2026-04-01'],
    ['$299.99 of a fine', provincialFine({ ledger: ledgerOf({ assessedMinor: 29_999 }) }), TODAY, 'block'],
    ['the fine is paid', paid, TODAY, `close, ${TOLD}`],
  ),
  ...examplesOf(
    'CA-NL-02',
    'enforce-judgment',
    ['a fine that is not registered', fine(), TODAY, 'block, missing the registration at the Supreme Court'],
    ['a fine that is registered', fine(onRecord('fine-registered', '2026-02-02')), TODAY, 'passes'],
  ),
  ...examplesOf(
    'CA-NL-03',
    'file-claim',
    ['a fine due on 15 June 2025', fine(), TODAY, 'passes'],
    [
      'a fine due on 16 March 2020: six years',
      provincialFine({ debt: { dueOn: '2020-03-16' } }),
      TODAY,
      "block, missing counsel's confirmation that no time limit bars the Crown",
    ],
    [
      'the same, where counsel has confirmed',
      provincialFine({ debt: { dueOn: '2020-03-16' } }),
      TODAY,
      'passes',
      { crownLimit: 'removed' },
    ],
  ),
  ...examplesOf(
    'CA-PRIV-02',
    'report',
    ['the account adds up', fine(), TODAY, 'passes'],
    [
      'the balance is not the sum of the entries',
      provincialFine({ ledger: { ...fine().ledger, balanceMinor: 1 } }),
      TODAY,
      'block',
    ],
  ),
];
