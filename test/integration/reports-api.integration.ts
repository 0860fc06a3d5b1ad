import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { addDays } from '@concord/core/calendar/domain/iso-date';
import { endOfMonthBefore } from '@concord/core/reports/domain/calendar-periods';
import { REPORTS } from '@concord/core/reports/definitions/all';
import { xlsxOf } from '@concord/core/reports/formats/xlsx';
import type { Row } from '@concord/core/reports/domain/report';
import { OpenReport } from '@concord/core/reports/open-report';
import { Reports } from '@concord/core/reports/reports';
import { API_BUREAU, API_OFFICE, ApiSuite, OFFICER } from '../support/api-suite.js';

const api = new ApiSuite();

const path = (report: string, query = '') => `/api/v1/reports/${report}?jurisdiction=${API_OFFICE}${query}`;
const rowsOf = async (report: string, query = ''): Promise<Row[]> =>
  (await api.get(path(report, query)).expect(200)).body.rows as Row[];
const numberOf = async (): Promise<number> => (await api.get(`/api/v1/debts/${api.debtId}`)).body.number as number;
const officeToday = async (): Promise<string> => (await api.get(path('ageing'))).body.to as string;

describe('reports', () => {
  test('are listed, and each comes in each format', async () => {
    const { body: list } = await api.get('/api/v1/reports').expect(200);
    expect((list as { name: string }[]).map(({ name }) => name)).toEqual(REPORTS.map(({ name }) => name));
    for (const { name, title } of REPORTS) {
      const { body } = await api
        .get(path(name))
        .expect('content-type', /^application\/json/)
        .expect(200);
      expect(body).toMatchObject({ report: name, title, jurisdiction: API_OFFICE, contentHash: expect.any(String) });
      const csv = await api
        .get(path(name, '&format=csv'))
        .expect('content-type', /^text\/csv/)
        .expect(200);
      expect(csv.headers['content-disposition']).toMatch(
        new RegExp(`^attachment; filename="${API_OFFICE}-${name}-.+\\.csv"$`),
      );
      expect(parse(csv.text)).toHaveLength((body.rows as Row[]).length + 1);
      const xlsx = await api.get(path(name, '&format=xlsx')).responseType('blob').expect(200);
      expect(xlsx.headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
      const sheets = await readXlsxFile(xlsx.body as Buffer);
      const totals = (body.totals as Row[]).length;
      expect(sheets[0]!.data).toHaveLength((body.rows as Row[]).length + 1 + totals);
    }
  });

  test.each<[number, string, string]>([
    [404, 'report-unknown', '/api/v1/reports/nothing?jurisdiction=us-ca-berkeley'],
    [404, 'jurisdiction-unknown', '/api/v1/reports/ageing?jurisdiction=nowhere'],
    [422, 'date-in-future', path('ageing', '&asOf=2999-01-01')],
    [422, 'days-not-meant', path('ageing', '&from=2026-01-01')],
    [422, 'days-reversed', path('collections', '&from=2026-02-01&to=2026-01-01')],
  ])('are refused with %i %s', async (status, code, address) => {
    expect((await api.get(address).expect(status)).body.code).toBe(code);
  });

  test.each(['&asOf=2026-02-30', '&format=pdf', '&limit=3'])('are refused with 400: %s', async (query) => {
    await api.get(path('ageing', query)).expect(400);
  });

  test('let their connection go when they are left before their end', async () => {
    const reports = api.part<Reports>(Reports);
    const order = { report: 'never-referred', jurisdiction: API_OFFICE, asOf: null, from: null, to: null };
    const opened = await Promise.all([reports.run(order), reports.run(order), reports.run(order)]);
    expect((await api.get(path('ageing')).expect(409)).body.code).toBe('reports-busy');
    for (const report of opened) await report.close();
    await api.get(path('ageing')).expect(200);
    const idle = await api.database.asOwner(
      `select 1 from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    );
    expect(idle).toEqual([]);
  });
});

describe('text from sources', () => {
  test('stays text in CSV and in a workbook', async () => {
    const reference = `=HYPERLINK("x")${randomUUID().slice(0, 8)}`;
    await api.post('/api/v1/debts', api.debt({ sourceReference: reference })).expect(201);
    const { text } = await api.get(path('never-referred', '&format=csv')).expect(200);
    const lines: string[][] = parse(text);
    expect(lines.flat()).toContain(`'${reference}`);
    expect(lines.flat()).not.toContain(reference);
    const { body } = await api.get(path('never-referred', '&format=xlsx')).responseType('blob').expect(200);
    const [sheet] = await readXlsxFile(body as Buffer);
    expect(sheet!.data.flat()).toContain(reference);
  });

  test('is no formula in the file itself, where amounts are numbers and days are days', async () => {
    const columns = [
      { key: 'name', title: 'Name', kind: 'text' as const },
      { key: 'on', title: 'On', kind: 'date' as const },
      { key: 'balanceMinor', title: 'Owed', kind: 'money' as const, total: true as const },
    ];
    async function* rows(): AsyncGenerator<Row[]> {
      yield [
        { name: '=1+1', on: '2026-02-28', balanceMinor: -1_250, currency: 'USD' },
        { name: 'b', on: null, balanceMinor: 5_000, currency: 'JPY' },
      ];
    }
    const frame = { report: 'r', title: 'T', jurisdiction: 'j', from: null, to: '2026-03-01', columns };
    const file = await xlsxOf(await OpenReport.begin(frame, rows(), () => undefined));
    const [sheet, about] = await readXlsxFile(file);
    expect(sheet!.data).toEqual([
      ['Name', 'On', 'Owed'],
      ['=1+1', new Date('2026-02-28T00:00:00Z'), -12.5],
      ['b', null, 5_000],
      ['Total JPY', null, 5_000],
      ['Total USD', null, -12.5],
    ]);
    expect(about!.data).toContainEqual(['As of', '2026-03-01']);
  });
});

describe('debts never referred', () => {
  const why = async () => (await rowsOf('never-referred')).find((row) => row['number'] === number)?.['why'];
  let number: number;

  test('say why, and are not told once they are referred', async () => {
    number = await numberOf();
    expect(await why()).toBe('waiting');
    const { body: stop } = await api.post('/api/v1/stops', api.stop()).expect(201);
    expect(await why()).toBe('stopped');
    await api.post(`/api/v1/stops/${stop.stopId}/lift`, {}).expect(200);
    expect(await why()).toBe('waiting');
    await api.post('/api/v1/referrals', api.referral()).expect(201);
    expect(await why()).toBe(undefined);
  });
});

describe('arrangements', () => {
  test('stand in the report as they stand by themselves, on any day', async () => {
    const due = addDays(await officeToday(), 1);
    const agreed = await api
      .post('/api/v1/arrangements', {
        ...{ debtIds: [api.debtId], idempotencyKey: randomUUID() },
        terms: { frequency: 'weekly', firstDueOn: due, instalments: 5 },
      })
      .expect(201);
    const id = agreed.body.arrangementId as string;
    await api.post(`/api/v1/arrangements/${id}/payments`, {
      ...{ amountMinor: 3_000, currency: 'USD', idempotencyKey: 'p' },
    });
    const told = async () => (await rowsOf('arrangements')).find((row) => row['arrangement'] === id)!;
    const view = async () => (await api.get(`/api/v1/arrangements/${id}`).expect(200)).body as Row;
    const same = async () => {
      const { standing, dueMinor, paidMinor, behindMinor, breachesOn, revision } = await view();
      expect(await told()).toMatchObject({ standing, dueMinor, paidMinor, behindMinor, breachesOn, revision });
    };
    await same();
    expect(await told()).toMatchObject({
      state: 'in-force',
      standing: 'kept',
      paidMinor: 3_000,
      debts: [String(await numberOf())],
    });
    // As if it had been agreed long ago and not been paid since.
    await api.database.asOwner(
      `update cases.arrangement_instalment set due_on = due_on - 20, breaches_on = breaches_on - 20 where arrangement_id = $1`,
      [id],
    );
    await same();
    expect((await told())['standing']).toBe('breached');
    await api.post(`/api/v1/arrangements/${id}/end`, { reason: 'as asked' }).expect(200);
    expect(await told()).toMatchObject({ state: 'ended', endedOn: await officeToday() });
  });
});

describe('collections', () => {
  test('are by who collected, less what was taken back, with fees where known', async () => {
    const connector = 'us-ca-berkeley-harbor';
    const [kept] = await partnerPays(connector, 10_000, 2_500);
    const [bounced] = await partnerPays(connector, 4_000, 1_000);
    await api.post('/api/v1/payments', api.payment({ amountMinor: 700 })).expect(201);
    // An officer takes it back, and it still counts against the agency.
    await api
      .post(`/api/v1/debts/${api.debtId}/reversals`, { entryId: bounced!.id, reason: 'bounced', idempotencyKey: 'r' })
      .expect(201);
    const rows = await rowsOf('collections');
    expect(rows.find((row) => row['collector'] === connector)).toMatchObject({
      ...{ partner: 'Harbor Recovery', payments: 2, collectedMinor: 14_000, reversals: 1, reversedMinor: 4_000 },
      ...{ netMinor: 10_000, feesMinor: 3_500 },
    });
    expect(rows.find((row) => row['collector'] === 'office')).toMatchObject({ partner: null, feesMinor: null });
    expect(kept!.id).toEqual(expect.any(String));
  });
});

describe('late releases', () => {
  test('name the partner, how late it is, and who must act', async () => {
    const today = await officeToday();
    const { body: debt } = await api.get(`/api/v1/debts/${api.debtId}`);
    const [position] = await api.database.asOwner<{ id: string }>(
      `insert into exchange.position (id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state,
         desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome, known_state, known_amount_minor)
       values (gen_random_uuid(), $1, 'debt', $2::uuid, 'account', $3, $2::uuid::text, 'absent', 0, '{}', 'h', 1, $4, 'withdraw', 'active', 52500)
       returning id`,
      [API_BUREAU, api.debtId, debt.caseId, today],
    );
    await api.database.asOwner(
      `insert into exchange.release_duty (position_id, connector_id, rule, owed_on, due_on) values ($1, $2, 'US-BK-01', $3, $4)`,
      [position!.id, API_BUREAU, addDays(today, -9), addDays(today, -7)],
    );
    const late = async (query = '') =>
      (await rowsOf('late-releases', query)).find((row) => row['number'] === debt.number);
    expect(await late()).toMatchObject({
      ...{ connector: API_BUREAU, partner: 'Equifax', rule: 'US-BK-01', daysLate: 7, heldMinor: 52_500 },
      ...{ held: 'active', doneOn: null, mustAct: 'next-file' },
    });
    const onDeadline = addDays(today, -7);
    expect(await late(`&from=${addDays(today, -30)}&to=${onDeadline}`)).toBe(undefined);
    await api.database.asOwner('update exchange.release_duty set done_on = $2 where position_id = $1', [
      position!.id,
      addDays(today, -4),
    ]);
    const month = `&from=${addDays(today, -30)}&to=${today}`;
    expect(await late(month)).toMatchObject({ daysLate: 3, doneOn: addDays(today, -4), mustAct: 'nobody' });
    expect(await late(`&from=${addDays(today, -3)}&to=${today}`)).toBe(undefined);
  });
});

describe('a sign-off', () => {
  const totals = async (): Promise<{ contentHash: string; month: string }> => {
    const { body } = await api.get(path('control-totals')).expect(200);
    return { contentHash: body.contentHash as string, month: (body.to as string).slice(0, 7) };
  };
  const sign = (body: object) =>
    api.post('/api/v1/reports/control-totals/sign-off', { jurisdiction: API_OFFICE, ...body });

  test('is recorded once with the hash of what was looked at, by a person who has a name', async () => {
    const looked = await totals();
    const { body: first } = await sign({ ...looked, note: 'compared with the bank' }).expect(201);
    expect(first).toMatchObject({ ...looked, signed: true, actor: OFFICER, note: 'compared with the bank' });
    expect((await sign(looked).expect(201)).body).toMatchObject({ id: first.id, signed: false });
    const { body: list } = await api
      .get(`/api/v1/reports/control-totals/sign-offs?jurisdiction=${API_OFFICE}`)
      .expect(200);
    expect(list).toMatchObject([{ id: first.id, throughOn: endOfMonthBefore(await officeToday()) }]);
    const nameless = await api
      .agent()
      .post('/api/v1/reports/control-totals/sign-off')
      .send({ jurisdiction: API_OFFICE, ...looked })
      .expect(422);
    expect(nameless.body.code).toBe('signer-unnamed');
  });

  test('is refused of a month that goes on, of other content, and of what is no month', async () => {
    const looked = await totals();
    const month = (await officeToday()).slice(0, 7);
    expect((await sign({ ...looked, month }).expect(422)).body.code).toBe('month-not-over');
    expect((await sign({ ...looked, contentHash: '0'.repeat(64) }).expect(409)).body.code).toBe('content-differs');
    await sign({ ...looked, month: '2026-13' }).expect(400);
    await sign({ ...looked, jurisdiction: 'nowhere' }).expect(404);
  });
});

/** As an agency's file would post it; the path from its file to the ledger has tests of its own. */
function partnerPays(connector: string, amountMinor: number, commissionMinor: number): Promise<{ id: string }[]> {
  return api.database.asOwner<{ id: string }>(
    `with next as (update cases.case_file c set version = version + 1 from cases.debt d
       where d.id = $1 and c.id = d.case_id returning c.id, c.version)
     insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, booked_on,
       source, idempotency_key, actor, recorded_at, commission_minor)
     select gen_random_uuid(), $1, id, version, 'payment', $3, 'USD', current_date - 3, current_date - 1, $2, $5, $2, now(), $4
     from next returning id`,
    [api.debtId, `partner:${connector}`, amountMinor, commissionMinor, randomUUID()],
  );
}
