import type { DebtSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { reportableDebt, stopOf } from '../domain/testing/reportable-debt.js';
import type { RuleExample } from './example.js';
import { examplesOf } from './example.js';
import { ofCoDebtor, TODAY, WITH_CO_DEBTOR } from './on-record.js';

const SOUND = reportableDebt();
const petition = (details: StopSnapshot['details'] = {}, endsOn: string | null = null): DebtSnapshot =>
  reportableDebt({ stops: [stopOf('insolvency', '2026-03-02', endsOn, { chapter: '13', ...details })] });
const tax = (debt: DebtSnapshot): DebtSnapshot => ({ ...debt, debt: { ...debt.debt, family: 'tax' } });
const spouseFiled = (details: StopSnapshot['details'] = {}): DebtSnapshot =>
  reportableDebt({
    parties: WITH_CO_DEBTOR,
    stops: [ofCoDebtor(stopOf('insolvency', '2026-03-02', null, { chapter: '13', ...details }))],
  });
const TOLD = 'release within one business day';

/** United States: what a bankruptcy holds back and ends. The petition is of 2 March 2026. */
export const US_BANKRUPTCY: readonly RuleExample[] = [
  ...examplesOf(
    'US-BK-01',
    'report',
    ['no bankruptcy', SOUND, TODAY, 'passes'],
    ['the day before the petition', petition(), '2026-03-01', 'passes'],
    ['a petition', petition(), TODAY, `block, ${TOLD}; restrain, ${TOLD}`],
    [
      'a petition, the case to be dismissed on 1 April',
      petition({ dismissedOn: '2026-04-01' }),
      TODAY,
      `block, earliest 2026-04-01, ${TOLD}; restrain, earliest 2026-04-01, ${TOLD}`,
    ],
    ['the case was dismissed', petition({ dismissedOn: '2026-03-16' }), TODAY, 'passes'],
    [
      'discharged, the case closed after it',
      petition({ dischargedOn: '2026-03-10', closedOn: '2026-03-12' }),
      TODAY,
      `block, ${TOLD}; restrain, ${TOLD}`,
    ],
  ),
  ...examplesOf(
    'US-BK-01',
    'garnish',
    ['a petition', petition(), TODAY, `close, ${TOLD}`],
    ['relief granted from 1 April', petition({ reliefOn: '2026-04-01' }), TODAY, `close, earliest 2026-04-01, ${TOLD}`],
  ),
  ...examplesOf('US-BK-01', 'file-claim', ['a petition', petition(), TODAY, `block, ${TOLD}; restrain, ${TOLD}`]),
  ...examplesOf('US-BK-01', 'lien', ['a petition', petition(), TODAY, `block, ${TOLD}`]),
  ...examplesOf('US-BK-01', 'contact', ['a petition', petition(), TODAY, `block, ${TOLD}`]),
  ...examplesOf(
    'US-BK-02',
    'intercept',
    ['no bankruptcy', SOUND, TODAY, 'passes'],
    ['a petition, and a debt for water', petition(), TODAY, `close, ${TOLD}`],
    ['relief granted from 1 April', petition({ reliefOn: '2026-04-01' }), TODAY, `close, earliest 2026-04-01, ${TOLD}`],
    ['a petition, and a tax (US-BK-01 holds it)', tax(petition()), TODAY, 'passes'],
  ),
  ...examplesOf(
    'US-BK-03',
    'place',
    ['a co-debtor, and no bankruptcy', reportableDebt({ parties: WITH_CO_DEBTOR }), TODAY, 'passes'],
    ["a co-debtor's petition under chapter 13", spouseFiled(), TODAY, `close, ${TOLD}`],
    ['the same, about no consumer debt', spouseFiled({ consumerDebt: false }), TODAY, 'passes'],
    ['the same, under chapter 7', spouseFiled({ chapter: '7' }), TODAY, 'passes'],
    [
      'the same, to be closed on 1 May',
      spouseFiled({ closedOn: '2026-05-01' }),
      TODAY,
      `close, earliest 2026-05-01, ${TOLD}`,
    ],
  ),
  ...examplesOf('US-BK-03', 'report', [
    "a co-debtor's petition under chapter 13",
    spouseFiled(),
    TODAY,
    `block, ${TOLD}`,
  ]),
  ...examplesOf('US-BK-03', 'file-claim', [
    "a co-debtor's petition under chapter 13, to be closed on 1 May",
    spouseFiled({ closedOn: '2026-05-01' }),
    TODAY,
    `block, earliest 2026-05-01, ${TOLD}; restrain, earliest 2026-05-01, ${TOLD}`,
  ]),
  ...examplesOf(
    'US-BK-04',
    'lien',
    ['a petition, and no discharge', petition(), TODAY, 'passes'],
    ['a discharge on 10 March', petition({ dischargedOn: '2026-03-10' }), TODAY, `close, ${TOLD}`],
    [
      'a discharge; the stop ends on 30 April',
      petition({ dischargedOn: '2026-03-10' }, '2026-04-30'),
      TODAY,
      `close, earliest 2026-05-01, ${TOLD}`,
    ],
  ),
  ...examplesOf('US-BK-04', 'contact', [
    'a discharge; the stop ends on 30 April',
    petition({ dischargedOn: '2026-03-10' }, '2026-04-30'),
    TODAY,
    `block, earliest 2026-05-01, ${TOLD}`,
  ]),
  ...examplesOf(
    'US-BK-05',
    'hold',
    ['no bankruptcy', SOUND, TODAY, 'passes'],
    ['a petition', petition(), TODAY, `close, ${TOLD}`],
    [
      'the case to be closed on 1 May',
      petition({ closedOn: '2026-05-01' }),
      TODAY,
      `close, earliest 2026-05-01, ${TOLD}`,
    ],
  ),
];
