import { describe, expect, it } from '@jest/globals';
import type { DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { councilDebt } from '../../testing/debts-abroad.js';
import { cameBack, onRecord, said, sent } from '../../testing/said.js';
import { GB_SUBJECTS } from './proof-subjects.js';
import { ukCare01 } from './uk-care-01.js';
import { ukLim01 } from './uk-lim-01.js';
import { ukPap01 } from './uk-pap-01.js';
import { ukPap02 } from './uk-pap-02.js';
import { ukPap03 } from './uk-pap-03.js';

const claim = (rule: Rule, date: IsoDate, ...proofs: ProofSnapshot[]): readonly string[] =>
  said(rule, councilDebt({ proofs }), 'file-claim', date);

const ENCLOSED = [GB_SUBJECTS.informationSheet, GB_SUBJECTS.replyForm, GB_SUBJECTS.financialStatementForm];
const pack = (on: IsoDate): readonly ProofSnapshot[] => [
  sent(GB_SUBJECTS.letterOfClaim, on),
  ...ENCLOSED.map((subject) => onRecord(subject, on)),
];

describe('UK-PAP-01', () => {
  const on = (date: IsoDate, ...proofs: ProofSnapshot[]) => claim(ukPap01, date, ...proofs);

  it('gives thirty days in full from the date of the letter', () => {
    expect(on('2026-04-01', ...pack('2026-04-01'))).toEqual(['block 2026-05-02']);
    expect(on('2026-05-01', ...pack('2026-04-01'))).toEqual(['block 2026-05-02']);
    expect(on('2026-05-02', ...pack('2026-04-01'))).toEqual([]);
  });

  it('counts over the end of a leap February', () => {
    expect(on('2028-02-10', ...pack('2028-02-10'))).toEqual(['block 2028-03-12']);
  });

  it('names what is missing', () => {
    const missing = (...proofs: ProofSnapshot[]) => {
      const debt = councilDebt({ proofs });
      return ukPap01.judge(debt, 'file-claim', '2026-06-01', ukPap01.parameters, { nth: (_, from) => from })[0]
        ?.missing;
    };
    expect(missing()).toBe('a letter of claim, the information sheet, the reply form, the financial statement form');
    expect(missing(...pack('2026-04-01').slice(0, 3))).toBe('the financial statement form');
    expect(missing(...pack('2026-04-01').slice(1))).toBe('a letter of claim');
  });

  it('counts from the day on which the last enclosure had been sent', () => {
    const late = onRecord(GB_SUBJECTS.financialStatementForm, '2026-04-08');
    expect(on('2026-04-20', ...pack('2026-04-01').slice(0, 3), late)).toEqual(['block 2026-05-09']);
  });

  it('takes nothing that went before a letter for an enclosure of it', () => {
    const again = sent(GB_SUBJECTS.letterOfClaim, '2026-04-01');
    const returned = cameBack('2024-04-10', GB_SUBJECTS.letterOfClaim);
    const old = pack('2024-04-01');
    expect(on('2026-06-01', ...old, returned, again)).toEqual(['block by proof']);
    expect(on('2026-06-01', ...old, again)).toEqual([]);
    const [, ...enclosed] = pack('2026-04-08');
    expect(on('2026-05-08', ...old, returned, again, ...enclosed)).toEqual(['block 2026-05-09']);
    expect(on('2026-05-09', ...old, returned, again, ...enclosed)).toEqual([]);
  });

  it.each([
    ['that came back', [...pack('2026-04-01'), cameBack('2026-04-10')], ['block by proof']],
    ['that came back on its last day', [...pack('2026-04-01'), cameBack('2026-05-02')], ['block by proof']],
    ['that outlasted its time', [...pack('2026-04-01'), cameBack('2026-05-03')], []],
    ['where another letter came back', [...pack('2026-04-01'), cameBack('2026-04-10', 'reminder')], []],
    ['that is on record without a subject', [{ kind: 'notice-sent', on: '2026-04-01' } as const], ['block by proof']],
    [
      'that is no letter',
      [onRecord(GB_SUBJECTS.letterOfClaim, '2026-04-01'), ...pack('2026-04-01').slice(1)],
      ['block by proof'],
    ],
  ] as [string, ProofSnapshot[], string[]][])('judges a letter %s', (_, proofs, verdict) => {
    expect(on('2026-06-01', ...proofs)).toEqual(verdict);
  });

  it('protects a business until the register says that it is a company, and anybody else who would be sued', () => {
    const [party] = councilDebt().parties;
    const business = { ...party!, kind: 'business' as const };
    const record = onRecord(GB_SUBJECTS.companyRecord, '2026-03-01');
    const of = (parties: DebtSnapshot['parties'], ...proofs: ProofSnapshot[]) =>
      said(ukPap01, councilDebt({ parties, proofs }), 'file-claim', '2026-06-01');
    expect(of([business])).toEqual(['block by proof']);
    expect(of([business], record)).toEqual([]);
    expect(of([business, { ...party!, role: 'guarantor' }], record)).toEqual(['block by proof']);
    expect(of([])).toEqual(['block by proof']);
  });
});

describe('UK-PAP-02', () => {
  const on = (date: IsoDate, ...proofs: ProofSnapshot[]) => claim(ukPap02, date, ...proofs);
  const reply = onRecord(GB_SUBJECTS.replyReceived, '2026-04-15');
  const asked = onRecord(GB_SUBJECTS.documentsRequested, '2026-04-15');

  it('passes where nobody has answered', () => expect(on('2026-06-01')).toEqual([]));

  it('gives thirty days from the reply', () => {
    expect(on('2026-05-15', reply)).toEqual(['block 2026-05-16']);
    expect(on('2026-05-16', reply)).toEqual([]);
  });

  it('waits for the documents, and thirty days from them', () => {
    expect(on('2026-08-01', reply, asked)).toEqual(['block by proof']);
    expect(on('2026-08-01', asked, onRecord(GB_SUBJECTS.documentsProvided, '2026-04-14'))).toEqual(['block by proof']);
    const provided = onRecord(GB_SUBJECTS.documentsProvided, '2026-05-20');
    expect(on('2026-06-19', reply, asked, provided)).toEqual(['block 2026-06-20']);
    expect(on('2026-06-20', reply, asked, provided)).toEqual([]);
  });
});

describe('UK-PAP-03', () => {
  const on = (date: IsoDate, ...proofs: ProofSnapshot[]) => claim(ukPap03, date, ...proofs);
  const talked: ProofSnapshot = { kind: 'conversation-held', on: '2026-05-20', subject: GB_SUBJECTS.settlementTalks };

  it('asks nothing where nobody talked', () => expect(on('2026-06-01')).toEqual([]));

  it('asks for a notice after the last talks, and gives fourteen days in full', () => {
    expect(on('2026-06-01', talked)).toEqual(['block by proof']);
    expect(on('2026-07-01', talked, sent(GB_SUBJECTS.noticeBeforeIssue, '2026-05-19'))).toEqual(['block by proof']);
    const notice = sent(GB_SUBJECTS.noticeBeforeIssue, '2026-05-21');
    expect(on('2026-06-04', talked, notice)).toEqual(['block 2026-06-05']);
    expect(on('2026-06-05', talked, notice)).toEqual([]);
    expect(on('2026-06-05', talked, notice, cameBack('2026-05-28'))).toEqual(['block by proof']);
  });

  it('takes a reply for the beginning of talks', () => {
    expect(on('2026-06-01', onRecord(GB_SUBJECTS.replyReceived, '2026-04-15'))).toEqual(['block by proof']);
  });
});

describe('UK-LIM-01', () => {
  const on = (date: IsoDate, debt: Partial<DebtSnapshot['debt']>) =>
    said(ukLim01, councilDebt({ debt }), 'file-claim', date);

  it.each<[string, Partial<DebtSnapshot['debt']>, IsoDate, IsoDate]>([
    ['the due date', { dueOn: '2020-05-10' }, '2026-05-09', '2026-05-10'],
    ['a leap day', { dueOn: '2020-02-29' }, '2026-02-28', '2026-03-01'],
    ['the judgment', { dueOn: '2015-05-10', judgmentOn: '2021-01-31' }, '2027-01-30', '2027-01-31'],
    [
      'the delinquency, without a due date',
      { dueOn: null, delinquentOn: '2020-06-15', incurredOn: '2020-07-01' },
      '2026-06-14',
      '2026-06-15',
    ],
  ])('bars a claim six years from %s', (_, debt, last, barred) => {
    expect(on(last, debt)).toEqual([]);
    expect(on(barred, debt)).toEqual(['block']);
    expect(ukLim01.turningDates?.(councilDebt({ debt }), { years: 6 }, { nth: (_kind, from) => from })).toEqual([
      barred,
    ]);
  });

  it('blocks where nobody knows since when it is due', () => {
    expect(on('2026-05-10', { dueOn: null, delinquentOn: null, incurredOn: null })).toEqual(['block by proof']);
  });
});

describe('UK-CARE-01', () => {
  const on = (family: string | null, ...proofs: ProofSnapshot[]) =>
    said(ukCare01, councilDebt({ debt: { family }, proofs }), 'file-claim', '2026-06-01');
  const offered = sent(GB_SUBJECTS.deferredPaymentOffered, '2026-03-02');

  it('asks nothing of another debt', () => expect(on('charge')).toEqual([]));
  it('takes a debt of which nobody has said the kind for one of care', () =>
    expect(on(null)).toEqual(['block by proof']));
  it('asks for the offer, and for its refusal', () => {
    const refused = onRecord(GB_SUBJECTS.deferredPaymentRefused, '2026-03-20');
    expect(on('care')).toEqual(['block by proof']);
    expect(on('care', offered)).toEqual(['block by proof']);
    expect(on('care', refused)).toEqual(['block by proof']);
    expect(on('care', offered, refused)).toEqual([]);
    expect(on('care', offered, onRecord(GB_SUBJECTS.deferredPaymentRefused, '2026-03-01'))).toEqual(['block by proof']);
  });
  it('passes where none could be offered', () => {
    expect(on('care', onRecord(GB_SUBJECTS.deferredPaymentNotAvailable, '2026-03-02'))).toEqual([]);
  });
});
