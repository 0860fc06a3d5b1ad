import type { Api, DebtView } from '../api.js';
import { daysFrom } from '../thirty-days/calendar.js';
import { debtsInOrder } from '../thirty-days/office-api.js';
import type { ReferralView } from '../thirty-days/office-api.js';
import type { Office } from '../thirty-days/offices.js';
import { Dice } from '../thirty-days/seeded.js';

type Debt = Omit<DebtView, 'parties'>;

/** What the people of an office did so far, kept in the order in which they did it. */
export class PeopleMemory {
  /** How often each kind of thing was done and not refused. */
  readonly done = new Map<string, number>();
  readonly liftable: { readonly stopId: string; readonly debtId: string; readonly kind: string }[] = [];
  readonly plans: { readonly arrangementId: string; readonly instalmentMinor: number }[] = [];
}

const PERCENT = { pays: 60, paysInFull: 25, charges: 20, stops: 80, another: 40, lifts: 45 } as const;
const MORE_PERCENT = { plans: 35, keepsPlan: 45, notices: 40, withdraws: 6, taxInformation: 3 } as const;

interface ThrownStop {
  readonly kind: string;
  readonly on: 'debt' | 'debtor' | 'other' | 'case';
  /** How many in a hundred have a last day from the beginning. */
  readonly ends: number;
}

/** Kinds of stops, and whom they protect: `other` is somebody who owes with the debtor. */
const STOPS: readonly ThrownStop[] = [
  { kind: 'dispute', on: 'debt', ends: 20 },
  { kind: 'dispute', on: 'debt', ends: 0 },
  { kind: 'insolvency', on: 'debtor', ends: 0 },
  { kind: 'insolvency', on: 'other', ends: 0 },
  { kind: 'deceased', on: 'debtor', ends: 0 },
  { kind: 'deceased', on: 'other', ends: 0 },
  { kind: 'active-duty', on: 'debtor', ends: 40 },
  { kind: 'minor', on: 'debtor', ends: 0 },
  { kind: 'hardship', on: 'case', ends: 60 },
  { kind: 'do-not-contact', on: 'debtor', ends: 0 },
  { kind: 'hearing-pending', on: 'debt', ends: 0 },
  { kind: 'hearing-pending', on: 'debt', ends: 30 },
  { kind: 'appeal', on: 'debt', ends: 30 },
  { kind: 'judicial-stay', on: 'debt', ends: 50 },
  { kind: 'moratorium', on: 'debtor', ends: 100 },
  { kind: 'vulnerability', on: 'debtor', ends: 30 },
];
/** Nobody takes them back. */
const FOR_GOOD = ['deceased', 'minor'];

/**
 * One office's random day at the counter and at the desks, before the day itself is run: money, charges, stops of every kind
 * with their ends, hearings, payment plans that are kept or not, notices that are sent and come back. It depends on the seed,
 * the date and what the API says, taken in the order of the office's own references. What the office may not do is refused,
 * and left.
 */
export async function peoplesDay(
  api: Api,
  office: Office,
  date: string,
  seed: number,
  memory: PeopleMemory,
): Promise<void> {
  const dice = new Dice(seed, `people ${office.id} ${date}`);
  const debts = await debtsInOrder(api, office.id);
  const desk = new Desk(api, office, date, dice, debts, memory);
  if (dice.chance(PERCENT.pays)) await desk.pay(dice.chance(PERCENT.paysInFull));
  if (dice.chance(PERCENT.charges)) await desk.charge();
  if (dice.chance(PERCENT.stops)) await desk.stop();
  if (dice.chance(PERCENT.another)) await desk.stop();
  if (dice.chance(PERCENT.lifts)) await desk.lift();
  if (dice.chance(MORE_PERCENT.plans)) await desk.agree();
  if (dice.chance(MORE_PERCENT.keepsPlan)) await desk.keepPlan();
  if (dice.chance(MORE_PERCENT.notices)) await desk.notice();
  if (dice.chance(MORE_PERCENT.taxInformation)) await desk.proof('certificate', { subject: 'federal-tax-information' });
  if (dice.chance(MORE_PERCENT.withdraws)) await desk.endReferral();
}

/** One desk on one day. The office's own date is that of the day that was run last. */
class Desk {
  private keys = 0;

  constructor(
    private readonly api: Api,
    private readonly office: Office,
    private readonly date: string,
    private readonly dice: Dice,
    private readonly debts: readonly Debt[],
    private readonly memory: PeopleMemory,
  ) {}

  async pay(all: boolean): Promise<void> {
    const debt = this.dice.one(this.debts.filter(({ balanceMinor }) => balanceMinor > 0));
    if (debt === undefined) return;
    const percent = all ? 100 : this.dice.between(10, 60);
    const amountMinor = Math.max(1, Math.floor((debt.balanceMinor * percent) / 100));
    await this.ask('payment', '/payments', { debtId: debt.id, amountMinor, currency: 'USD' });
  }

  async charge(): Promise<void> {
    const { id } = this.dice.one(this.debts)!;
    const amountMinor = this.dice.between(500, 4_000);
    await this.ask('fee', `/debts/${id}/fees`, { amountMinor, currency: 'USD', reason: 'a second letter' });
  }

  async stop(): Promise<void> {
    const { id } = this.dice.one(this.debts)!;
    const { kind, on, ends } = this.dice.one(STOPS)!;
    const debt = await this.api.get<DebtView>(`/debts/${id}`);
    const other = debt.parties.find(({ role }) => role !== 'debtor');
    const debtor = debt.parties.find(({ role }) => role === 'debtor')!;
    const subject =
      on === 'case'
        ? { kind: 'case', id: debt.caseId }
        : on === 'debt'
          ? { kind: 'debt', id }
          : { kind: 'party', id: (on === 'other' ? (other ?? debtor) : debtor).id };
    const startsOn = this.dice.chance(20) ? { startsOn: daysFrom(this.date, this.dice.between(1, 6)) } : {};
    const endsOn = this.dice.chance(ends) ? { endsOn: daysFrom(this.date, this.dice.between(6, 25)) } : {};
    const details = this.detailsOf(kind);
    const body = { subject, kind, details, source: 'sixty days', ...startsOn, ...endsOn };
    const placed = await this.ask<{ stopId: string }>(kind, '/stops', body);
    if (placed && !FOR_GOOD.includes(kind)) this.memory.liftable.push({ stopId: placed.stopId, debtId: id, kind });
  }

  /** Lifts a stop; a hearing is decided first. */
  async lift(): Promise<void> {
    const { liftable } = this.memory;
    const [found] = liftable.splice(Math.floor(this.dice.next() * liftable.length), 1);
    if (found === undefined) return;
    if (found.kind === 'hearing-pending') await this.hearing(found.debtId);
    await this.ask('lifted', `/stops/${found.stopId}/lift`, {});
  }

  async agree(): Promise<void> {
    const debt = this.dice.one(this.debts.filter(({ balanceMinor }) => balanceMinor > 3_000));
    if (debt === undefined) return;
    const firstDueOn = daysFrom(this.date, this.dice.between(1, 5));
    const terms = { frequency: 'weekly', firstDueOn, instalments: 3 };
    const order = { debtIds: [debt.id], terms };
    const agreed = await this.ask<{ arrangementId: string }>('plan', '/arrangements', order);
    if (agreed === null) return;
    this.memory.plans.push({ ...agreed, instalmentMinor: Math.ceil(debt.balanceMinor / 3) });
  }

  /** Pays an instalment of one of the plans; the others are breached by and by. */
  async keepPlan(): Promise<void> {
    const plan = this.dice.one(this.memory.plans);
    if (plan === undefined) return;
    const money = { amountMinor: plan.instalmentMinor, currency: 'USD' };
    await this.ask('instalment', `/arrangements/${plan.arrangementId}/payments`, money);
  }

  /** A letter goes out or comes back, or somebody calls. */
  async notice(): Promise<void> {
    const kind = this.dice.one(['notice-sent', 'notice-sent', 'notice-returned', 'conversation-held'])!;
    await this.proof(kind, {});
  }

  async proof(kind: string, more: object): Promise<void> {
    const { id } = this.dice.one(this.debts)!;
    // The office's own date may be the day before: nothing is recorded that is still to come.
    await this.ask(kind, '/proofs', { debtId: id, kind, on: daysFrom(this.date, -this.dice.between(4, 9)), ...more });
  }

  async endReferral(): Promise<void> {
    const debt = this.dice.one(this.debts)!;
    const referrals = await this.api.get<ReferralView[]>(`/referrals?debt=${debt.id}`);
    const standing = referrals.find(({ act, withdrawnOn }) => act === 'place' && withdrawnOn === null);
    if (standing) await this.ask('withdrawal', `/referrals/${standing.id}/withdraw`, { reason: 'taken back' });
  }

  private async hearing(debtId: string): Promise<void> {
    const outcome = this.dice.one(['upheld', 'varied', 'set-aside', 'adjourned'])!;
    const on = daysFrom(this.date, -4);
    await this.ask('hearing-outcome', '/proofs', { debtId, kind: 'hearing-outcome', on, subject: 'debt', outcome });
  }

  /** A bankruptcy may be dismissed, closed or relieved on a day that is known beforehand. */
  private detailsOf(kind: string): object {
    if (kind !== 'insolvency') return {};
    const over = this.dice.one(['dismissedOn', 'closedOn', 'reliefOn'])!;
    const on = daysFrom(this.date, this.dice.between(3, 20));
    return { chapter: this.dice.one(['7', '13', '13'])!, ...(this.dice.chance(50) ? { [over]: on } : {}) };
  }

  /** @returns what the office answers; null where it refuses because of what there is already */
  private async ask<T>(what: string, path: string, body: object): Promise<T | null> {
    this.keys += 1;
    const idempotencyKey = `${this.office.id} ${this.date} ${this.keys}`;
    // Where no key is asked for, one is refused as malformed.
    const keyless = path.endsWith('/lift') || path.endsWith('/withdraw');
    try {
      const answer = await this.api.post<T>(path, keyless ? body : { ...body, idempotencyKey });
      this.memory.done.set(what, (this.memory.done.get(what) ?? 0) + 1);
      return answer;
    } catch (error) {
      if (/: (?:409|422) /.test((error as Error).message)) return null;
      throw error;
    }
  }
}
