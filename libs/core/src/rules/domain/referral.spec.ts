import { describe, expect, it } from '@jest/globals';
import type { Act, DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import { judge } from './judge.js';
import { nextLookOn } from './next-look.js';
import { RECALL_NOTICE_DAYS } from './referral.js';
import { limitsOf } from './strictness.js';
import { placeableDebt, reportableDebt, stopOf } from './testing/reportable-debt.js';

const ENDED_ON = '2026-03-10';
const lastDay = addDays(ENDED_ON, RECALL_NOTICE_DAYS);
const after = addDays(lastDay, 1);

const referral = { id: 'r', madeOn: '2026-01-02', capMinor: null, expiresOn: null };
const endings: [string, Partial<DebtSnapshot>][] = [
  ['was ended by decision', { referral: null, endedReferral: { id: 'r', endedOn: ENDED_ON } }],
  ['expired', { referral: { ...referral, expiresOn: addDays(ENDED_ON, -1) } }],
  [
    'was ended by decision, and the next is still to begin',
    { referral: { ...referral, madeOn: '2026-08-01' }, endedReferral: { id: 'q', endedOn: ENDED_ON } },
  ],
];

function said(debt: DebtSnapshot, act: Act, date: IsoDate): readonly string[] {
  return judge(debt, act, date).reasons.map(({ rule, outcome }) => `${rule} ${outcome}`);
}

describe.each(endings)('a placement whose referral %s', (_, changes) => {
  const debt = placeableDebt(changes);

  it('is called back for thirty days, and then taken back', () => {
    expect(RECALL_NOTICE_DAYS).toBe(30);
    for (const date of [ENDED_ON, '2026-03-11', lastDay]) {
      expect(said(debt, 'place', date)).toEqual(['REFERRAL block', 'REFERRAL restrain']);
    }
    expect([lastDay, after]).toEqual(['2026-04-09', '2026-04-10']);
    expect(said(debt, 'place', after)).toEqual(['REFERRAL withdraw']);
  });

  it('is neither opened again nor left unmarked meanwhile', () => {
    const decision = judge(debt, 'place', ENDED_ON);
    expect(limitsOf(decision)).toEqual({ mayGrow: false, mayBeActive: false, mustEnd: false });
    expect(decision.reasons.map(({ earliestOn }) => earliestOn)).toEqual([null, null]);
  });

  it('is looked at again on the day on which it is taken back', () => {
    expect(nextLookOn(debt, 'place', ENDED_ON, judge(debt, 'place', ENDED_ON))).toBe(after);
    expect(nextLookOn(debt, 'place', lastDay, judge(debt, 'place', lastDay))).toBe(after);
  });

  it('ends at once where a stop says so', () => {
    const stopped = { ...debt, stops: [stopOf('insolvency')] };
    expect(limitsOf(judge(stopped, 'place', ENDED_ON)).mustEnd).toBe(true);
  });
});

describe('the referral', () => {
  it('that was never made takes back at once', () => {
    expect(said(placeableDebt({ referral: null }), 'place', ENDED_ON)).toEqual(['REFERRAL withdraw']);
  });

  it('that is still to begin says from when', () => {
    const debt = placeableDebt({ referral: { ...referral, madeOn: '2026-08-01' } });
    expect(judge(debt, 'place', ENDED_ON)).toMatchObject({
      outcome: 'withdraw',
      reasons: [{ earliestOn: '2026-08-01' }],
    });
  });

  it('in force counts, whatever ended before it', () => {
    const debt = placeableDebt({ endedReferral: { id: 'q', endedOn: ENDED_ON } });
    expect(said(debt, 'place', ENDED_ON)).toEqual([]);
  });

  it.each(endings.slice(0, 2))('that %s takes a report back at once, with its date', (_, changes) => {
    const { outcome, reasons } = judge(reportableDebt(changes), 'report', ENDED_ON);
    expect(outcome).toBe('withdraw');
    expect(reasons).toMatchObject([{ rule: 'REFERRAL', earliestOn: null }]);
    expect(reasons[0]?.reason).toContain('ended on 2026-03-');
  });
});
