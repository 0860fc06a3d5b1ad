import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { connect } from '@concord/core/database/connections';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX } from '@concord/core/events/outboxes';
import { OutboundRun } from '@concord/core/exchanges/out/outbound-run';
import { BureauSuite } from '../support/bureau-suite.js';
import { EventFlow } from '../support/event-flow.js';
import { TODAY } from '../support/test-office.js';
import type { RegisteredDebt } from '../support/test-office.js';
import { BetweenStatements } from './support/between-statements.js';
import { broken } from './support/broken.js';

jest.setTimeout(300_000);

const CUTOFFS = 12;
/** The cutoff's name, in the statement that opens its exchange. */
const OPENED_BY_NAME = /(?<=\$1, \$2, 'out', \$3, )\$4,/;

describe('two relays of one outbox', () => {
  test('carry each event in the order of its case, and each has its effect once', async () => {
    const flow = await EventFlow.open();
    const other = await connect(flow.database.url, 'concord_gateway');
    try {
      const cases = await flow.cases(12);
      const transport = new InProcessTransport();
      await transport.subscribe('case-events', flow.handler());
      const relays = [flow.relay(transport), new OutboxRelay(other, transport, CASES_OUTBOX)];
      let changing = true;
      const changes = flow.change(cases, 12).finally(() => (changing = false));
      const carried = await Promise.all(
        relays.map(async (relay) => {
          let events = 0;
          while (changing || (await flow.waiting()) > 0) events += await relay.drain();
          return events;
        }),
      );
      await changes;
      await flow.expectWhole();
      // Each had its share, or nothing was proven.
      for (const events of carried) expect(events).toBeGreaterThan(0);
      const [one, two] = carried;
      broken(`two relays on one outbox (${one} and ${two} events)`, 2, 'every effect once, in the order of its case');
    } finally {
      await other.destroy();
      await flow.close();
    }
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
