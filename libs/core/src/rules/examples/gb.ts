import type { DebtSnapshot, IsoDate, ProofSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { councilDebt } from '../domain/testing/debts-abroad.js';
import { stopOf } from '../domain/testing/reportable-debt.js';
import { onRecord, sent } from '../domain/testing/said.js';
import type { RuleExample } from './example.js';
import { examplesOf } from './example.js';
import { TODAY } from './on-record.js';

const council = (...proofs: ProofSnapshot[]): DebtSnapshot => councilDebt({ proofs });
const ofFamily = (family: string | null, ...proofs: ProofSnapshot[]): DebtSnapshot =>
  councilDebt({ debt: { family }, proofs });
const stopped = (stop: StopSnapshot, ...proofs: ProofSnapshot[]): DebtSnapshot =>
  councilDebt({ stops: [stop], proofs });

const space = (endsOn: IsoDate | null): StopSnapshot => stopOf('moratorium', '2026-03-02', endsOn);
const crisis = (details: StopSnapshot['details'] = {}): StopSnapshot =>
  stopOf('moratorium', '2026-03-02', null, { scheme: 'mental-health-crisis', ...details });
const SAME_DAY = 'release the same day';
const UNENDED = 'block, missing the notice that the breathing space has ended';

const pack = (on: IsoDate): ProofSnapshot[] => [
  sent('letter-of-claim', on),
  ...['information-sheet', 'reply-form', 'financial-statement-form'].map((subject) => onRecord(subject, on)),
];
const order = onRecord('liability-order', '2026-01-12');

/** England and Wales. */
export const GB: readonly RuleExample[] = [
  ...examplesOf(
    'UK-BS-01',
    'enforce-judgment',
    ['no breathing space', council(), TODAY, 'passes'],
    [
      'breathing space until 30 April',
      stopped(space('2026-04-30')),
      TODAY,
      `withdraw, earliest 2026-05-01, ${SAME_DAY}`,
    ],
    ['breathing space without a last day', stopped(space(null)), TODAY, `withdraw, ${SAME_DAY}`],
    [
      'the day after its last day; nobody has said that it has ended',
      stopped(space('2026-04-30')),
      '2026-05-01',
      UNENDED,
    ],
    [
      'the same, with the notice of the end',
      stopped(space('2026-04-30'), onRecord('breathing-space-ended', '2026-05-01')),
      '2026-05-01',
      'passes',
    ],
  ),
  ...examplesOf('UK-BS-01', 'file-claim', [
    'breathing space until 30 April',
    stopped(space('2026-04-30')),
    TODAY,
    `block, earliest 2026-05-01, ${SAME_DAY}; restrain, earliest 2026-05-01, ${SAME_DAY}`,
  ]),
  ...examplesOf('UK-BS-01', 'contact', [
    'breathing space until 30 April',
    stopped(space('2026-04-30')),
    TODAY,
    `block, earliest 2026-05-01, ${SAME_DAY}`,
  ]),
  ...examplesOf(
    'UK-BS-02',
    'place',
    ['no breathing space', council(), TODAY, 'passes'],
    ['crisis treatment goes on', stopped(crisis()), TODAY, `withdraw, ${SAME_DAY}`],
    [
      'crisis treatment ended on 9 March',
      stopped(crisis({ treatmentEndedOn: '2026-03-09' })),
      TODAY,
      `withdraw, earliest 2026-04-09, ${SAME_DAY}`,
    ],
    ['the same, 31 days after', stopped(crisis({ treatmentEndedOn: '2026-03-09' })), '2026-04-09', UNENDED],
  ),
  ...examplesOf('UK-BS-02', 'direct-debit', [
    'crisis treatment ended on 9 March',
    stopped(crisis({ treatmentEndedOn: '2026-03-09' })),
    TODAY,
    `block, earliest 2026-04-09, ${SAME_DAY}; restrain, earliest 2026-04-09, ${SAME_DAY}`,
  ]),
  ...examplesOf(
    'UK-PAP-01',
    'file-claim',
    [
      'nothing was sent',
      council(),
      TODAY,
      'block, missing a letter of claim, the information sheet, the reply form, the financial statement form',
    ],
    [
      'a letter of claim of 1 April alone',
      council(sent('letter-of-claim', '2026-04-01')),
      '2026-05-02',
      'block, missing the information sheet, the reply form, the financial statement form',
    ],
    [
      'a letter of claim of 1 April with all that belongs with it',
      council(...pack('2026-04-01')),
      '2026-05-01',
      'block, earliest 2026-05-02',
    ],
    ['the same, a day later', council(...pack('2026-04-01')), '2026-05-02', 'passes'],
    [
      'a company, by its entry in the register; nothing was sent',
      councilDebt({
        parties: councilDebt().parties.map((party) => ({ ...party, kind: 'business' })),
        proofs: [onRecord('company-record', '2026-03-02')],
      }),
      TODAY,
      'passes',
    ],
  ),
  ...examplesOf(
    'UK-PAP-02',
    'file-claim',
    ['no reply', council(), TODAY, 'passes'],
    ['a reply of 2 March', council(onRecord('reply-form-received', '2026-03-02')), TODAY, 'block, earliest 2026-04-02'],
    [
      'documents asked for',
      council(onRecord('documents-requested', '2026-03-02')),
      TODAY,
      'block, missing the documents that the debtor asked for',
    ],
    [
      'documents asked for, and given on 9 March',
      council(onRecord('documents-requested', '2026-03-02'), onRecord('documents-provided', '2026-03-09')),
      TODAY,
      'block, earliest 2026-04-09',
    ],
  ),
  ...examplesOf(
    'UK-PAP-03',
    'file-claim',
    ['no talks', council(), TODAY, 'passes'],
    [
      'talks on 2 March',
      council(onRecord('settlement-talks', '2026-03-02')),
      TODAY,
      'block, missing a notice before issue, sent after the last talks',
    ],
    [
      'talks on 2 March, and a notice of the 9th',
      council(onRecord('settlement-talks', '2026-03-02'), sent('notice-before-issue', '2026-03-09')),
      TODAY,
      'block, earliest 2026-03-24',
    ],
    [
      'the same, 15 days after the notice',
      council(onRecord('settlement-talks', '2026-03-02'), sent('notice-before-issue', '2026-03-09')),
      '2026-03-24',
      'passes',
    ],
  ),
  ...examplesOf(
    'UK-LIM-01',
    'file-claim',
    ['due on 15 June 2025', council(), TODAY, 'passes'],
    ['due on 16 March 2020: six years', councilDebt({ debt: { dueOn: '2020-03-16' } }), TODAY, 'block'],
    [
      'no date of the debt',
      councilDebt({ debt: { dueOn: null, delinquentOn: null, incurredOn: null } }),
      TODAY,
      'block, missing the date on which the debt fell due',
    ],
  ),
  ...examplesOf(
    'UK-CARE-01',
    'file-claim',
    ['no debt for care', council(), TODAY, 'passes'],
    [
      'for care; nothing was offered',
      ofFamily('care'),
      TODAY,
      'block, missing the offer of a deferred payment agreement, or that none could be offered',
    ],
    [
      'for care; deferred payment was offered',
      ofFamily('care', onRecord('deferred-payment-offered', '2026-03-02')),
      TODAY,
      'block, missing the refusal of the deferred payment agreement',
    ],
    [
      'for care; offered and refused',
      ofFamily(
        'care',
        onRecord('deferred-payment-offered', '2026-03-02'),
        onRecord('deferred-payment-refused', '2026-03-09'),
      ),
      TODAY,
      'passes',
    ],
  ),
  ...examplesOf(
    'UK-TCG-01',
    'enforce-judgment',
    ['no notice of enforcement', council(), TODAY, 'block, missing a notice of enforcement to the present address'],
    [
      'a notice of Monday 2 March',
      council(sent('notice-of-enforcement', '2026-03-02')),
      '2026-03-10',
      'block, earliest 2026-03-11',
    ],
    ['the same, after seven clear days', council(sent('notice-of-enforcement', '2026-03-02')), '2026-03-11', 'passes'],
    [
      'the same; the debtor moved on 12 March',
      council(sent('notice-of-enforcement', '2026-03-02'), onRecord('address-changed', '2026-03-12')),
      TODAY,
      'block, missing a notice of enforcement to the present address',
    ],
  ),
  ...examplesOf(
    'UK-TCG-02',
    'enforce-judgment',
    [
      'a notice of 2 March 2026, on the last day',
      council(sent('notice-of-enforcement', '2026-03-02')),
      '2027-03-01',
      'passes',
    ],
    [
      'the same, a day later',
      council(sent('notice-of-enforcement', '2026-03-02')),
      '2027-03-02',
      'close, missing a new notice of enforcement',
    ],
    [
      'the same; the debtor moved on 12 March 2026',
      council(sent('notice-of-enforcement', '2026-03-02'), onRecord('address-changed', '2026-03-12')),
      '2027-03-02',
      'close, missing a new notice of enforcement',
    ],
    [
      'the same; goods were taken into control in time',
      council(sent('notice-of-enforcement', '2026-03-02'), onRecord('control-taken', '2026-04-01')),
      '2027-03-02',
      'passes',
    ],
  ),
  ...examplesOf(
    'UK-TCG-03',
    'enforce-judgment',
    ['nobody vulnerable on record', council(), TODAY, 'passes'],
    ['vulnerability', stopped(stopOf('vulnerability')), TODAY, 'close'],
    [
      'a minor until 31 March',
      stopped(stopOf('minor', '2026-03-01', '2026-03-31')),
      TODAY,
      'close, earliest 2026-04-01',
    ],
  ),
  ...examplesOf(
    'UK-CT-01',
    'enforce-judgment',
    ['council tax, and no liability order', ofFamily('tax'), TODAY, 'block, missing a liability order'],
    ['council tax, and a liability order', ofFamily('tax', order), TODAY, 'passes'],
    [
      'the same, with a charging order at work',
      ofFamily('tax', order, onRecord('remedy-charging-order', '2026-02-02')),
      TODAY,
      'block, missing the end of a charging order',
    ],
    ['an invoice, and no judgment', council(), TODAY, 'block, missing a judgment'],
  ),
  ...examplesOf('UK-CT-01', 'garnish', [
    'overpaid benefit, due on 2 March',
    councilDebt({ debt: { family: 'overpayment', dueOn: '2026-03-02' } }),
    TODAY,
    'block, earliest 2026-03-31',
  ]),
  ...examplesOf(
    'UK-DD-01',
    'direct-debit',
    ['no advance notice', council(), TODAY, 'block, missing an advance notice of what is collected now'],
    [
      'a notice of Monday 2 March',
      council(sent('advance-notice', '2026-03-02')),
      '2026-03-13',
      'block, earliest 2026-03-16',
    ],
    ['the same, on the tenth working day', council(sent('advance-notice', '2026-03-02')), '2026-03-16', 'passes'],
    [
      'the same; the amount was changed on 10 March',
      council(sent('advance-notice', '2026-03-02'), onRecord('direct-debit-changed', '2026-03-10')),
      TODAY,
      'block, missing an advance notice of what is collected now',
    ],
  ),
  ...examplesOf(
    'UK-DD-02',
    'direct-debit',
    ['no instruction', council(), TODAY, 'block, missing a Direct Debit instruction'],
    ['an instruction of 2 February', council(onRecord('direct-debit-instruction', '2026-02-02')), TODAY, 'passes'],
    [
      'the same, cancelled on 9 March',
      council(onRecord('direct-debit-instruction', '2026-02-02'), onRecord('direct-debit-cancelled', '2026-03-09')),
      TODAY,
      'close, missing a new Direct Debit instruction',
    ],
  ),
  ...examplesOf(
    'UK-GDPR-01',
    'place',
    ['no dispute', council(), TODAY, 'passes'],
    ['a dispute', stopped(stopOf('dispute')), TODAY, 'block; restrain, release within 20 business days'],
    [
      'a dispute that ends on 31 March',
      stopped(stopOf('dispute', '2026-03-01', '2026-03-31')),
      TODAY,
      'block, earliest 2026-04-01; restrain, earliest 2026-04-01, release within 20 business days',
    ],
    [
      'a dispute about something else than accuracy',
      stopped(stopOf('dispute', '2026-03-01', null, { contests: 'amount' })),
      TODAY,
      'passes',
    ],
  ),
];
