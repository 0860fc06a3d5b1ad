import { describe, expect, test } from '@jest/globals';
import { API_OFFICE, ApiSuite, NOBODY } from '../support/api-suite.js';

const api = new ApiSuite();

describe('files of host systems over the API', () => {
  test('are listed, and an unknown one is nowhere', async () => {
    await api.get(`/api/v1/host-files?jurisdiction=${API_OFFICE}&state=held`).expect(200, []);
    for (const path of ['', '/faults']) {
      const { body } = await api.get(`/api/v1/host-files/${NOBODY}${path}`).expect(404);
      expect(body).toMatchObject({ code: 'host-file-unknown' });
    }
    await api.get('/api/v1/host-files?state=lost').expect(400);
  });

  test('are decided about with a reason', async () => {
    await api.post(`/api/v1/host-files/${NOBODY}/accept`, {}).expect(400);
    for (const decision of ['accept', 'refuse']) {
      const { body } = await api.post(`/api/v1/host-files/${NOBODY}/${decision}`, { reason: 'asked' }).expect(404);
      expect(body).toMatchObject({ code: 'host-file-unknown' });
    }
  });
});

test('postings to a general ledger need its accounts', async () => {
  const path = `/api/v1/jurisdictions/${API_OFFICE}/gl-postings`;
  expect((await api.post(path, { date: '2026-03-02' }).expect(422)).body).toMatchObject({ code: 'gl-not-configured' });
  await api.post(path, { date: 'yesterday' }).expect(400);
});
