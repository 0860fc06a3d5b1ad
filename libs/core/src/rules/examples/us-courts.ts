import type { DebtSnapshot, ProofSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { debtOf, noticeOf, paperOf } from '../domain/register/us/testing/verdict.js';
import { stopOf } from '../domain/testing/reportable-debt.js';
import type { RuleExample } from './example.js';
import { examplesOf } from './example.js';
import { BUSINESS, ofCoDebtor, PAID, SETTLED, TODAY, WITH_CO_DEBTOR } from './on-record.js';

const debt = (facts: Partial<DebtSnapshot['debt']> = {}, ...proofs: ProofSnapshot[]): DebtSnapshot =>
  debtOf('us-tx-example', facts, proofs);
const undated = { incurredOn: null, delinquentOn: null };
const certified = paperOf('active-duty-certificate', '2026-02-14');
const serving = (endsOn: string | null): DebtSnapshot =>
  debtOf('us-tx-example', {}, [certified], { stops: [stopOf('active-duty', '2026-03-01', endsOn)] });
const ticket = (changes: Partial<DebtSnapshot> = {}, ...proofs: ProofSnapshot[]): DebtSnapshot =>
  debtOf('us-il-chicago', { dueOn: '2026-01-31' }, proofs, changes);
const held = (stop: StopSnapshot): DebtSnapshot => ticket({ stops: [stop] });
const fine = (office: string, proofs: readonly ProofSnapshot[], changes: Partial<DebtSnapshot> = {}): DebtSnapshot =>
  debtOf(office, { dueOn: '2026-01-31' }, proofs, changes);
const announced = noticeOf('suspension-notice', '2026-02-02');
const looked = paperOf('ability-to-pay-check', '2026-02-02');
const CLEARED = 'release the same day';
const UNANNOUNCED = 'block, missing a notice of suspension, sent after the default';

/** United States: courts, licences, and bank debits. */
export const US_COURTS: readonly RuleExample[] = [
  ...examplesOf(
    'US-SCRA-01',
    'file-claim',
    [
      'nothing on military service',
      debt(),
      TODAY,
      'block, missing a certificate on military service, at most 30 days old',
    ],
    ['a certificate of 14 February, on its 30th day', debt({}, certified), TODAY, 'passes'],
    [
      'the same, a day later',
      debt({}, certified),
      '2026-03-17',
      'block, missing a certificate on military service, at most 30 days old',
    ],
    ['on active duty, though certified not to be', serving(null), TODAY, 'block'],
    ['on active duty until 30 June', serving('2026-06-30'), TODAY, 'block, earliest 2026-07-01'],
    [
      'a co-debtor on active duty',
      debtOf('us-tx-example', {}, [certified], {
        parties: WITH_CO_DEBTOR,
        stops: [ofCoDebtor(stopOf('active-duty', '2026-03-01'))],
      }),
      TODAY,
      'block',
    ],
    ['a business owes the debt', debtOf('us-tx-example', {}, [], { parties: BUSINESS }), TODAY, 'passes'],
  ),
  ...examplesOf(
    'US-SOL-01',
    'file-claim',
    ['overdue since 15 June 2025', debt(), TODAY, 'passes'],
    ['overdue since 16 March 2023: three years', debt({ delinquentOn: '2023-03-16' }), TODAY, 'block'],
  ),
  ...examplesOf(
    'US-SOL-01',
    'garnish',
    ['no judgment', debt(), TODAY, 'block, missing the judgment and its date'],
    [
      'a judgment to be entered on 20 March',
      debt({ judgmentOn: '2026-03-20' }),
      TODAY,
      'block, earliest 2026-03-20, missing the judgment and its date',
    ],
    ['a judgment of 3 November 2025', debt({ judgmentOn: '2025-11-03' }), TODAY, 'passes'],
    ['a judgment of 16 March 2021: five years', debt({ judgmentOn: '2021-03-16' }), TODAY, 'block'],
    ['the same, renewed until 2031', debt({ judgmentOn: '2021-03-16', judgmentUntil: '2031-03-15' }), TODAY, 'passes'],
  ),
  ...examplesOf(
    'US-REGF-07',
    'file-claim',
    ['overdue since 15 June 2025', debt(), TODAY, 'passes'],
    ['no date of the debt', debt(undated), TODAY, 'block, missing the date on which the debt was due'],
  ),
  ...examplesOf(
    'US-CHI-01',
    'hold',
    ['due on 31 January', ticket(), TODAY, 'passes'],
    ['the same, on 31 January', ticket(), '2026-01-31', 'block, earliest 2026-02-01'],
    ['no due date', debtOf('us-il-chicago'), TODAY, 'block, missing the date by which the debt was to be paid'],
    ['paid in full', ticket({ ledger: PAID }), TODAY, `close, ${CLEARED}`],
    ['settled, with a rest', ticket({ ledger: SETTLED }), TODAY, `close, ${CLEARED}`],
    ['a payment agreement that is kept', held(stopOf('arrangement')), TODAY, `close, ${CLEARED}`],
    [
      'a judicial stay until 31 March',
      held(stopOf('judicial-stay', '2026-03-01', '2026-03-31')),
      TODAY,
      `close, earliest 2026-04-01, ${CLEARED}`,
    ],
    ['a bankruptcy petition', held(stopOf('insolvency')), TODAY, `close, ${CLEARED}`],
    [
      'a certificate of 10 March that the parties negotiate',
      ticket({}, { kind: 'certificate', on: '2026-03-10', subject: 'good-faith-negotiation' }),
      TODAY,
      `close, earliest 2026-04-10, ${CLEARED}`,
    ],
  ),
  ...examplesOf(
    'US-FL-01',
    'suspend',
    ['due on 31 January; no notice', fine('us-fl-example', []), TODAY, UNANNOUNCED],
    [
      'a notice of 2 February, 30 days later',
      fine('us-fl-example', [announced]),
      '2026-03-04',
      'block, earliest 2026-03-05',
    ],
    ['the same, 31 days later', fine('us-fl-example', [announced]), '2026-03-05', 'passes'],
    [
      'a notice from before the due date',
      fine('us-fl-example', [noticeOf('suspension-notice', '2026-01-30')]),
      TODAY,
      UNANNOUNCED,
    ],
    [
      'a notice, and no date of default',
      debtOf('us-fl-example', { delinquentOn: null }, [announced]),
      TODAY,
      'block, missing the date on which the debt was due',
    ],
    [
      'paid in full',
      fine('us-fl-example', [announced], { ledger: PAID }),
      TODAY,
      'close, release within one business day',
    ],
  ),
  ...examplesOf(
    'US-LIC-02',
    'suspend',
    ['due on 31 January; no notice', fine('us-tx-example', []), TODAY, UNANNOUNCED],
    [
      'a notice of 2 February, on that day',
      fine('us-tx-example', [announced]),
      '2026-02-02',
      'block, earliest 2026-02-03',
    ],
    ['the same, a day later', fine('us-tx-example', [announced]), '2026-02-03', 'passes'],
    [
      'a notice; when the debt arose is not on record',
      debtOf('us-tx-example', { dueOn: '2026-01-31', incurredOn: null }, [announced]),
      TODAY,
      'block, missing when this debt arose',
    ],
  ),
  ...examplesOf(
    'US-LIC-03',
    'suspend',
    [
      "a look into ability to pay; the State's law is not set",
      fine('us-tx-example', [looked]),
      TODAY,
      "block, missing that the State's law allows it",
    ],
    ['the same, where it is set to be allowed', fine('us-tx-example', [looked]), TODAY, 'passes', { permitted: 'yes' }],
    [
      'the same, where it is set to have ended',
      fine('us-tx-example', [looked]),
      TODAY,
      'withdraw',
      { permitted: 'no' },
    ],
    [
      'Florida, without a look into ability to pay',
      fine('us-fl-example', []),
      TODAY,
      'block, missing a look into ability to pay',
    ],
    ['Florida, with one of 2 February', fine('us-fl-example', [looked]), TODAY, 'passes'],
  ),
  ...examplesOf(
    'US-ACH-01',
    'direct-debit',
    ['no authorisation', debt(), TODAY, 'block, missing an authorisation of bank debits'],
    ['an authorisation of 2 February', debt({}, paperOf('debit-authorisation', '2026-02-02')), TODAY, 'passes'],
    [
      'the same, revoked on 10 March',
      debt({}, paperOf('debit-authorisation', '2026-02-02'), paperOf('debit-authorisation-revoked', '2026-03-10')),
      TODAY,
      'close, missing an authorisation of bank debits, release within one business day',
    ],
  ),
];
