import { describe, expect, it } from '@jest/globals';
import type { StopSnapshot } from '@concord/plugin-sdk';
import { judge, releaseDuty } from '../../judge.js';
import { placeableDebt, REPORTABLE_ON, reportableDebt, stopOf } from '../../testing/reportable-debt.js';

const [DEBTOR] = reportableDebt().parties;
const SPOUSE = { ...DEBTOR!, id: 'party-2', number: '2000002', role: 'co-debtor' as const };
const parties = [DEBTOR!, SPOUSE];
const filed = (details: StopSnapshot['details'] = { chapter: '13' }, partyId = SPOUSE.id): StopSnapshot => ({
  ...stopOf('insolvency', '2026-03-01', null, details),
  partyId,
});
const place = (stop: StopSnapshot, country = 'US') => {
  const base = placeableDebt({ parties, stops: [stop] });
  return judge({ ...base, jurisdiction: { ...base.jurisdiction, country } }, 'place', REPORTABLE_ON);
};

describe('US-BK-03', () => {
  it("ends a placement within a day, and blocks a report, on a co-debtor's chapter 13", () => {
    expect(place(filed()).reasons).toMatchObject([{ rule: 'US-BK-03', outcome: 'close', citation: '11 USC 1301' }]);
    const stops = [filed()];
    expect(releaseDuty(placeableDebt({ parties, stops }), 'place', REPORTABLE_ON)).toEqual({ withinBusinessDays: 1 });
    expect(judge(reportableDebt({ parties, stops }), 'report', REPORTABLE_ON).reasons).toMatchObject([
      { rule: 'US-BK-03', outcome: 'block' },
    ]);
  });

  it.each<[string, StopSnapshot]>([
    ['another chapter', filed({ chapter: '7' })],
    ['no consumer debt', filed({ chapter: '13', consumerDebt: false })],
    ['a case that was dismissed', filed({ chapter: '13', dismissedOn: '2026-03-10' })],
    ['relief', filed({ chapter: '13', reliefOn: '2026-03-16' })],
    ['a discharge of the other', filed({ chapter: '13', dischargedOn: '2026-03-10' })],
  ])('says nothing under %s', (_, stop) => expect(place(stop).outcome).toBe('allow'));

  it("leaves the debtor's own bankruptcy to US-BK-01, and knows no other country", () => {
    expect(place(filed({ chapter: '13' }, DEBTOR!.id)).reasons).toMatchObject([{ rule: 'US-BK-01' }]);
    expect(place(filed(), 'CA').outcome).toBe('allow');
  });

  it('says the first day on which it could pass', () => {
    expect(place(filed({ chapter: '13', closedOn: '2026-05-01' })).reasons[0]?.earliestOn).toBe('2026-05-01');
  });
});
