import type { Dice } from '../../e2e/thirty-days/seeded.js';
import { debtRow } from '../../support/intake-builder.js';
import { asked } from '../../support/test-office.js';
import type { RegisteredDebt, TestOffice } from '../../support/test-office.js';
import type { Attempts } from './attempts.js';

/** Most that somebody pays at the counter at once, unless it is all that is owed; in minor units. */
const MOST_PAID = 20_000;

/** The office's people, who work on whatever the dice say, and ask again when the reply got lost. */
export class RandomOfficer {
  readonly debts: RegisteredDebt[] = [];
  /** What was taken at the counter, by debt, in minor units. */
  readonly takenMinor = new Map<string, number>();
  private readonly stops = new Map<string, string>();
  private keys = 0;

  constructor(
    private readonly office: TestOffice,
    private readonly dice: Dice,
    private readonly attempts: Attempts,
  ) {}

  /** @param refer refers the new debt to a partner; being referred already is no failure */
  async newDebt(refer: (debtId: string) => Promise<unknown>): Promise<void> {
    const row = debtRow();
    await this.attempts.insist('a debt', async () => {
      const debt = await this.office.debt(row).catch(async (error: Error) => {
        const known = await this.registered(row.sourceReference);
        if (known === null) throw error;
        return known;
      });
      if (!this.debts.some(({ id }) => id === debt.id)) this.debts.push(debt);
      await refer(debt.id).catch((error: Error) => {
        if (!/referred/.test(error.message)) throw error;
      });
    });
  }

  async pay(all = false): Promise<void> {
    const debt = this.dice.one(this.debts)!;
    const owed = await this.owed(debt);
    const amountMinor = all ? owed : Math.min(owed, this.dice.between(1, MOST_PAID));
    if (amountMinor > 0) await this.post(debt, amountMinor);
  }

  async post(debt: RegisteredDebt, amountMinor: number): Promise<void> {
    const idempotencyKey = `pay-${(this.keys += 1)}`;
    const payment = { debtId: debt.id, amountMinor, currency: 'USD', paidOn: null, reference: null, settles: false };
    const { commands } = this.office;
    await this.attempts.insist('a payment', () => commands.postPayment(asked(), { ...payment, idempotencyKey }));
    this.takenMinor.set(debt.id, (this.takenMinor.get(debt.id) ?? 0) + amountMinor);
  }

  async stop(): Promise<void> {
    const debt = this.dice.one(this.debts)!;
    const kind = this.dice.chance(60) ? ('dispute' as const) : ('deceased' as const);
    const idempotencyKey = `stop-${(this.keys += 1)}`;
    const subject = { kind: 'debt' as const, id: debt.id };
    const order = { subject, kind, startsOn: null, endsOn: null, details: {}, source: 'test', idempotencyKey };
    await this.attempts.insist('a stop', async () => {
      const { stopId } = await this.office.commands.placeStop(asked(), order);
      this.stops.set(stopId, debt.id);
    });
  }

  async lift(): Promise<void> {
    const stopId = this.dice.one([...this.stops.keys()]);
    if (stopId === undefined) return;
    await this.attempts.attempt('lifting', () => this.office.commands.liftStop(asked(), stopId));
    this.stops.delete(stopId);
  }

  async owed(debt: RegisteredDebt): Promise<number> {
    const [sum] = await this.office.database.asOwner<{ minor: string }>(
      'select sum(effect_minor) as minor from cases.ledger_entry where debt_id = $1',
      [debt.id],
    );
    return Number(sum!.minor);
  }

  /** What was registered although the reply got lost. */
  private async registered(reference: string): Promise<RegisteredDebt | null> {
    const [found] = await this.office.database.asOwner<RegisteredDebt>(
      `select d.id, d.number::text as number, d.case_id as "caseId", c.debtor_id as "debtorId"
       from cases.debt d join cases.case_file c on c.id = d.case_id where d.source_reference = $1`,
      [reference],
    );
    return found ?? null;
  }
}
