import { afterAll, beforeAll } from '@jest/globals';
import type { DebtSnapshot } from '@concord/plugin-sdk';
import type { IntakeParty } from '@concord/core/cases/domain/intake-party';
import type { StopSubject } from '@concord/core/cases/stops';
import { rows } from '@concord/core/database/sql';
import { PartyCommands } from '@concord/core/parties/party-commands';
import { readSnapshots } from '@concord/core/positions/read-snapshots';
import { debtRow, person } from './intake-builder.js';
import { openTestDatabase } from './test-database.js';
import type { TestDatabase } from './test-database.js';
import { asked, openTestOffice, TODAY } from './test-office.js';
import type { RegisteredDebt, TestOffice } from './test-office.js';

/** Views that move with every event, and the days on which addresses became others: undoing a merge changes one once more. */
const MOVING = ['case_file', 'events_waiting', 'address_change'];

/** One office with its parties, for the tests of one file. */
export class PartySuite {
  database!: TestDatabase;
  office!: TestOffice;
  parties!: PartyCommands;
  private keys = 0;

  constructor() {
    beforeAll(async () => {
      this.database = await openTestDatabase();
      this.office = await openTestOffice(this.database);
      this.parties = new PartyCommands(this.database.gateway, this.office.clock);
    });
    afterAll(() => this.database.close());
  }

  key(): string {
    this.keys += 1;
    return `key-${this.keys}`;
  }

  /** A debt of somebody new. */
  debt(changes: Partial<IntakeParty> = {}, coDebtors: IntakeParty[] = []): Promise<RegisteredDebt> {
    return this.office.debt(debtRow({ debtor: person(changes), coDebtors }));
  }

  merge(duplicateId: string, survivorId: string, despiteDifferences: string | null = 'a misread number') {
    return this.parties.merge(asked(), { duplicateId, survivorId, reason: 'same person', despiteDifferences });
  }

  async stop(subject: StopSubject, kind: 'dispute' | 'hardship' | 'deceased' = 'hardship'): Promise<string> {
    const { stopId } = await this.office.commands.placeStop(asked(), {
      ...{ subject, kind, startsOn: null, endsOn: null, details: {}, source: 'test', idempotencyKey: this.key() },
    });
    return stopId;
  }

  /** A debt as rules and plugins see it. */
  async snapshot({ id }: Pick<RegisteredDebt, 'id'>): Promise<DebtSnapshot> {
    const found = await this.database.connectors.transaction((manager) =>
      readSnapshots(manager, 'agency-a', [id], TODAY),
    );
    return found[0]!;
  }

  async stopsOn(debt: Pick<RegisteredDebt, 'id'>): Promise<string[]> {
    return (await this.snapshot(debt)).stops.map(({ id }) => id).sort();
  }

  /** Every row of every view that connectors read, but for versions. */
  async everyViewRow(): Promise<string[]> {
    const views = await this.database.asOwner<{ name: string }>(
      `select table_name as name from information_schema.views where table_schema = 'cases_v1' and table_name <> all($1)
       order by 1`,
      [MOVING],
    );
    const found: string[] = [];
    for (const { name } of views) {
      const lines = await rows<{ line: string }>(
        this.database.connectors,
        `select to_jsonb(v)::text as line from cases_v1.${name} v order by 1`,
      );
      found.push(...lines.map(({ line }) => `${name} ${line}`));
    }
    return found;
  }

  /** Cases that were told of a party, with how often. */
  async told(subjectId: string): Promise<Record<string, number>> {
    const found = await this.database.asOwner<{ case_id: string; times: string }>(
      `select case_id, count(*) as times from cases.change where subject_id = $1 and kind = 'concord.party.changed.v1'
       group by 1`,
      [subjectId],
    );
    return Object.fromEntries(found.map(({ case_id, times }) => [case_id, Number(times)]));
  }
}
