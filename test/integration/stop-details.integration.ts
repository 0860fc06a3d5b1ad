import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { JsonValue } from '@concord/plugin-sdk';
import type { ExplainedDebt } from '@concord/core/rules/rule-queries';
import { ApiSuite, NOBODY, OFFICER } from '../support/api-suite.js';

const api = new ApiSuite();
type Details = Record<string, JsonValue>;
const TODAY = '2026-03-16';

async function placed(changes: Record<string, unknown> = {}): Promise<string> {
  const body = api.stop({ kind: 'insolvency', startsOn: '2026-03-01', details: { chapter: '13' }, ...changes });
  return (await api.post('/api/v1/stops', body).expect(201)).body.stopId as string;
}

const body = (details: unknown, changes: Record<string, unknown> = {}) => ({
  ...{ details, reason: 'The court has decided', source: 'court notice', idempotencyKey: randomUUID(), ...changes },
});
const change = (id: string, details: unknown, changes: Record<string, unknown> = {}) =>
  api.post(`/api/v1/stops/${id}/details`, body(details, changes));
const refused = async (id: string, details: Details, status: number): Promise<string> =>
  (await change(id, details).expect(status)).body.code as string;

interface ShownStop {
  readonly id: string;
  readonly details: Details;
  readonly detailChanges: readonly Record<string, unknown>[];
}

async function shown(id: string): Promise<ShownStop> {
  const stops = (await api.get(`/api/v1/stops?debt=${api.debtId}`).expect(200)).body as ShownStop[];
  return stops.find((stop) => stop.id === id)!;
}

async function outcome(): Promise<string> {
  const { body: found } = await api.get(`/api/v1/debts/${api.debtId}/acts?act=place&date=${TODAY}`).expect(200);
  return (found as ExplainedDebt).acts[0]!.outcome;
}
const told = (id: string) =>
  api.database.asOwner(
    `select o.event->>'type' as type, o.event->'data' as data from cases.outbox o
     join cases.change h on h.case_id = o.case_id and h.version = (o.event->>'caseversion')::bigint
     where h.subject_id = $1 and h.kind = 'concord.stop.changed.v1'`,
    [id],
  );

describe('the details of a stop', () => {
  test('are completed: the rules see it at once, and what they were stays on record', async () => {
    const id = await placed();
    expect(await shown(id)).toMatchObject({ details: { chapter: '13' }, detailChanges: [] });
    expect(await outcome()).toBe('close');
    const answer = await change(id, { dismissedOn: '2026-03-10' }, { proof: 'ORDER-7' }).expect(200);
    expect(answer.body).toEqual({ changed: true });
    expect(await outcome()).not.toBe('close');
    const after = { chapter: '13', dismissedOn: '2026-03-10' };
    expect(await shown(id)).toMatchObject({
      details: after,
      detailChanges: [
        {
          ...{ before: { chapter: '13' }, after, reason: 'The court has decided', source: 'court notice' },
          ...{ proof: 'ORDER-7', actor: OFFICER, recordedAt: expect.any(String) },
        },
      ],
    });
    expect(await told(id)).toEqual([{ type: 'concord.stop.changed.v1', data: { stopId: id } }]);
  });

  test('are corrected and taken away, one change after the other', async () => {
    const id = await placed({ details: { chapter: '13', dismissedOn: '2026-03-10', note: 'x' } });
    await change(id, { chapter: '7', dismissedOn: null, caseNumber: '26-1' }).expect(200);
    await change(id, { note: { by: 'clerk' } }).expect(200);
    const { details, detailChanges } = await shown(id);
    expect(details).toEqual({ chapter: '7', note: { by: 'clerk' }, caseNumber: '26-1' });
    expect(detailChanges.map(({ before }) => (before as Details)['chapter'])).toEqual(['13', '7']);
  });

  test('change once for a key, also many times at once and after the stop was lifted', async () => {
    const id = await placed();
    const order = body({ reliefOn: '2026-03-12' });
    const path = `/api/v1/stops/${id}/details`;
    const answers = await Promise.all(Array.from({ length: 4 }, () => api.post(path, order).expect(200)));
    expect(answers.filter(({ body: answer }) => answer.changed === true)).toHaveLength(1);
    const other = { ...order, details: { reliefOn: '2026-03-13' } };
    expect((await api.post(path, other).expect(409)).body.code).toBe('key-reused');
    expect((await change(id, { reliefOn: '2026-03-12' }).expect(200)).body).toEqual({ changed: false });
    await api.post(`/api/v1/stops/${id}/lift`, {}).expect(200);
    expect((await api.post(path, order).expect(200)).body).toEqual({ changed: false });
    expect((await shown(id)).detailChanges).toHaveLength(1);
    expect(await told(id)).toHaveLength(1);
  });

  test('are refused where they are not what the kind needs, and then nothing is changed', async () => {
    const id = await placed();
    const wrong: Details[] = [{ chapter: null }, { chapter: '8' }, { filedOn: '2026-02-30' }, { dischargedOn: TODAY }];
    for (const details of wrong) {
      expect(await refused(id, details, 422)).toBe('stop-details');
    }
    expect(await shown(id)).toMatchObject({ details: { chapter: '13' }, detailChanges: [] });
    const moratorium = await placed({ kind: 'moratorium', details: { reviewOn: '2026-05-01' } });
    expect(await refused(moratorium, { reviewOn: null }, 422)).toBe('stop-details');
    await change(moratorium, { treatmentEndedOn: '2026-03-15' }).expect(200);
  });

  test('are refused of no stop, of one that was lifted, and of what a court discharged', async () => {
    expect(await refused(NOBODY, { chapter: '7' }, 404)).toBe('stop-unknown');
    const lifted = await placed({ kind: 'dispute', details: {} });
    await api.post(`/api/v1/stops/${lifted}/lift`, {}).expect(200);
    expect(await refused(lifted, { contests: 'amount' }, 409)).toBe('stop-lifted');
    const ended = await placed();
    await api.post(`/api/v1/stops/${ended}/discharge`, { on: '2026-03-02' }).expect(200);
    const stops = (await api.get(`/api/v1/stops?debt=${api.debtId}`)).body as { id: string; follows: string | null }[];
    const discharge = stops.find(({ follows }) => follows === ended)!;
    expect(await refused(discharge.id, { chapter: '7' }, 409)).toBe('discharge-stands');
  });

  test.each<[string, unknown, Record<string, unknown>]>([
    ['no details', {}, {}],
    ['details that are a list', [], {}],
    ['no reason', { chapter: '7' }, { reason: undefined }],
    ['no source', { chapter: '7' }, { source: '' }],
    ['no key', { chapter: '7' }, { idempotencyKey: undefined }],
    ['a property that is not known', { chapter: '7' }, { kind: 'dispute' }],
  ])('are refused with 400 with %s', async (_, details, changes) => {
    await change(NOBODY, details, changes).expect(400);
  });

  test('of a party are told to every case in which that party owes', async () => {
    const debtor = api.debt()['debtor'] as { sourceReference: string };
    const debts = await Promise.all(
      [api.debt({ debtor }), api.debt({ coDebtors: [debtor] })].map(async (debt) => {
        const { debtId } = (await api.post('/api/v1/debts', debt).expect(201)).body as { debtId: string };
        return (await api.get(`/api/v1/debts/${debtId}`)).body as {
          parties: { id: string; sourceReference: string }[];
        };
      }),
    );
    const party = debts[0]!.parties.find(({ sourceReference }) => sourceReference === debtor.sourceReference)!;
    const id = await placed({ subject: { kind: 'party', id: party.id } });
    await change(id, { chapter: '7' }).expect(200);
    expect(await told(id)).toHaveLength(2);
  });
});
