import { randomUUID } from 'node:crypto';
import { CaseCommands } from '@concord/core/cases/case-commands';
import type { AskedBy } from '@concord/core/cases/case-commands';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import { registerDebts } from '@concord/core/cases/registration';
import type { RegistrationOutcome } from '@concord/core/cases/registration';
import { jurisdictionFile } from '@concord/core/configuration/jurisdiction-file';
import type { Jurisdiction } from '@concord/core/configuration/jurisdiction-file';
import { storeJurisdictions } from '@concord/core/configuration/store-jurisdictions';
import type { FieldCipher } from '@concord/core/crypto/field-cipher';
import { SetClock } from './set-clock.js';
import type { TestDatabase } from './test-database.js';
import { testCipher } from './test-keys.js';

/** A Monday, and the date on the wall of the test office when its clock is not set. */
export const TODAY = '2026-03-16';
export const OFFICE = 'us-tx-example';
export const BUREAU = 'us-tx-example-bureau';

/** Requests of the test office are its own; a test that looks at the actor names another. */
export function asked(actor = 'tester'): AskedBy {
  return { actor, correlationId: randomUUID() };
}

/** A made-up city in Texas that reports to one bureau, and has no strategies unless some are given. */
export function testJurisdiction(changes: Record<string, unknown> = {}): Jurisdiction {
  return jurisdictionFile.parse({
    id: OFFICE,
    title: 'City of Exampleton',
    country: 'US',
    currency: 'USD',
    timeZone: 'America/Chicago',
    holidays: { country: 'US', region: 'TX' },
    weekend: [6, 7],
    ...changes,
  });
}

/** The case core of one office over a test database. */
export interface TestOffice {
  readonly database: TestDatabase;
  readonly jurisdiction: Jurisdiction;
  readonly clock: SetClock;
  readonly cipher: FieldCipher;
  readonly commands: CaseCommands;
  /** Registers rows in one transaction. @returns what became of each row */
  register(rows: readonly IntakeRow[]): Promise<RegistrationOutcome[]>;
  /** Registers one row that must not be refused. @returns its ids */
  debt(row: IntakeRow): Promise<RegisteredDebt>;
}

export interface RegisteredDebt {
  readonly id: string;
  readonly number: string;
  readonly caseId: string;
  readonly debtorId: string;
}

export async function openTestOffice(
  database: TestDatabase,
  changes: Record<string, unknown> = {},
): Promise<TestOffice> {
  const jurisdiction = testJurisdiction(changes);
  await storeJurisdictions(database.gateway, [jurisdiction]);
  const clock = new SetClock(`${TODAY}T15:00:00Z`);
  const cipher = testCipher();
  const register = (rows: readonly IntakeRow[]): Promise<RegistrationOutcome[]> =>
    database.gateway.transaction((manager) => {
      const context = {
        ...asked(),
        at: clock.now(),
        jurisdictionId: jurisdiction.id,
        source: 'test',
        firstReviewOn: () => null,
      };
      return registerDebts(manager, cipher, context, rows);
    });
  return {
    database,
    jurisdiction,
    clock,
    cipher,
    commands: new CaseCommands(database.gateway, cipher, [jurisdiction], clock),
    register,
    debt: async (row) => {
      const [outcome] = await register([row]);
      if (outcome?.outcome !== 'registered') throw new Error(`not registered: ${JSON.stringify(outcome)}`);
      const [found] = await database.asOwner<{ number: string; case_id: string; debtor_id: string }>(
        `select d.number::text as number, d.case_id, c.debtor_id
         from cases.debt d join cases.case_file c on c.id = d.case_id where d.id = $1`,
        [outcome.debtId],
      );
      return { id: outcome.debtId, number: found!.number, caseId: found!.case_id, debtorId: found!.debtor_id };
    },
  };
}
