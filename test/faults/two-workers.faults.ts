import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { connect } from '@concord/core/database/connections';
import type { EventTransport } from '@concord/core/events/event-transport';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX } from '@concord/core/events/outboxes';
import { OutboundRun } from '@concord/core/exchanges/out/outbound-run';
import { BureauSuite } from '../support/bureau-suite.js';
import { EventFlow } from '../support/event-flow.js';
import { pause } from '../support/processes.js';
import { TODAY } from '../support/test-office.js';
import type { RegisteredDebt } from '../support/test-office.js';
import { BetweenStatements } from './support/between-statements.js';
import { broken } from './support/broken.js';

jest.setTimeout(600_000);

const CUTOFFS = 12;
/** In the statement that takes what waits out of an outbox: that whole lanes are claimed, and what a claim of events would be. */
const LANES_CLAIMED = 'for update of l skip locked';
const WHOLE_LANES = 'o.lane = any (array(select lane from claimed))';
const FIRST = 'o.id in (select id from cases.outbox order by id limit 3 for update skip locked)';
/** The cutoff's name, in the statement that opens its exchange. */
const OPENED_BY_NAME = /(?<=\$1, \$2, 'out', \$3, )\$4,/;

/** A way to the transport on which everything takes a while: what overtakes it can be told. */
function slowly(transport: EventTransport): EventTransport {
  const publish: EventTransport['publish'] = async (stream, messages) => {
    await pause(250);
    await transport.publish(stream, messages);
  };
  return Object.assign(Object.create(transport) as EventTransport, { publish });
}

describe('two relays of one outbox', () => {
  let flow: EventFlow;
  let other: DataSource;

  beforeEach(async () => {
    flow = await EventFlow.open();
    other = await connect(flow.database.url, 'concord_gateway');
  });
  afterEach(async () => {
    await other.destroy();
    await flow.close();
  });

  /** A slow and a quick one, while cases change. @returns how many events each carried */
  async function bothCarry(): Promise<readonly number[]> {
    // Of few cases, so that the next event of one comes while the last is on its way.
    const cases = await flow.cases(2);
    const transport = new InProcessTransport();
    await transport.subscribe('case-events', flow.handler());
    const relays = [flow.relay(slowly(transport)), new OutboxRelay(other, transport, CASES_OUTBOX)];
    let changing = true;
    const changes = flow.change(cases, 60).finally(() => (changing = false));
    const carried = await Promise.all(
      relays.map(async (relay) => {
        let events = 0;
        while (changing || (await flow.waiting()) > 0) events += await relay.drain();
        return events;
      }),
    );
    await changes;
    return carried;
  }

  test('carry each event in the order of its case, and each has its effect once', async () => {
    const [one, two] = await bothCarry();
    await flow.expectWhole();
    // Each had its share, or nothing was proven.
    expect(one).toBeGreaterThan(0);
    expect(two).toBeGreaterThan(0);
    broken(`two relays on one outbox (${one} and ${two} events)`, 2, 'every effect once, in the order of its case');
  });

  test('bites: where single events are claimed instead of lanes, later ones overtake earlier ones', async () => {
    // Locking an event takes a right that relays do not need.
    await flow.database.asOwner('grant update on cases.outbox to concord_gateway');
    for (const pool of [flow.database.gateway, other]) {
      new BetweenStatements(pool).replace = (statement) =>
        statement.includes('as waiting, t.id')
          ? statement.replace(LANES_CLAIMED, '').replace(WHOLE_LANES, FIRST)
          : statement;
    }
    await bothCarry();
    await expect(flow.expectWhole()).rejects.toThrow(/toEqual/);
    broken('single events claimed, not lanes (seeded)', 1, 'the test above notices it');
  });
});

describe('two workers that run one cutoff', () => {
  const suite = new BureauSuite();
  let other: DataSource;
  let debts: RegisteredDebt[];

  beforeEach(async () => {
    other = await connect(suite.database.url, 'concord_connectors');
    debts = [await suite.referred(), await suite.referred(), await suite.referred()];
  });
  afterEach(() => other.destroy());

  /** Both run it at once; then one of them goes on with what is left of it. */
  async function bothRun(cutoff: number): Promise<{ readonly sent: string; readonly lost: number }> {
    const { bureau } = suite;
    await suite.pay(debts[0]!, 100);
    await bureau.judge();
    const cutoffKey = `cutoff-${cutoff}`;
    const order = { cutoffKey, first: false, businessDate: TODAY, asOf: TODAY, correlationId: 'c' };
    const connector = await bureau.connector();
    const both = await Promise.allSettled(
      [bureau.parts(), { ...bureau.parts(), exchange: other }].map((parts) =>
        new OutboundRun(parts).run(connector, order),
      ),
    );
    const lost = both.filter(({ status }) => status === 'rejected').length;
    return { sent: await bureau.send(cutoffKey), lost };
  }

  const atPartner = (): string[] => [...suite.bureau.channel.files.keys()].filter((path) => path.startsWith('/inbox/'));

  test('make one file of it, with one number, and each position is in flight once', async () => {
    const { bureau, database } = suite;
    let lost = 0;
    for (let cutoff = 1; cutoff <= CUTOFFS; cutoff += 1) {
      const run = await bothRun(cutoff);
      lost += run.lost;
      expect(await bureau.exchange(run.sent)).toMatchObject({ state: 'delivered', sequence: cutoff, records: 3 });
      expect(atPartner()).toHaveLength(cutoff);
      expect(await bureau.read(run.sent)).toHaveLength(3);
    }
    const [last] = await database.asOwner<{ last: number }>('select last from exchange.file_sequence');
    expect(Number(last!.last)).toBe(CUTOFFS);
    const doubled = await database.asOwner(
      'select 1 from exchange.record group by exchange_id, position_id, entry_id having count(*) filter (where status = $1) > 1',
      ['delivered'],
    );
    expect(doubled).toEqual([]);
    broken(
      'two workers on one cutoff',
      CUTOFFS,
      `one file and one number each; ${lost} times one of them found that the other had done the step`,
    );
  });

  test('bites: where a cutoff is not known by its name, each worker makes a file of it', async () => {
    for (const pool of [suite.database.connectors, other]) {
      new BetweenStatements(pool).replace = (statement) =>
        statement.replace(OPENED_BY_NAME, () => '$4::text || gen_random_uuid()::text,');
    }
    await bothRun(1);
    expect(atPartner().length).toBeGreaterThan(1);
    broken('a cutoff that is not known by its name (seeded)', 1, 'the test above notices it');
  });
});
