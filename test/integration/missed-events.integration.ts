import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CaseEvent } from '@concord/core/events/catalogue';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { CaseEventsController } from '@concord/core/positions/case-events.controller';
import { POSITIONS_CONSUMER } from '@concord/core/events/inbox';
import { lookAtMissedCases } from '@concord/core/positions/looks';
import { EventFlow } from '../support/event-flow.js';

let flow: EventFlow;
let transport: InProcessTransport;

beforeEach(async () => {
  flow = await EventFlow.open();
  transport = new InProcessTransport();
  const positions = new CaseEventsController(flow.database.connectors);
  await transport.subscribe('case-events', (events) => positions.mark(events as readonly CaseEvent[]));
});
afterEach(() => flow.close());

const marked = async (): Promise<string[]> => {
  const found = await flow.database.asOwner<{ case_id: string }>(
    `select d.case_id from exchange.look l join cases.debt d on d.id = l.subject_id where l.due_on = '-infinity'`,
  );
  return found.map(({ case_id }) => case_id);
};
const judged = (): Promise<unknown> => flow.database.asOwner('delete from exchange.look');

test('cases whose last event never came are marked to be judged, and only they', async () => {
  const [lost] = (await flow.cases(5)) as [string];
  await flow.relay(transport).drain();
  await judged();
  await flow.change([lost]);
  await flow.database.asOwner('delete from cases.outbox');
  expect(await lookAtMissedCases(flow.database.connectors, POSITIONS_CONSUMER)).toBe(1);
  expect(await marked()).toEqual([lost]);
});

test('cases of which no event ever came are marked', async () => {
  const cases = await flow.cases(3);
  expect(await lookAtMissedCases(flow.database.connectors, POSITIONS_CONSUMER)).toBe(3);
  expect((await marked()).sort()).toEqual([...cases].sort());
});

test('a look that was planned for later is due at once', async () => {
  const cases = await flow.cases(2);
  await flow.relay(transport).drain();
  await flow.change(cases);
  await flow.database.asOwner(`update exchange.look set due_on = '2030-01-01'`);
  await lookAtMissedCases(flow.database.connectors, POSITIONS_CONSUMER);
  expect(await marked()).toHaveLength(2);
});

test('nothing is marked twice: neither by the next start nor by an event that was only late', async () => {
  const cases = await flow.cases(2);
  expect(await lookAtMissedCases(flow.database.connectors, POSITIONS_CONSUMER)).toBe(2);
  await judged();
  expect(await lookAtMissedCases(flow.database.connectors, POSITIONS_CONSUMER)).toBe(0);
  expect(await flow.relay(transport).drain()).toBe(4);
  expect(await marked()).toEqual([]);
  await flow.change(cases.slice(0, 1));
  await flow.relay(transport).drain();
  expect(await marked()).toEqual([cases[0]]);
});
