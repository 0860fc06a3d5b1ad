import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { OFFICE } from '../database/office.ts';
import { copyToFile } from '../database/copy.ts';
import { settle } from '../database/server.ts';
import type { BenchDatabase } from '../database/server.ts';
import { CHANGED_CASES } from './referred-debts.ts';

export const CHANGES_PER_CASE = 5;

/** What happens in a case, by the version that it makes: a life of a debt, as short as it can be. */
const EVENTS = `case v
  when 1 then jsonb_build_object('type', 'concord.debt.registered.v1', 'data', jsonb_build_object('debtId', debt_id))
  when 2 then jsonb_build_object('type', 'concord.debt.itemised.v1', 'data', jsonb_build_object('debtId', debt_id))
  when 3 then jsonb_build_object('type', 'concord.referral.made.v1', 'data', jsonb_build_object(
    'referralId', gen_random_uuid(), 'debtId', debt_id, 'connectorId', 'us-tx-example-agency'))
  when 4 then jsonb_build_object('type', 'concord.ledger.posted.v1', 'data', jsonb_build_object(
    'debtId', debt_id, 'entryId', gen_random_uuid()))
  else jsonb_build_object('type', 'concord.stop.placed.v1', 'data', jsonb_build_object('stopId', gen_random_uuid()))
end`;

/**
 * Puts the events in the outbox that so many changes would have left there. A case's first change is among the last
 * changes of others, so that a batch holds events of every type.
 */
export async function storeWaitingEvents({ owner }: BenchDatabase): Promise<void> {
  await owner.query('begin');
  await owner.query(
    `insert into cases.outbox (case_id, event)
     select id, jsonb_build_object('specversion', '1.0', 'id', gen_random_uuid(), 'source', '/concord/cases/' || $1::text,
       'subject', id, 'time', '2026-03-16T15:04:05.000Z', 'datacontenttype', 'application/json', 'partitionkey', id,
       'caseversion', v, 'correlationid', gen_random_uuid()) || ${EVENTS}
     from ${CHANGED_CASES} c cross join generate_series(1, $2::integer) v
     order by n + v * (select count(*) from cases.case_file) / 20, v`,
    [OFFICE, CHANGES_PER_CASE],
  );
  await owner.query(`update cases.case_file set version = $1 where id in (select case_id from cases.outbox)`, [
    CHANGES_PER_CASE,
  ]);
  await owner.query('commit');
  await settle(owner);
}

/** Writes what waits to a file, lane by lane as a relay takes it: lane, key, body. */
export async function dumpMessages({ owner }: BenchDatabase, file: string): Promise<void> {
  await copyToFile(owner, 'select lane, case_id, event::text from cases.outbox order by lane, id', file);
}

/** One event as the outbox holds it. */
export interface WaitingMessage {
  readonly lane: string;
  readonly key: string;
  readonly value: string;
}

/** Reads a file that {@link dumpMessages} wrote. Nothing in an event needs COPY's escapes. */
export async function readMessages(file: string): Promise<WaitingMessage[]> {
  const messages: WaitingMessage[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [lane, key, value] = line.split('\t');
    if (lane === undefined || key === undefined || value === undefined) throw new Error('a line is cut off');
    messages.push({ lane, key, value });
  }
  return messages;
}
