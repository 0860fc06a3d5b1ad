import { describe, expect, test } from '@jest/globals';
import { API_OFFICE, ApiSuite, OFFICER } from '../support/api-suite.js';

const api = new ApiSuite();
const base = '/api/v1/strategies';

const strategy = {
  id: 'place-everything',
  act: 'place',
  oneOf: [{ connector: 'us-ca-berkeley-harbor', share: 1 }],
  debtTypes: ['utility'],
  minAgeDays: 0,
  minBalanceMinor: 1,
};

describe('strategies', () => {
  test('are listed with what is in force of them', async () => {
    const { body } = await api.get(`${base}?jurisdiction=${API_OFFICE}`).expect(200);
    expect(body.length).toBeGreaterThan(0);
    expect(body[0]).toMatchObject({
      id: expect.any(String),
      state: 'in-force',
      inForce: { decidedBy: 'configuration', version: body[0].configured.version },
      held: null,
      referrals: [],
    });
    expect((await api.get(`${base}?jurisdiction=nowhere`).expect(404)).body.code).toBe('jurisdiction-unknown');
    await api.get(base).expect(400);
  });

  test('are previewed as they are in force and as they would be', async () => {
    const { body: inForce } = await api.get(`${base}/preview?jurisdiction=${API_OFFICE}&examples=1`).expect(200);
    expect(inForce).toMatchObject({ jurisdictionId: API_OFFICE, currency: 'USD', on: expect.any(String) });
    expect((inForce.strategies as { strategyId: string }[]).map(({ strategyId }) => strategyId)).not.toContain(
      strategy.id,
    );

    const order = { jurisdictionId: API_OFFICE, strategies: [strategy], examples: 1 };
    const { body: proposed } = await api.post(`${base}/preview`, order).expect(200);
    expect(proposed.strategies).toMatchObject([
      { strategyId: strategy.id, referred: { examples: [{ debtId: expect.any(String) }] }, leftOut: [] },
    ]);
    const [{ debts, referred }] = proposed.strategies;
    expect(referred.debts).toBe(debts);
    expect(debts).toBeGreaterThan(0);
    expect((await api.get(`/api/v1/referrals?debt=${api.debtId}`)).body).toEqual([]);
  });

  test('are refused as a configuration would refuse them', async () => {
    const order = { jurisdictionId: API_OFFICE, strategies: [{ ...strategy, connectors: ['x'] }] };
    expect((await api.post(`${base}/preview`, order).expect(422)).body.code).toBe('strategies-invalid');
    await api.post(`${base}/preview`, { ...order, examples: 101 }).expect(400);
    const unknown = { ...order, strategies: [strategy], strategyId: 'none' };
    expect((await api.post(`${base}/preview`, unknown).expect(404)).body.code).toBe('strategy-unknown');
  });

  test('wait for nobody while nothing was changed', async () => {
    const [{ id }] = (await api.get(`${base}?jurisdiction=${API_OFFICE}`)).body as [{ id: string }];
    const body = { jurisdictionId: API_OFFICE, version: '0'.repeat(12), reason: `as ${OFFICER} wishes` };
    expect((await api.post(`${base}/${id}/apply`, body).expect(409)).body.code).toBe('strategy-not-held');
    expect((await api.post(`${base}/none/apply`, body).expect(404)).body.code).toBe('strategy-unknown');
    await api.post(`${base}/${id}/apply`, { ...body, reason: undefined }).expect(400);
    await api.post(`${base}/${id}/apply`, { ...body, version: undefined }).expect(400);
  });
});
