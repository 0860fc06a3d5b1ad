import { describe, expect, test } from '@jest/globals';
import type { ReleaseList } from '@concord/core/exchanges/release-reads';
import { daysFrom } from '../e2e/thirty-days/calendar.js';
import { API_BUREAU, API_OFFICE, ApiSuite } from '../support/api-suite.js';

const api = new ApiSuite();

async function releases(query: string): Promise<ReleaseList> {
  return (await api.get(`/api/v1/releases?subject=${api.debtId}${query}`).expect(200)).body as ReleaseList;
}

async function officeToday(): Promise<string> {
  return (await api.get(`/api/v1/debts/${api.debtId}/acts?act=report`).expect(200)).body.on as string;
}

/** A release that a bureau owes, with the block that stands behind it where there is one. */
async function owes(rule: string, owedOn: string, dueOn: string, citation: string | null): Promise<void> {
  const { body: debt } = await api.get(`/api/v1/debts/${api.debtId}`);
  const [position] = await api.database.asOwner<{ id: string }>(
    `insert into exchange.position (id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state,
       desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome, known_state, known_amount_minor)
     values (gen_random_uuid(), $1, 'debt', $2::uuid, 'account', $3, $2::uuid::text, 'absent', 0, '{}', 'h', 1, $4, 'withdraw', 'active', 52500)
     returning id`,
    [API_BUREAU, api.debtId, debt.caseId, owedOn],
  );
  await api.database.asOwner(
    `insert into exchange.release_duty (position_id, connector_id, rule, owed_on, due_on) values ($1, $2, $3, $4, $5)`,
    [position!.id, API_BUREAU, rule, owedOn, dueOn],
  );
  if (citation === null) return;
  await api.database.asOwner(
    `insert into exchange.block (connector_id, subject_id, rule, outcome, reason, citation, since)
     values ($1, $2, $3, 'restrain', 'Because.', $4, $5)`,
    [API_BUREAU, api.debtId, rule, citation, owedOn],
  );
}

describe('release duties', () => {
  test('are listed with deadline, rule and source, and counted', async () => {
    const today = await officeToday();
    await owes('US-BK-01', daysFrom(today, -9), daysFrom(today, -7), '11 USC 362(a),(k)');
    const found = await releases('&state=overdue');
    expect(found.counts).toEqual({ open: 1, overdue: 1 });
    expect(found.releases).toMatchObject([
      {
        ...{ jurisdiction: API_OFFICE, connector: API_BUREAU, partner: 'Equifax', act: 'report', debtId: api.debtId },
        ...{ rule: 'US-BK-01', citation: '11 USC 362(a),(k)', withoutCitation: null, reason: 'Because.' },
        ...{ owedOn: daysFrom(today, -9), dueOn: daysFrom(today, -7), doneOn: null, daysLate: 7 },
        ...{ held: 'active', heldMinor: 52_500, inFlight: 0 },
      },
    ]);
    expect((await releases('&state=done')).releases).toEqual([]);
  });

  test('that are in time are open and not overdue, and say why no source is named', async () => {
    const today = await officeToday();
    await owes('REFERRAL', today, today, null);
    expect((await releases('&state=overdue')).releases).toEqual([]);
    const { counts, releases: listed } = await releases('');
    expect(counts).toEqual({ open: 1, overdue: 0 });
    expect(listed).toMatchObject([{ rule: 'REFERRAL', citation: null, daysLate: 0 }]);
    expect(listed[0]!.withoutCitation).toContain('The office decides');
  });

  test('are found by the number of their debt', async () => {
    const today = await officeToday();
    await owes('REFERRAL', today, today, null);
    const { body: debt } = await api.get(`/api/v1/debts/${api.debtId}`);
    const of = async (subject: string): Promise<ReleaseList> =>
      (await api.get(`/api/v1/releases?subject=${subject}`).expect(200)).body as ReleaseList;
    expect((await of(String(debt.number))).releases).toMatchObject([{ debtId: api.debtId, rule: 'REFERRAL' }]);
  });

  test.each(['jurisdiction', 'connector', 'subject'])(
    'of a %s that there is not are refused, not counted as none',
    async (of) => {
      const { body } = await api.get(`/api/v1/releases?${of}=nope`).expect(404);
      expect(body.code).toBe(of === 'subject' ? 'debt-unknown' : `${of}-unknown`);
    },
  );

  test('are refused by states that there are not', async () => {
    await api.get('/api/v1/releases?state=late').expect(400);
  });
});
