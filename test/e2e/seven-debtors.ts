import { AgencyAccount } from './agency.js';
import type { AgencyHolding } from './agency.js';
import type { Api, DebtView } from './api.js';
import { BureauAccount } from './bureau.js';
import type { Told, Tradeline } from './bureau.js';
import { plainDebts } from './plain-debts.js';

/** What happens to seven debtors between the first file and the second. */
export const EVENTS = ['disputed', 'bankrupt', 'paid', 'settled', 'withdrawn', 'reduced', 'deceased'] as const;
export type Event = (typeof EVENTS)[number];

/** What the debtor whose debt is reduced pays, in cents. */
export const REDUCTION_MINOR = 1050;

/** Why an agency gives back what it may not keep. A debt that is only taken from the bureaus, or owed less, stays there. */
export const RECALLS = { disputed: 'DSP', bankrupt: 'BKY', paid: 'PIF', settled: 'SIF', deceased: 'DEC' } as const;
export const RECALLED = Object.keys(RECALLS) as (keyof typeof RECALLS)[];

interface Office<Bureau extends string, Agency extends string> {
  readonly id: string;
  /** What the office's account numbers at the bureaus begin with. */
  readonly prefix: string;
  readonly bureaus: readonly Bureau[];
  readonly agencies: readonly Agency[];
}

/** Seven debts, each known to every bureau and placed with an agency, and one event for each of them. */
export class SevenDebtors<Bureau extends string, Agency extends string> {
  readonly bureaus: ReadonlyMap<Bureau, BureauAccount>;
  readonly agencies: ReadonlyMap<Agency, AgencyAccount>;
  private debts: ReadonlyMap<Event, DebtView> = new Map();

  /** @param data the data folder, in which the partners keep their books */
  constructor(
    data: string,
    private readonly office: Office<Bureau, Agency>,
  ) {
    this.bureaus = new Map(office.bureaus.map((bureau) => [bureau, new BureauAccount(data, bureau, office.id)]));
    this.agencies = new Map(office.agencies.map((agency) => [agency, new AgencyAccount(data, agency, office.id)]));
  }

  /** Chooses them once the office's first day is run. */
  async choose(api: Api): Promise<void> {
    const { id: office, prefix } = this.office;
    const where = { office, prefix, bureaus: [...this.bureaus.values()], agencies: [...this.agencies.values()] };
    const plain = await plainDebts(api, where, EVENTS.length);
    this.debts = new Map(EVENTS.map((event, index) => [event, plain[index]!]));
  }

  /** The debt as it was before the event. */
  debt(event: Event): DebtView {
    return this.debts.get(event)!;
  }

  wholeDollars(event: Event): number {
    return Math.floor(this.debt(event).balanceMinor / 100);
  }

  told(bureau: Bureau, event: Event): readonly Told[] {
    return this.bureaus.get(bureau)!.books().history[this.account(event)] ?? [];
  }

  held(bureau: Bureau, event: Event): Tradeline | undefined {
    return this.bureaus.get(bureau)!.books().tradelines[this.account(event)];
  }

  /** The agencies at which it was ever placed. */
  agenciesOf(event: Event): Agency[] {
    return this.office.agencies.filter((agency) => this.agencies.get(agency)!.holding(this.debt(event)));
  }

  /** What its agency has of it. */
  placed(event: Event): AgencyHolding {
    const [agency] = this.agenciesOf(event);
    return this.agencies.get(agency!)!.holding(this.debt(event))!;
  }

  /** What happened to it at its agency, each with its day in front. */
  happened(event: Event): string[] {
    return this.placed(event).history.map(({ on, what }) => `${on} ${what}`);
  }

  /**
   * Lets the events happen, as officers record them.
   *
   * @returns the id of the dispute's stop, and every answer, by what was done
   */
  async change(api: Api) {
    const idempotencyKey = 'e2e';
    const source = 'end-to-end test';
    const stop = (kind: string, subject: { kind: string; id: string }, details = {}) =>
      api.post<{ stopId: string; placed: boolean }>('/stops', { kind, subject, details, source, idempotencyKey });
    const pay = (event: Event, amountMinor: number, more = {}) =>
      api.post<{ balanceMinor: number }>('/payments', {
        ...{ debtId: this.debt(event).id, amountMinor, currency: 'USD', idempotencyKey, ...more },
      });
    const debtorOf = (event: Event) => this.debt(event).parties.find(({ role }) => role === 'debtor')!.id;

    const dispute = await stop('dispute', { kind: 'debt', id: this.debt('disputed').id });
    const insolvency = await stop('insolvency', { kind: 'party', id: debtorOf('bankrupt') }, { chapter: '13' });
    const deceased = await stop('deceased', { kind: 'party', id: debtorOf('deceased') });
    const paid = await pay('paid', this.debt('paid').balanceMinor);
    const half = Math.floor(this.debt('settled').balanceMinor / 2);
    const settled = await pay('settled', half, { settles: true });
    const reduced = await pay('reduced', REDUCTION_MINOR);
    const path = `/referrals?debt=${this.debt('withdrawn').id}`;
    const referrals = await api.get<{ id: string; act: string }[]>(path);
    const withdrawn = referrals.filter(({ act }) => act === 'report');
    for (const { id } of withdrawn) await api.post(`/referrals/${id}/withdraw`, { reason: 'referred by mistake' });
    return { disputeId: dispute.stopId, stops: [dispute, insolvency, deceased], paid, settled, reduced, referrals };
  }

  private account(event: Event): string {
    return `${this.office.prefix}${this.debt(event).number}`;
  }
}
