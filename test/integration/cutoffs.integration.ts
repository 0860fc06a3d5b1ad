import { beforeEach, describe, expect, test } from '@jest/globals';
import { BetweenStatements } from '../faults/support/between-statements.js';
import { AgencySuite } from '../support/agency-suite.js';
import { HARBOR, paymentRecord } from '../support/test-agencies.js';
import { TODAY } from '../support/test-office.js';
import { TestSchedule } from '../support/test-schedule.js';

// The partners work in New York, on Sundays but not on Tuesdays, and have days of their own.
const suite = new AgencySuite({
  timeZone: 'America/New_York',
  calendar: {
    country: 'US',
    weekend: [2],
    closures: ['2026-03-19'],
    halfDays: [{ date: '2026-03-20', closesAt: '13:00' }],
  },
});
let schedule: TestSchedule;

beforeEach(async () => {
  const { agencies, office } = suite;
  schedule = newSchedule();
  // The office has gone live: the first file is out.
  await suite.referred();
  await agencies.judge();
  await agencies.engine().send({ connectorId: HARBOR, businessDate: TODAY, correlationId: 'test' });
  expect(await cutoffs()).toEqual(['initial']);
  office.clock.set('2026-03-17T15:00:00Z');
});

const newSchedule = (): TestSchedule =>
  new TestSchedule(suite.office, suite.agencies.registry, (id) => suite.agencies.engine(id || HARBOR));

/** The cutoffs that were run, in that order; each has one exchange of every kind. */
async function cutoffs(): Promise<string[]> {
  const found = await suite.database.asOwner<{ key: string; exchanges: number; kinds: number }>(
    `select cutoff_key as key, count(*)::integer as exchanges, count(distinct kind)::integer as kinds
     from exchange.exchange where connector_id = $1 and direction = 'out'
     group by cutoff_key order by min(started_at), cutoff_key`,
    [HARBOR],
  );
  for (const { exchanges, kinds } of found) expect([exchanges, kinds]).toEqual([3, 3]);
  return found.map(({ key }) => key);
}

async function at(instant: string): Promise<string[]> {
  suite.office.clock.set(instant);
  return schedule.turn();
}

describe('a cutoff', () => {
  test("comes on the partner's days, at its hour, and when it closes early", async () => {
    // 18:00 in New York is 22:00 in UTC. Tuesdays are this partner's day off.
    expect(await at('2026-03-17T23:00:00Z')).toEqual([]);
    expect(await at('2026-03-18T21:59:00Z')).toEqual([]);
    expect(await at('2026-03-18T22:00:00Z')).toEqual(['send']);
    expect(await at('2026-03-18T22:00:20Z')).toEqual([]);
    // Closed on the 19th; until 13:00 on the 20th.
    expect(await at('2026-03-19T23:00:00Z')).toEqual([]);
    expect(await at('2026-03-20T16:59:00Z')).toEqual([]);
    expect(await at('2026-03-20T17:00:00Z')).toEqual(['send']);
    expect(await at('2026-03-20T22:00:00Z')).toEqual([]);
    // On a Sunday it works.
    expect(await at('2026-03-22T22:00:00Z')).toEqual(['send']);
    expect(await cutoffs()).toEqual(['initial', '2026-03-18', '2026-03-20', '2026-03-22']);
  });

  test('runs once when the clock is set back by an hour or a day, and when it comes there again', async () => {
    expect(await at('2026-03-18T22:10:00Z')).toEqual(['send']);
    expect(await at('2026-03-18T21:10:00Z')).toEqual([]);
    expect(await at('2026-03-18T22:10:00Z')).toEqual([]);
    expect(await at('2026-03-17T22:10:00Z')).toEqual([]);
    expect(await at('2026-03-18T22:10:00Z')).toEqual([]);
    expect(await cutoffs()).toEqual(['initial', '2026-03-18']);
  });

  test('is not left out after the clock was ahead by a week, nor is the one that ran then run again', async () => {
    expect(await at('2026-03-18T22:10:00Z')).toEqual(['send']);
    expect(await at('2026-03-25T22:10:00Z')).toEqual(['send']);
    for (const day of ['18', '20', '21', '22', '23', '25', '26']) await at(`2026-03-${day}T22:30:00Z`);
    expect((await cutoffs()).sort()).toEqual([
      '2026-03-18',
      '2026-03-20',
      '2026-03-21',
      '2026-03-22',
      '2026-03-23',
      '2026-03-25',
      '2026-03-26',
      'initial',
    ]);
  });

  test('that was missed is made up for on the next day of the partner, one file for all', async () => {
    await at('2026-03-18T22:10:00Z');
    // Nobody was there on the 20th and the 21st; a Tuesday is no day for it.
    expect(await at('2026-03-24T15:00:00Z')).toEqual([]);
    expect(await at('2026-03-25T13:00:00Z')).toEqual(['send']);
    expect(await at('2026-03-25T22:00:00Z')).toEqual(['send']);
    expect(await cutoffs()).toEqual(['initial', '2026-03-18', '2026-03-23', '2026-03-25']);
  });

  test('is opened once by two processes that both see it come', async () => {
    const other = newSchedule();
    suite.office.clock.set('2026-03-18T22:00:00Z');
    const debt = await suite.referred();
    await suite.agencies.judge(HARBOR, '2026-03-18');
    await Promise.allSettled([schedule.look(), other.look()]);
    await schedule.look();
    expect(await cutoffs()).toEqual(['initial', '2026-03-18']);
    const records = await suite.database.asOwner(
      `select 1 from exchange.record r join exchange.position p on p.id = r.position_id where p.subject_id = $1`,
      [debt.id],
    );
    expect(records).toHaveLength(1);
  });
});

describe('a cutoff while findings are on their way', () => {
  const alerts = () =>
    suite.database.asOwner<{ about: string; message: string; details: object; over: boolean }>(
      `select about, message, details, cleared_at is not null as over from exchange.alert where cause = 'cases-left-out'`,
    );

  async function twoRecallsAndAPayment() {
    const { agencies, office } = suite;
    office.clock.set(`${TODAY}T16:00:00Z`);
    const [heard, unheard] = await suite.placed(2);
    office.clock.set('2026-03-18T16:00:00Z');
    const hold = agencies.holdFindings();
    await agencies.says('agency-payments', [paymentRecord(unheard!, 'P-1', 2_500)]);
    await suite.withdraw(heard!);
    await suite.withdraw(unheard!);
    return { heard: heard!, unheard: unheard!, hold };
  }

  test('waits for them, and goes with every case when they are applied in time', async () => {
    const { agencies } = suite;
    const { heard, unheard, hold } = await twoRecallsAndAPayment();
    await agencies.publish();
    expect(await at('2026-03-18T22:00:00Z')).toEqual([]);
    expect(await at('2026-03-18T22:14:00Z')).toEqual([]);
    hold.release();
    await agencies.publish();
    // Applied, but not judged yet.
    suite.office.clock.set('2026-03-18T22:14:20Z');
    expect(await schedule.look()).toEqual([]);
    expect(await at('2026-03-18T22:14:40Z')).toEqual(['send']);
    expect((await agencies.placement(heard.id)).known).toBe('restrained');
    expect((await agencies.placement(unheard.id)).known).toBe('restrained');
    expect(await alerts()).toEqual([]);
  });

  test('goes without the affected cases after a quarter of an hour, says so, and tells them at the next', async () => {
    const { agencies } = suite;
    const { heard, unheard, hold } = await twoRecallsAndAPayment();
    await agencies.publish();
    expect(await at('2026-03-18T22:14:59Z')).toEqual([]);
    expect(await at('2026-03-18T22:15:00Z')).toEqual(['send']);
    expect((await agencies.placement(heard.id)).known).toBe('restrained');
    expect(await agencies.placement(unheard.id)).toMatchObject({ known: 'active', release: expect.any(String) });
    const [alert] = await alerts();
    expect(alert).toMatchObject({
      over: false,
      message: expect.stringMatching(/goes without 1 case: .*harbor: .*They go with the next file\./),
      details: { cases: 1 },
    });

    hold.release();
    await agencies.publish();
    expect(await at('2026-03-20T17:00:00Z')).toEqual(['send']);
    expect((await agencies.placement(unheard.id)).known).toBe('restrained');
    expect(await alerts()).toMatchObject([{ over: true }]);
  });

  test('that was missed while no process ran waits from when one is there again', async () => {
    const { hold } = await twoRecallsAndAPayment();
    await suite.agencies.publish();
    expect(await at('2026-03-18T23:00:00Z')).toEqual([]);
    expect(await at('2026-03-18T23:14:59Z')).toEqual([]);
    expect(await at('2026-03-18T23:15:00Z')).toEqual(['send']);
    hold.release();
    await suite.agencies.publish();
  });

  test('keeps out also what is published and not taken yet, as happens between processes', async () => {
    const { agencies, database } = suite;
    const { unheard, hold } = await twoRecallsAndAPayment();
    await agencies.publish();
    // The broker has the event; nobody has taken it.
    const [gone] = await database.asOwner<{ event: object }>('delete from exchange.outbox returning event');
    expect(await at('2026-03-18T22:15:00Z')).toEqual(['send']);
    expect((await agencies.placement(unheard.id)).known).toBe('active');
    expect(await alerts()).toMatchObject([{ over: false }]);
    await database.asOwner('insert into exchange.outbox (connector_id, event) values ($1, $2)', [HARBOR, gone!.event]);
    hold.release();
    await agencies.publish();
    expect(await at('2026-03-20T17:00:00Z')).toEqual(['send']);
    expect((await agencies.placement(unheard.id)).known).toBe('restrained');
    expect(await database.asOwner('select 1 from exchange.findings_on_way')).toEqual([]);
  });

  /** Has every statement of the connectors' from now on see something else. */
  const blind = (known: string | RegExp, instead: string): void => {
    new BetweenStatements(suite.database.connectors).replace = (statement) => statement.replace(known, instead);
  };

  test('bites: one that does not see them goes at once, without the affected cases', async () => {
    const { agencies } = suite;
    const { heard, unheard, hold } = await twoRecallsAndAPayment();
    await agencies.publish();
    blind('exists (select 1 from exchange.outbox) as waiting', 'false as waiting');
    expect(await at('2026-03-18T22:00:00Z')).toEqual(['send']);
    expect((await agencies.placement(heard.id)).known).toBe('restrained');
    expect((await agencies.placement(unheard.id)).known).toBe('active');
    hold.release();
    await agencies.publish();
  });

  test('bites: a file that is not looked through for them says what is out of date', async () => {
    const { agencies } = suite;
    const { unheard, hold } = await twoRecallsAndAPayment();
    await agencies.publish();
    blind(/or p\.case_id in \(select case_id from unheard\)(?=\) as stale)/, '');
    expect(await at('2026-03-18T22:15:00Z')).toEqual(['send']);
    expect((await agencies.placement(unheard.id)).known).toBe('restrained');
    expect(await alerts()).toEqual([]);
    hold.release();
    await agencies.publish();
  });
});
