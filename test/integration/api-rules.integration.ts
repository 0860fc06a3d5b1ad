import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ACTS } from '@concord/plugin-sdk';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import type { ExplainedAct, ExplainedDebt } from '@concord/core/rules/rule-queries';
import type { ListedRule } from '@concord/core/rules/domain/listing';
import type { RulesPreview } from '@concord/core/rules/rules-previews';
import { API_BUREAU, API_OFFICE, ApiSuite, NOBODY } from '../support/api-suite.js';

const api = new ApiSuite();
/** Beyond all dates of the made-up debts, and within all their limits. */
const ON = '2026-03-16';

async function acts(query = ''): Promise<ExplainedDebt> {
  return (await api.get(`/api/v1/debts/${api.debtId}/acts?date=${ON}${query}`).expect(200)).body as ExplainedDebt;
}

async function act(name: string): Promise<ExplainedAct> {
  const found = await acts(`&act=${name}`);
  expect(found.acts.map((each) => each.act)).toEqual([name]);
  return found.acts[0]!;
}

describe('what may be done about a debt', () => {
  test('is said of every act, and of the day that was asked about', async () => {
    const found = await acts();
    expect(found).toMatchObject({ debtId: api.debtId, jurisdictionId: 'us-ca-berkeley', on: ON });
    expect(found.acts.map((each) => each.act)).toEqual([...ACTS]);
    for (const { says, allowed, earliestOn, reasons } of found.acts) {
      expect(says).toContain(ON);
      if (allowed) expect(earliestOn).toBe(ON);
      else expect(reasons.length).toBeGreaterThan(0);
    }
  });

  test('names the proof that a rule passed on, though nobody referred the debt', async () => {
    const report = await act('report');
    expect(report).toMatchObject({ allowed: true, outcome: 'allow', reasons: [] });
    expect(report.passed.find(({ rule }) => rule === 'US-REGF-01')?.proofs).toEqual([
      { kind: 'notice-sent', on: '2025-07-01' },
    ]);
    const bureau = report.partners.find(({ connectorId }) => connectorId === API_BUREAU);
    expect(bureau).toMatchObject({ referred: false, says: 'The office has not referred this debt to this partner.' });
  });

  test('changes with a stop, with the citation and the words for the debtor', async () => {
    await api
      .post('/api/v1/stops', api.stop({ kind: 'insolvency', startsOn: '2026-03-01', details: { chapter: '13' } }))
      .expect(201);
    const place = await act('place');
    expect(place).toMatchObject({ allowed: false, outcome: 'close', earliestOn: null });
    expect(place.reasons).toContainEqual(expect.objectContaining({ rule: 'US-BK-01', citation: '11 USC 362(a),(k)' }));
  });

  test('says who has the debt once it is referred', async () => {
    await api.post('/api/v1/referrals', api.referral()).expect(201);
    const today = await api.get(`/api/v1/debts/${api.debtId}/acts?act=report`).expect(200);
    const [report] = (today.body as ExplainedDebt).acts;
    const bureau = report!.partners.find(({ connectorId }) => connectorId === API_BUREAU);
    expect(bureau).toMatchObject({ referred: true, says: 'The office has referred this debt to this partner.' });
  });

  test('is refused for what does not exist', async () => {
    expect((await api.get(`/api/v1/debts/${NOBODY}/acts`).expect(404)).body.code).toBe('debt-unknown');
    await api.get(`/api/v1/debts/${api.debtId}/acts?act=sue`).expect(400);
    await api.get(`/api/v1/debts/${api.debtId}/acts?date=2026-02-30`).expect(400);
  });
});

describe('a notice of enforcement', () => {
  /** What UK-TCG-01 says of a council's debt today. */
  const waits = async (debtId: string) => {
    const { body } = await api.get(`/api/v1/debts/${debtId}/acts?act=enforce-judgment`).expect(200);
    const [enforce] = (body as ExplainedDebt).acts;
    return enforce!.reasons.filter(({ rule }) => rule === 'UK-TCG-01').map(({ missing }) => missing ?? null);
  };

  test('is asked for anew once another address of the debtor is on record, which nobody has to record besides', async () => {
    const order = api.debt({ jurisdictionId: 'gb-hillingdon', currency: 'GBP' });
    const { debtId } = (await api.post('/api/v1/debts', order).expect(201)).body as { debtId: string };
    const today = new Date().toISOString().slice(0, 10);
    const notice = { debtId, noticeKind: 'notice-of-enforcement', on: addDays(today, -30) };
    await api.post('/api/v1/proofs', api.proof(notice)).expect(201);
    expect(await waits(debtId)).toEqual([]);
    const { parties } = (await api.get(`/api/v1/debts/${debtId}`)).body as { parties: { id: string }[] };
    const address = { line1: '9 New Street', city: 'Uxbridge', region: '', postalCode: 'UB8 1AA', country: 'GB' };
    const moved = { kind: 'residence', address, source: 'debtor', idempotencyKey: randomUUID() };
    await api.post(`/api/v1/parties/${parties[0]!.id}/addresses`, moved).expect(201);
    expect(await waits(debtId)).toEqual(['a notice of enforcement to the present address']);
  });
});

describe('the register', () => {
  test('has every row, reached by the acts of connectors or with the reason why not', async () => {
    const rules = (await api.get('/api/v1/rules').expect(200)).body as ListedRule[];
    const rule = (id: string) => rules.find((each) => each.id === id);
    expect(rules.length).toBeGreaterThan(77);
    expect(rule('US-REGF-01')).toMatchObject({
      ...{ citation: expect.stringContaining('1006.30'), confirmed: 'yes', acts: ['report'] },
      ...{ reachable: true, why: null },
    });
    expect(rule('US-REGF-05')).toMatchObject({ acts: [], reachable: false, why: expect.stringContaining('calls') });
    for (const { id, reachable, why } of rules) expect([id, reachable]).toEqual([id, why === null]);
  });
});

describe('other numbers of rules', () => {
  const rules = [{ rule: 'US-REGF-01', parameters: { waitDays: 36_500 }, because: 'A test' }];
  const order = { jurisdictionId: API_OFFICE, rules, examples: 1 };
  const preview = async (body: object): Promise<RulesPreview> =>
    (await api.post('/api/v1/rules/preview', body).expect(200)).body as RulesPreview;

  test('are previewed with what they would change, and why', async () => {
    await api.post('/api/v1/referrals', api.referral()).expect(201);
    const found = await preview(order);
    expect(found).toMatchObject({ jurisdictionId: API_OFFICE, currency: 'USD', comparedWith: 'configured' });
    const bureau = found.connectors.find(({ connectorId }) => connectorId === API_BUREAU);
    const blocked = bureau!.effects.find(({ effect }) => effect === 'block');
    expect(blocked!.debts).toBeGreaterThan(0);
    expect(blocked!.examples).toMatchObject([
      { number: expect.any(String), reasons: [{ rule: 'US-REGF-01', citation: expect.stringContaining('1006.30') }] },
    ]);
    expect(found.totals.block).toBeGreaterThanOrEqual(blocked!.debts);
  });

  test('are those of the process where none are given, beside what was judged last', async () => {
    expect(await preview({ jurisdictionId: API_OFFICE })).toMatchObject({ comparedWith: 'last-judged' });
  });

  test('are refused as a configuration would refuse them', async () => {
    const path = '/api/v1/rules/preview';
    const unknown = { ...order, rules: [{ ...rules[0], rule: 'US-REGF-99' }] };
    expect((await api.post(path, unknown).expect(422)).body.code).toBe('rules-invalid');
    expect((await api.post(path, { ...order, jurisdictionId: 'nowhere' }).expect(404)).body.code).toBe(
      'jurisdiction-unknown',
    );
    await api.post(path, { ...order, date: '2026-02-30' }).expect(400);
    await api.post(path, { ...order, examples: 101 }).expect(400);
  });
});
