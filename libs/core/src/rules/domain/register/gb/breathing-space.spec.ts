import { describe, expect, it } from '@jest/globals';
import { ACTS } from '@concord/plugin-sdk';
import type { Act, DebtSnapshot, IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import { councilDebt } from '../../testing/debts-abroad.js';
import { stopOf } from '../../testing/reportable-debt.js';
import { onRecord, said } from '../../testing/said.js';
import { CRISIS_SCHEME } from './breathing-space.js';
import { GB_SUBJECTS } from './proof-subjects.js';
import { ukBs01 } from './uk-bs-01.js';
import { ukBs02 } from './uk-bs-02.js';

/** Entered in the register on 1 March 2026: it starts on the day after, and its sixtieth day is 30 April. */
const STANDARD = stopOf('moratorium', '2026-03-02', '2026-04-30', { scheme: 'breathing-space' });
const crisis = (treatmentEndedOn?: IsoDate, endsOn: IsoDate | null = null): StopSnapshot =>
  stopOf('moratorium', '2026-03-02', endsOn, {
    scheme: CRISIS_SCHEME,
    ...(treatmentEndedOn === undefined ? {} : { treatmentEndedOn }),
  });

describe('UK-BS-01', () => {
  const on = (date: IsoDate, act: Act = 'place', changes: Partial<DebtSnapshot> = {}): readonly string[] =>
    said(ukBs01, councilDebt({ stops: [STANDARD], proofs: [], ...changes }), act, date);
  const proofs = [onRecord(GB_SUBJECTS.breathingSpaceEnded, '2026-05-04')];

  it.each([
    ['passes before its first day', '2026-03-01', []],
    ['takes back on its first day, and has agents told the same day', '2026-03-02', ['withdraw 2026-05-01 within 0']],
    ['takes back on its sixtieth day', '2026-04-30', ['withdraw 2026-05-01 within 0']],
    ['resumes nothing by time alone', '2026-05-01', ['block by proof']],
    ['resumes nothing however long ago it was', '2028-02-29', ['block by proof']],
  ])('%s', (_, date, verdict) => expect(on(date)).toEqual(verdict));

  it('resumes on the notice that it has ended, and not before that day', () => {
    expect(on('2026-05-03', 'place', { proofs })).toEqual(['block by proof']);
    expect(on('2026-05-04', 'place', { proofs })).toEqual([]);
    expect(on('2026-05-04', 'place', { stops: [] })).toEqual([]);
  });

  it('is not shortened by a notice that came while it lasts', () => {
    expect(on('2026-04-20', 'place', { proofs: [onRecord(GB_SUBJECTS.breathingSpaceEnded, '2026-04-01')] })).toEqual([
      'withdraw 2026-05-01 within 0',
    ]);
  });

  it('does not take the notice of an earlier one for its own', () => {
    const earlier = [onRecord(GB_SUBJECTS.breathingSpaceEnded, '2025-03-04')];
    expect(on('2026-05-01', 'place', { proofs: earlier })).toEqual(['block by proof']);
  });

  it('holds back every act there is', () => {
    expect(ukBs01.acts).toEqual(ACTS);
    for (const act of ACTS) expect(on('2026-03-20', act)).not.toEqual([]);
  });

  it.each<[Act, readonly string[]]>([
    ['file-claim', ['block', 'restrain']],
    ['lien', ['block']],
    ['contact', ['block']],
    ['enforce-judgment', ['withdraw']],
    ['direct-debit', ['block', 'restrain']],
  ])('answers %s by %j', (act, outcomes) => {
    expect(on('2026-03-20', act).map((line) => line.split(' ')[0])).toEqual(outcomes);
  });

  it('says for how long it can last where the stop has no last day', () => {
    const debt = councilDebt({ stops: [{ ...STANDARD, endsOn: null }] });
    const [objection] = ukBs01.judge(debt, 'garnish', '2026-07-01', ukBs01.parameters, { nth: (_, from) => from });
    expect(objection).toMatchObject({ outcome: 'withdraw', earliestOn: null });
    expect(objection?.reason).toBe(
      'Breathing space protects you, for up to 60 days from 2026-03-02. Nothing may be taken from your pay or your account for this debt while it lasts.',
    );
  });

  it('leaves a mental health crisis to UK-BS-02', () => {
    const debt = councilDebt({ stops: [crisis()] });
    expect(said(ukBs01, debt, 'place', '2026-03-20')).toEqual([]);
    expect(said(ukBs02, councilDebt({ stops: [STANDARD] }), 'place', '2026-03-20')).toEqual([]);
  });
});

describe('UK-BS-02', () => {
  const on = (stop: StopSnapshot, date: IsoDate, proofs: DebtSnapshot['proofs'] = []): readonly string[] =>
    said(ukBs02, councilDebt({ stops: [stop], proofs }), 'enforce-judgment', date);

  it('goes on while nobody has said when the treatment ended, also past the last day of the stop', () => {
    expect(on(crisis(), '2027-03-02')).toEqual(['withdraw within 0']);
    expect(on(crisis(undefined, '2026-04-30'), '2026-06-01')).toEqual(['withdraw within 0']);
  });

  it('lasts thirty days after the treatment, then until the notice', () => {
    const ended = crisis('2026-05-10');
    expect(on(ended, '2026-06-09')).toEqual(['withdraw 2026-06-10 within 0']);
    expect(on(ended, '2026-06-10')).toEqual(['block by proof']);
    expect(on(ended, '2026-06-12', [onRecord(GB_SUBJECTS.breathingSpaceEnded, '2026-06-11')])).toEqual([]);
  });

  it('counts the thirty days over the end of a leap February', () => {
    expect(on(crisis('2028-02-20'), '2028-03-01')).toEqual(['withdraw 2028-03-22 within 0']);
  });

  it('keeps a later last day of the stop', () => {
    expect(on(crisis('2026-04-01', '2026-07-31'), '2026-06-01')).toEqual(['withdraw 2026-08-01 within 0']);
  });

  it('reads an end of the treatment that is no date as none', () => {
    const stop = { ...crisis(), details: { scheme: CRISIS_SCHEME, treatmentEndedOn: 'spring' } };
    expect(on(stop, '2027-01-01')).toEqual(['withdraw within 0']);
  });
});
