import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { IntakeRow } from '@concord/core/cases/domain/intake-row';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import type { StopKind } from '@concord/plugin-sdk';
import { debtRow } from './intake-builder.js';
import { openTestHost, TestBureau, withBureau } from './test-bureau.js';
import { openTestDatabase } from './test-database.js';
import type { TestDatabase } from './test-database.js';
import { asked, openTestOffice, TODAY } from './test-office.js';
import type { RegisteredDebt, TestOffice } from './test-office.js';

/** A fresh database, office and bureau for each test of the file that makes one of these. */
export class BureauSuite {
  host!: PluginHost;
  database!: TestDatabase;
  office!: TestOffice;
  bureau!: TestBureau;
  private keys = 0;

  /** @param withAnswers whether the bureau answers files; one that does not is confirmed by delivery */
  constructor(entry: Record<string, unknown> = {}, withAnswers = true) {
    beforeAll(() => {
      this.host = openTestHost();
    });
    afterAll(() => this.host.close());
    beforeEach(async () => {
      this.database = await openTestDatabase();
      this.office = await openTestOffice(this.database, await withBureau(entry, withAnswers));
      this.bureau = await TestBureau.open(this.office, this.host);
    });
    afterEach(async () => {
      await this.bureau.close();
      await this.database.close();
    });
  }

  /** Registers a debt and refers it to the bureau. */
  async referred(changes: Partial<IntakeRow> = {}): Promise<RegisteredDebt> {
    const debt = await this.office.debt(debtRow(changes));
    await this.bureau.refer(debt.id);
    return debt;
  }

  /** Brings debts to the bureau, which accepts them: from then on it is known to hold them. */
  async standing(...changes: Partial<IntakeRow>[]): Promise<RegisteredDebt[]> {
    const debts: RegisteredDebt[] = [];
    for (const each of changes.length > 0 ? changes : [{}]) debts.push(await this.referred(each));
    await this.bureau.judge();
    await this.bureau.answer(await this.bureau.send(`standing-${(this.keys += 1)}`));
    await this.bureau.judge();
    return debts;
  }

  pay(debt: RegisteredDebt, amountMinor: number, settles = false): Promise<unknown> {
    return this.office.commands.postPayment(asked(), {
      debtId: debt.id,
      amountMinor,
      currency: 'USD',
      paidOn: TODAY,
      reference: null,
      idempotencyKey: `pay-${(this.keys += 1)}`,
      settles,
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
}
