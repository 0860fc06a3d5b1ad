import { expect } from '@jest/globals';
import type { CaseEvent } from '@concord/core/events/catalogue';
import type { EventBatchHandler, EventTransport } from '@concord/core/events/event-transport';
import { takeIn } from '@concord/core/events/inbox';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX } from '@concord/core/events/outboxes';
import { lookAtChangedCases } from '@concord/core/positions/looks';
import { debtRow } from './intake-builder.js';
import { pause } from './processes.js';
import { openTestDatabase } from './test-database.js';
import type { TestDatabase } from './test-database.js';
import { asked, BUREAU, OFFICE, openTestOffice } from './test-office.js';
import type { TestOffice } from './test-office.js';

const CONSUMER = 'test';
/** The test's own consumer, in the same transaction. */
const EFFECTS = 'effects';

/** The way of events of one office: its cases, its outbox, and handlers with the real inbox. */
export class EventFlow {
  /** Every event that a handler was given, in the order in which it came. */
  readonly received: { readonly caseId: string; readonly version: number }[] = [];
  private stops = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly office: TestOffice,
  ) {}

  static async open(): Promise<EventFlow> {
    const database = await openTestDatabase();
    const office = await openTestOffice(database);
    await database.asOwner(
      `insert into exchange.connector values ($1, $2, 'metro2', 'credit-reporting', 'report', 'replace', 'Test', 'on', 1, now())`,
      [BUREAU, OFFICE],
    );
    await database.asOwner('create table public.effect (at bigserial, case_id uuid, version bigint)');
    await database.asOwner('grant insert on public.effect to concord_connectors');
    await database.asOwner('grant usage on sequence public.effect_at_seq to concord_connectors');
    return new EventFlow(database, office);
  }

  close(): Promise<void> {
    return this.database.close();
  }

  /** Takes debts in, each a case of its own, and refers them. @returns the cases */
  async cases(count: number): Promise<string[]> {
    const outcomes = await this.office.register(Array.from({ length: count }, () => debtRow()));
    const debts = outcomes.map((outcome) => {
      if (outcome.outcome !== 'registered') throw new Error(`not registered: ${JSON.stringify(outcome)}`);
      return outcome.debtId;
    });
    for (const debtId of debts) {
      const order = { debtId, act: 'report' as const, connectorId: BUREAU, capMinor: null, expiresOn: null };
      await this.office.commands.makeReferral(asked(), order);
    }
    const found = await this.database.asOwner<{ case_id: string }>(
      'select case_id from cases.debt where id = any($1) order by array_position($1, id)',
      [debts],
    );
    return found.map(({ case_id }) => case_id);
  }

  /** Changes cases in turn, so that their events are mixed in the outbox. */
  async change(cases: readonly string[], times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      for (const id of cases) {
        this.stops += 1;
        await this.office.commands.placeStop(asked(), {
          subject: { kind: 'case', id },
          kind: 'dispute',
          startsOn: null,
          endsOn: null,
          details: {},
          source: 'test',
          idempotencyKey: `flow-${this.stops}`,
        });
      }
    }
  }

  relay(transport: EventTransport): OutboxRelay {
    return new OutboxRelay(this.database.gateway, transport, CASES_OUTBOX);
  }

  /** A handler as the connectors have it, that also keeps a row for each effect. */
  handler(before: EventBatchHandler = () => Promise.resolve()): EventBatchHandler {
    return async (events) => {
      const batch = events as readonly CaseEvent[];
      this.received.push(...batch.map(({ subject, caseversion }) => ({ caseId: subject, version: caseversion })));
      await before(events);
      await this.database.connectors.transaction(async (manager) => {
        await lookAtChangedCases(manager, CONSUMER, batch);
        const fresh = new Set(await takeIn(manager, EFFECTS, batch));
        for (const { subject, caseversion } of newest(batch.filter((event) => fresh.has(event.subject)))) {
          await manager.query('insert into public.effect (case_id, version) values ($1, $2)', [subject, caseversion]);
        }
      });
    };
  }

  async waiting(): Promise<number> {
    const [row] = await this.database.asOwner<{ n: string }>('select count(*) as n from cases.outbox');
    return Number(row!.n);
  }

  /** Whether the inbox has the newest version of every case. */
  async complete(): Promise<boolean> {
    const behind = await this.database.asOwner(
      `select 1 from cases.case_file c left join exchange.case_seen s on s.case_id = c.id and s.consumer = '${CONSUMER}'
       where s.version is distinct from c.version limit 1`,
    );
    return behind.length === 0;
  }

  /**
   * What must hold whatever was broken on the way: every case's newest version had its effect, no effect came twice or after
   * a newer one, every debt is marked to be judged, and the first arrivals of a case came in its order.
   */
  async expectWhole(): Promise<void> {
    const effects = await this.database.asOwner<{ case_id: string; version: number }>(
      'select case_id, version from public.effect order by at',
    );
    const cases = await this.database.asOwner<{ id: string; version: number }>(
      'select id, version from cases.case_file',
    );
    const byCase = grouped(effects.map(({ case_id, version }) => [case_id, Number(version)]));
    for (const { id, version } of cases) {
      const reached = byCase.get(id) ?? [];
      expect(reached).toEqual([...new Set(reached)].sort((a, b) => a - b));
      expect(reached.at(-1)).toBe(Number(version));
    }
    const unmarked = await this.database.asOwner(
      'select 1 from cases.debt d where not exists (select 1 from exchange.look l where l.subject_id = d.id)',
    );
    expect(unmarked).toEqual([]);
    for (const versions of grouped(this.received.map(({ caseId, version }) => [caseId, version])).values()) {
      const firsts = [...new Set(versions)];
      expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
    }
  }
}

/** Waits until something holds; fails with its name when it takes too long. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, withinMs = 120_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(`not within ${withinMs / 1000} seconds: ${what}`);
    await pause(50);
  }
}

function newest(events: readonly CaseEvent[]): CaseEvent[] {
  const found = new Map<string, CaseEvent>();
  for (const event of events) {
    const other = found.get(event.subject);
    if (!other || other.caseversion < event.caseversion) found.set(event.subject, event);
  }
  return [...found.values()];
}

function grouped(pairs: readonly (readonly [string, number])[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [key, value] of pairs) found.set(key, [...(found.get(key) ?? []), value]);
  return found;
}
