import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { violations } from '@concord/core/cases/conservation';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import type { LedgerEntryKind, StopKind } from '@concord/plugin-sdk';
import { recordChanges } from '@concord/core/cases/change-recorder';
import { rows } from '@concord/core/database/sql';
import { debtRow } from './intake-builder.js';
import { TestAgencies, HARBOR, withAgencies } from './test-agencies.js';
import { openTestHost } from './test-bureau.js';
import { openTestDatabase } from './test-database.js';
import type { TestDatabase } from './test-database.js';
import { asked, OFFICE, openTestOffice, TODAY } from './test-office.js';
import type { RegisteredDebt, TestOffice } from './test-office.js';

/** A debt as an agency is told of it. */
export interface PlacedDebt extends RegisteredDebt {
  readonly sourceReference: string;
  readonly balanceMinor: number;
}

/** A fresh database, office and two agencies for each test of the file that makes one of these. Every test ends with money conserved. */
export class AgencySuite {
  host!: PluginHost;
  database!: TestDatabase;
  office!: TestOffice;
  agencies!: TestAgencies;
  private keys = 0;

  constructor(entry: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) {
    beforeAll(() => {
      this.host = openTestHost();
    });
    afterAll(() => this.host.close());
    beforeEach(async () => {
      this.database = await openTestDatabase();
      this.office = await openTestOffice(this.database, await withAgencies(entry, settings));
      this.agencies = await TestAgencies.open(this.office, this.host);
    });
    afterEach(async () => {
      try {
        expect(await violations(this.database.gateway, OFFICE)).toEqual([]);
      } finally {
        await this.agencies.close();
        await this.database.close();
      }
    });
  }

  /** Registers a debt of 525.00 and refers it to an agency. */
  async referred(changes: Partial<IntakeRow> = {}, agency = HARBOR): Promise<PlacedDebt> {
    const debt = await this.registered(changes);
    await this.agencies.refer(debt.id, agency);
    return debt;
  }

  async registered(changes: Partial<IntakeRow> = {}): Promise<PlacedDebt> {
    const row = debtRow(changes);
    const registered = await this.office.debt(row);
    const balanceMinor = await this.agencies.balance(registered.id);
    return { ...registered, sourceReference: row.sourceReference, balanceMinor };
  }

  /** Places debts with an agency, which acknowledges them: from then on it is known to hold them. */
  async placed(count = 1, agency = HARBOR): Promise<PlacedDebt[]> {
    const debts: PlacedDebt[] = [];
    for (let made = 0; made < count; made += 1) debts.push(await this.referred({}, agency));
    await this.agencies.cutoff(`placed-${(this.keys += 1)}`, agency);
    await this.agencies.acknowledges(debts, agency);
    await this.agencies.judge(agency);
    return debts;
  }

  /** Somebody pays at the counter. */
  pay(debt: RegisteredDebt, amountMinor: number): Promise<unknown> {
    return this.office.commands.postPayment(asked(), {
      debtId: debt.id,
      amountMinor,
      currency: 'USD',
      paidOn: TODAY,
      reference: null,
      idempotencyKey: `pay-${(this.keys += 1)}`,
      settles: false,
    });
  }

  async stop(debt: RegisteredDebt, kind: StopKind, details: Record<string, string> = {}): Promise<string> {
    const placed = await this.office.commands.placeStop(asked(), {
      subject: { kind: 'debt', id: debt.id },
      kind,
      startsOn: null,
      endsOn: null,
      details,
      source: 'test',
      idempotencyKey: `stop-${(this.keys += 1)}`,
    });
    return placed.stopId;
  }

  /** Posts an entry as another part of the case core would: at the next version of the case, with its event. */
  async entry(
    debt: RegisteredDebt,
    kind: LedgerEntryKind,
    amountMinor: number,
    reverses: string | null = null,
  ): Promise<string> {
    const id = randomUUID();
    const context = { ...asked(), jurisdictionId: OFFICE, at: this.office.clock.now() };
    await this.database.gateway.transaction(async (manager) => {
      const data = { debtId: debt.id, entryId: id };
      const change = { caseId: debt.caseId, type: 'concord.ledger.posted.v1' as const, subjectId: id, data };
      const [version] = await recordChanges(manager, context, [change]);
      await rows(
        manager,
        `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on,
           booked_on, source, idempotency_key, reverses, actor, recorded_at)
         values ($1::uuid, $2, $3, $4, $5, $6, 'USD', $7, $7, 'test', $1::uuid::text, $8, 'tester', $9)`,
        [id, debt.id, debt.caseId, version, kind, amountMinor, TODAY, reverses, context.at],
      );
    });
    return id;
  }

  /** The office takes a debt back from whoever has it. */
  async withdraw(debt: RegisteredDebt): Promise<void> {
    const [referral] = await this.database.asOwner<{ id: string }>(
      'select id from cases.referral where debt_id = $1 and withdrawn_on is null',
      [debt.id],
    );
    await this.office.commands.withdrawReferral(asked(), referral!.id, 'the office decided so');
  }
}
