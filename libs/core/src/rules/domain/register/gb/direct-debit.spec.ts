import { describe, expect, it } from '@jest/globals';
import type { IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { councilDebt } from '../../testing/debts-abroad.js';
import { cameBack, onRecord, said, sent } from '../../testing/said.js';
import { GB_SUBJECTS } from './proof-subjects.js';
import { ukDd01 } from './uk-dd-01.js';
import { ukDd02 } from './uk-dd-02.js';

const collect = (rule: Rule, date: IsoDate, ...proofs: ProofSnapshot[]): readonly string[] =>
  said(rule, councilDebt({ proofs }), 'direct-debit', date);

describe('UK-DD-01', () => {
  const on = (date: IsoDate, ...proofs: ProofSnapshot[]) => collect(ukDd01, date, ...proofs);
  const notice = (day: IsoDate) => sent(GB_SUBJECTS.advanceNotice, day);

  it.each([
    ['two weekends', '2026-03-02', '2026-03-16'],
    ['Easter', '2026-03-27', '2026-04-14'],
    ['Christmas and the New Year', '2026-12-18', '2027-01-06'],
    ['the change to summer time, from a Saturday', '2026-03-21', '2026-04-07'],
  ])('counts ten working days over %s', (_, told, from) => {
    expect(on(told, notice(told))).toEqual([`block ${from}`]);
    expect(on(from, notice(told))).toEqual([]);
  });

  it('asks for a notice, also of the first collection', () => expect(on('2026-03-16')).toEqual(['block by proof']));

  it('asks for a new one when amount, date or frequency changes', () => {
    const changed = onRecord(GB_SUBJECTS.directDebitChanged, '2026-03-20');
    expect(on('2026-04-30', notice('2026-03-02'), changed)).toEqual(['block by proof']);
    expect(on('2026-03-23', notice('2026-03-02'), changed, notice('2026-03-20'))).toEqual(['block 2026-04-07']);
    expect(on('2026-04-07', notice('2026-03-02'), changed, notice('2026-03-20'))).toEqual([]);
  });

  const { directDebitCancelled, directDebitRefunded } = GB_SUBJECTS;
  it.each([directDebitCancelled, directDebitRefunded])('asks for a new one after %s', (what) => {
    const stopped = onRecord(what, '2026-03-20');
    const anew = onRecord(GB_SUBJECTS.directDebitInstruction, '2026-03-23');
    expect(on('2026-04-30', notice('2026-03-02'), stopped, anew)).toEqual(['block by proof']);
    expect(on('2026-04-30', notice('2026-03-02'), stopped, anew, notice('2026-03-23'))).toEqual([]);
  });

  it('does not count one that came back', () => {
    expect(on('2026-04-30', notice('2026-03-02'), cameBack('2026-03-10'))).toEqual(['block by proof']);
  });
});

describe('UK-DD-02', () => {
  const on = (date: IsoDate, ...proofs: ProofSnapshot[]) => collect(ukDd02, date, ...proofs);
  const instructed = (day: IsoDate) => onRecord(GB_SUBJECTS.directDebitInstruction, day);
  const cancelled = onRecord(GB_SUBJECTS.directDebitCancelled, '2026-03-10');
  const refunded = onRecord(GB_SUBJECTS.directDebitRefunded, '2026-03-10');

  it('collects under an instruction only', () => {
    expect(on('2026-03-01')).toEqual(['block by proof']);
    expect(on('2026-03-01', instructed('2026-02-01'))).toEqual([]);
  });
  it.each([
    ['cancelled', cancelled],
    ['claimed a payment back', refunded],
  ])('ends when the payer has %s, from that day on', (_, stopped) => {
    expect(on('2026-03-09', instructed('2026-02-01'), stopped)).toEqual([]);
    expect(on('2026-03-10', instructed('2026-02-01'), stopped)).toEqual(['close by proof']);
    expect(on('2026-03-20', instructed('2026-02-01'), stopped, instructed('2026-03-10'))).toEqual(['close by proof']);
    expect(on('2026-03-20', instructed('2026-02-01'), stopped, instructed('2026-03-11'))).toEqual([]);
  });
});
