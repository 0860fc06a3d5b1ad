import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { ReleaseList } from '@concord/core/exchanges/release-reads';
import { WHOLE_SHARE } from '../support/share.js';
import { debtsInOrder } from './thirty-days/office-api.js';
import { OFFICES } from './thirty-days/offices.js';
import { RulesHub } from './sixty-days/rules-hub.js';
import { SixtyDaysRun } from './sixty-days/sixty-days-run.js';
import type { Silence } from './sixty-days/sixty-days-run.js';
import { openDuties } from './sixty-days/told.js';

jest.setTimeout(60 * 60_000);

/** `npm test` runs the same few days every time, `npm run test:faults` other ones; the variable chooses. */
const { CONCORD_TEST_SEED: chosen, CONCORD_FAULTS_SEED: ofThisRun } = process.env;
const SEED = Number(chosen ?? (WHOLE_SHARE ? ofThisRun : undefined) ?? 20_261);

const DAYS = WHOLE_SHARE ? 60 : 6;
/** An agency and the bureau answer late: after a week, and again after four days; in the fast share after two. */
const SILENCES: readonly Silence[] = WHOLE_SHARE
  ? [
      { who: 'agency', from: 18, until: 23 },
      { who: 'bureau', from: 30, until: 35 },
      { who: 'agency', from: 46, until: 50 },
      { who: 'bureau', from: 46, until: 50 },
    ]
  : [
      { who: 'agency', from: 3, until: 5 },
      { who: 'bureau', from: 3, until: 5 },
    ];

const SPOILT_DAYS = 4;
const DISPUTED_ON = 2;
const DISPUTED = 8;
/** As the database has it, but that no dispute is ever seen. */
const VIEW_WITHOUT_DISPUTES = `
  create or replace view cases_v1.stop as
    select id, case_id, scope, subject_id, kind, starts_on, ends_on, lifted_on, details, party_id
    from cases.stop where kind <> 'dispute'
    union all
    select a.id, a.case_id, 'debt', o.debt_id, 'arrangement', a.agreed_on, null::date, a.ended_on,
           jsonb_build_object('acts', to_jsonb(a.holds_back)), null::uuid
    from cases.arrangement_debt o join cases.arrangement a on a.id = o.arrangement_id`;

const run = new SixtyDaysRun(new RulesHub(), SEED, DAYS, SILENCES);
const spoilt = new SixtyDaysRun(
  new RulesHub([{ rule: 'US-REGF-01', parameters: { waitDays: 0 }, because: 'a fault that a test makes' }]),
  SEED,
  SPOILT_DAYS,
  [],
  spoil,
);

/** Nobody waits for a notice to come back, and disputes are not seen: neither by who sends nor by who explains. */
async function spoil(day: number): Promise<void> {
  if (day === 0) await spoilt.hub.database.asOwner(VIEW_WITHOUT_DISPUTES);
  if (day !== DISPUTED_ON) return;
  for (const office of OFFICES) {
    for (const { id } of (await debtsInOrder(spoilt.hub.api, office.id)).slice(0, DISPUTED)) {
      const subject = { kind: 'debt', id };
      await spoilt.hub.api.post('/stops', { subject, kind: 'dispute', source: 'letter', idempotencyKey: 'spoilt' });
    }
  }
}

const noticed = (fault: RegExp): string[] => spoilt.faults.filter((each) => fault.test(each));

describe(`sixty random days (${DAYS} of them, CONCORD_TEST_SEED=${SEED})`, () => {
  beforeAll(async () => {
    await Promise.all([run.run(), spoilt.run()]);
  });
  afterAll(async () => {
    await Promise.all([run.hub.remove(), spoilt.hub.remove()]);
  });

  test('something happened: partners were told, and much was in the way', async () => {
    expect(run.looked.records).toBeGreaterThan(DAYS * 3);
    expect(run.looked.explanations).toBeGreaterThan(DAYS * OFFICES.length);
    expect(run.looked.blocked).toBeGreaterThan(DAYS);
    if (!WHOLE_SHARE) return;
    expect(run.looked.overdue).toBeGreaterThan(0);
    const done = new Set([...run.people.values()].flatMap((memory) => [...memory.done.keys()]));
    const stops = ['insolvency', 'dispute', 'deceased', 'hearing-pending', 'judicial-stay', 'moratorium', 'minor'];
    const papers = ['notice-sent', 'notice-returned', 'conversation-held', 'hearing-outcome'];
    const more = ['plan', 'instalment', 'lifted', 'withdrawal', 'payment', 'fee'];
    expect([...done]).toEqual(expect.arrayContaining([...stops, ...papers, ...more]));
    const plans = await run.hub.database.asOwner<{ state: string }>('select distinct state from cases.arrangement');
    expect(plans.map(({ state }) => state)).toContain('breached');
  });

  test('nothing was told that the rules forbid on what was stored, no release was late, and all is explained', () => {
    expect(run.faults).toEqual([]);
  });

  test.each(OFFICES)('$id lists its release duties with deadline, rule and source', async ({ id }) => {
    const open = await openDuties(run.hub.database, id);
    const { counts, releases } = await run.hub.api.get<ReleaseList>(`/releases?jurisdiction=${id}`);
    expect(counts.open).toBe(open.length);
    const listed = releases.map(({ connector, debtId, rule, dueOn }) => [dueOn, connector, debtId, rule].join(' '));
    expect(listed.sort()).toEqual(
      open.map(({ connector, debtId, rule, dueOn }) => [dueOn, connector, debtId, rule].join(' ')).sort(),
    );
    for (const { citation, withoutCitation } of releases) expect(citation ?? withoutCitation).toBeTruthy();
  });

  test('bites: reports before the fourteen days are over are noticed', () => {
    expect(noticed(/opened, against .*US-REGF-01 keep-out/)).not.toEqual([]);
    expect(noticed(/explained by .* but the rules ask .*US-REGF-01/)).not.toEqual([]);
  });

  test('bites: disputes that nobody sees are noticed, where partners go on unmarked', () => {
    expect(noticed(/last told active.* is owed .*dispute/)).not.toEqual([]);
    expect(noticed(/explained by .* but the rules ask .*dispute/)).not.toEqual([]);
  });
});
