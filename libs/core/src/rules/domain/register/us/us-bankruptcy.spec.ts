import { describe, expect, it } from '@jest/globals';
import { ACTS } from '@concord/plugin-sdk';
import type { Act, StopSnapshot } from '@concord/plugin-sdk';
import { stopOf } from '../../testing/reportable-debt.js';
import { reportableDebt } from '../../testing/reportable-debt.js';
import { debtOf, said, verdict } from './testing/verdict.js';
import { usBk01 } from './us-bk-01.js';
import { usBk02 } from './us-bk-02.js';
import { usBk03 } from './us-bk-03.js';
import { usBk04 } from './us-bk-04.js';
import { usBk05 } from './us-bk-05.js';

const TODAY = '2026-03-16';
const filed = (details: StopSnapshot['details'] = {}, endsOn: string | null = null) =>
  debtOf('us-tx-example', {}, [], {
    stops: [stopOf('insolvency', '2026-03-01', endsOn, { chapter: '7', ...details })],
  });

describe('US-BK-01', () => {
  it.each<[Act, readonly string[]]>([
    ['report', ['block within 1', 'restrain within 1']],
    ['place', ['close within 1']],
    ['intercept', ['close within 1']],
    ['suspend', ['close within 1']],
    ['hold', ['close within 1']],
    ['file-claim', ['block within 1', 'restrain within 1']],
    ['enforce-judgment', ['close within 1']],
    ['garnish', ['close within 1']],
    ['lien', ['block within 1']],
    ['disconnect', ['close within 1']],
    ['direct-debit', ['close within 1']],
    ['contact', ['block within 1']],
  ])('holds %s from the petition on: %j', (act, expected) => {
    expect(said(usBk01, filed(), act, TODAY)).toEqual(expected);
    expect(said(usBk01, filed(), act, '2026-02-28')).toEqual([]);
  });

  it.each(ACTS)('passes %s again from the day of dismissal, closing or relief, which it says before', (act) => {
    for (const name of ['dismissedOn', 'closedOn', 'reliefOn']) {
      const debt = filed({ [name]: '2026-05-04' });
      expect(verdict(usBk01, debt, act, TODAY).every(({ earliestOn }) => earliestOn === '2026-05-04')).toBe(true);
      expect(said(usBk01, debt, act, '2026-05-03')).not.toEqual([]);
      expect(said(usBk01, debt, act, '2026-05-04')).toEqual([]);
    }
  });

  it('speaks to the debtor, and of the act', () => {
    for (const act of ACTS) {
      for (const { reason } of verdict(usBk01, filed(), act, TODAY)) expect(reason).toContain('You have filed');
    }
    expect(verdict(usBk01, filed(), 'garnish', TODAY)[0]?.reason).toContain('garnished');
  });
});

describe('US-BK-02', () => {
  const family = (of: string | null) => ({ ...filed(), debt: { ...filed().debt, family: of } });

  it('ends the set-off of what is no tax, and of what nobody has said', () => {
    expect(said(usBk02, family('fine'), 'intercept', TODAY)).toEqual(['close within 1']);
    expect(said(usBk02, family(null), 'intercept', TODAY)).toEqual(['close within 1']);
    expect(said(usBk02, family('tax'), 'intercept', TODAY)).toEqual([]);
  });
  it('leaves a tax to the stay itself', () => {
    expect(said(usBk01, family('tax'), 'intercept', TODAY)).toEqual(['close within 1']);
  });
  it('ends with the stay', () => {
    const debt = filed({ reliefOn: '2026-05-04' });
    expect(said(usBk02, debt, 'intercept', TODAY)).toEqual(['close from 2026-05-04 within 1']);
    expect(said(usBk02, debt, 'intercept', '2026-05-04')).toEqual([]);
  });
});

describe('US-BK-03', () => {
  const [debtor] = reportableDebt().parties;
  const parties = [debtor!, { ...debtor!, id: 'spouse', role: 'co-debtor' as const }];
  const stops = [{ ...stopOf('insolvency', '2026-03-01', null, { chapter: '13' }), partyId: 'spouse' }];
  const debt = debtOf('us-tx-example', {}, [], { parties, stops });

  it.each(ACTS)('holds %s as the stay of one’s own would, but for the mark of a report', (act) => {
    const own = said(usBk01, filed(), act, TODAY);
    expect(said(usBk03, debt, act, TODAY)).toEqual(act === 'report' ? ['block within 1'] : own);
    expect(said(usBk01, debt, act, TODAY)).toEqual([]);
  });
});

describe('US-BK-04', () => {
  const discharged = filed({ dischargedOn: '2026-03-10', closedOn: '2026-03-12' });
  const others = ACTS.filter((act) => act !== 'report' && act !== 'place');

  it('leaves bureaus and agencies to the rules that tell them', () => {
    expect(usBk04.acts).toEqual(others);
  });
  it.each(others)('ends %s for good from the discharge on', (act) => {
    const outcome = act === 'contact' ? 'block within 1' : 'close within 1';
    expect(said(usBk04, discharged, act, '2026-03-09')).toEqual([]);
    for (const date of ['2026-03-10', '2026-03-12', '2040-01-01']) {
      expect(said(usBk04, discharged, act, date)).toEqual([outcome]);
      expect(said(usBk01, discharged, act, date)).toEqual([]);
    }
  });
  it('passes a debt that a person named as one that survives, which has no stop any more', () => {
    expect(said(usBk04, debtOf('us-tx-example'), 'intercept', TODAY)).toEqual([]);
  });
});

describe('US-BK-05', () => {
  it.each<Act>(['suspend', 'hold'])('ends %s in bankruptcy and after a discharge', (act) => {
    expect(said(usBk05, filed(), act, TODAY)).toEqual(['close within 1']);
    expect(said(usBk05, filed({ dischargedOn: '2026-03-10' }), act, TODAY)).toEqual(['close within 1']);
    expect(said(usBk05, filed({ dismissedOn: '2026-05-04' }), act, TODAY)).toEqual(['close from 2026-05-04 within 1']);
    expect(said(usBk05, filed({ dismissedOn: '2026-05-04' }), act, '2026-05-04')).toEqual([]);
  });
});
