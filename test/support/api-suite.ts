import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Type } from '@nestjs/common';
import request from 'supertest';
import { CommandDesk } from '@concord/core/commands/command-desk';
import { ConnectorRegistry } from '@concord/core/connectors/connector-registry';
import { Loops } from '@concord/core/platform/loops';
import { LOG } from '@concord/core/platform/tokens';
import { LiveProcess } from '@concord/core/processes/live-process';
import { debtRow, person } from './intake-builder.js';
import { openTestApplication } from './test-application.js';
import type { TestApplication } from './test-application.js';
import type { TestDatabase } from './test-database.js';

export const API_OFFICE = 'us-ca-berkeley';
export const API_BUREAU = 'us-ca-berkeley-equifax';
/** An id that belongs to nothing. */
export const NOBODY = '00000000-0000-4000-8000-000000000000';
/** Who {@link ApiSuite.post} says that it is. */
export const OFFICER = 'officer.jane';

type Changes = Record<string, unknown>;

/** The API of the whole application for the tests of one file, with a newly registered debt for each of them. */
export class ApiSuite {
  debtId!: string;
  private application!: TestApplication;

  /** @param takesCommands whether what is ordered of the connectors is carried out, as by a process of theirs */
  constructor(takesCommands = false) {
    let stop = (): Promise<void> => Promise.resolve();
    beforeAll(async () => {
      this.application = await openTestApplication();
      await this.application.app.get(ConnectorRegistry).propose();
      if (takesCommands) stop = await takeCommands(this.application);
    });
    afterAll(async () => {
      await stop();
      await this.application.close();
    });
    beforeEach(async () => {
      const { body } = await this.post('/api/v1/debts', this.debt()).expect(201);
      this.debtId = body.debtId as string;
    });
  }

  /** What the application is composed of. */
  part<T>(token: Type<T> | symbol): T {
    return this.application.app.get<T>(token);
  }

  get database(): TestDatabase {
    return this.application.database;
  }

  agent() {
    return request(this.application.app.getHttpServer());
  }

  get(path: string) {
    return this.agent().get(path);
  }

  post(path: string, body: object) {
    return this.agent().post(path).set('x-concord-actor', OFFICER).send(body);
  }

  /** Bodies as clients send them, to be varied; a new debt, or about {@link debtId}. */
  debt(changes: Changes = {}): Changes {
    const { stops: _, ...row } = debtRow({ debtor: person() });
    return { jurisdictionId: API_OFFICE, ...row, ...changes };
  }

  payment(changes: Changes = {}): Changes {
    return { debtId: this.debtId, amountMinor: 1_000, currency: 'USD', idempotencyKey: randomUUID(), ...changes };
  }

  stop(changes: Changes = {}): Changes {
    const subject = { kind: 'debt', id: this.debtId };
    return { subject, kind: 'dispute', source: 'letter', idempotencyKey: randomUUID(), ...changes };
  }

  proof(changes: Changes = {}): Changes {
    return { debtId: this.debtId, kind: 'notice-sent', on: '2026-03-10', idempotencyKey: randomUUID(), ...changes };
  }

  referral(changes: Changes = {}): Changes {
    return { debtId: this.debtId, act: 'report', connectorId: API_BUREAU, ...changes };
  }
}

/** @returns what ends it */
async function takeCommands({ app }: TestApplication): Promise<() => Promise<void>> {
  const process = app.get(LiveProcess);
  const id = await process.register();
  const loops = new Loops(app.get(LOG));
  loops.begin({ name: 'commands', pauseMs: 20, turn: () => app.get(CommandDesk).takeNext(id) });
  return async () => {
    await loops.stop();
    await process.leave();
  };
}
