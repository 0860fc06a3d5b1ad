import type { HeldAccount } from '../../partners/launch.js';
import type { DebtView } from '../api.js';
import type { Told, Tradeline } from '../bureau.js';
import { OneProcessHub } from '../thirty-days/hub.js';
import type { PositionView, ReferralView } from '../thirty-days/office-api.js';
import { AGENCIES, accountNumber, connectorId, fileNumber } from '../thirty-days/offices.js';
import type { AgencyName } from '../thirty-days/offices.js';
import { DEBTS } from './fates.js';
import type { Fate } from './fates.js';
import { OFFICE, writeOffice } from './office.js';

interface Followed {
  readonly debt: DebtView;
  readonly debtorId: string;
  /** The agency that the strategies chose first. */
  readonly agency: AgencyName;
}

/** One debt of each fate, and what Concord and the simulated partners have of it. */
export class FollowedDebts {
  /** Days are ordered, and nothing happens between them: a preview must not meet a review that the clock has begun. */
  readonly hub = new OneProcessHub('ordered', writeOffice);
  private readonly followed = new Map<Fate, Followed>();

  get api() {
    return this.hub.api;
  }

  /** Registers the debts, before a day is run for them. */
  async register(): Promise<void> {
    for (const debt of DEBTS.values()) await this.api.post('/debts', debt);
  }

  /**
   * Finds out where each went.
   *
   * @throws Error when no strategy placed one of them
   */
  async follow(): Promise<void> {
    for (const fate of DEBTS.keys()) {
      const debt = await this.registered(fate);
      const referrals = await this.api.get<ReferralView[]>(`/referrals?debt=${debt.id}`);
      const placed = referrals.find(({ act, madeBy }) => act === 'place' && madeBy === 'strategy');
      const agency = AGENCIES.find((each) => placed?.connectorId === connectorId(OFFICE.id, each));
      if (agency === undefined) throw new Error(`no strategy placed ${fate}`);
      this.followed.set(fate, { debt, debtorId: debtorOf(debt), agency });
    }
  }

  /** A debt as the API has it now. */
  async registered(fate: Fate): Promise<DebtView> {
    const reference = DEBTS.get(fate)!.sourceReference;
    const found = (await this.api.debts(OFFICE.id)).find(({ sourceReference }) => sourceReference === reference);
    return this.api.get<DebtView>(`/debts/${found!.id}`);
  }

  /** A debt as it was when it was placed. */
  of(fate: Fate): Followed {
    const found = this.followed.get(fate);
    if (found === undefined) throw new Error(`${fate} is not followed yet`);
    return found;
  }

  /** Runs a day, and waits until the agencies have answered. */
  async day(date: string): Promise<void> {
    const report = await this.hub.stay(date, true);
    if (report.date !== date) throw new Error(`${report.date} was run instead of ${date}`);
    for (const agency of AGENCIES) await this.hub.partners.settled(agency);
  }

  /** What an agency has of a debt, from its own books; the first one where none is named. */
  held(fate: Fate, agency = this.of(fate).agency): HeldAccount | undefined {
    return this.hub.partners.books(agency, OFFICE.id).accounts[fileNumber(this.of(fate).debt.number)];
  }

  /** What happened to a debt at an agency, in order. */
  heldSince(fate: Fate, agency?: AgencyName): string[] {
    return this.held(fate, agency)?.history.map(({ what }) => what) ?? [];
  }

  /** What the bureau was told of a debt, file by file. */
  told(fate: Fate): readonly Told[] {
    return this.hub.partners.bureau(OFFICE.id).books().history[this.account(fate)] ?? [];
  }

  /** What the bureau shows of a debt today. */
  tradeline(fate: Fate): Tradeline | undefined {
    return this.hub.partners.bureau(OFFICE.id).books().tradelines[this.account(fate)];
  }

  /** Which of some streets each record of a debt named that the bureau was sent, file by file. */
  streetsToldToBureau(fate: Fate, streets: readonly string[]): (string | undefined)[] {
    const bureau = this.hub.partners.bureau(OFFICE.id);
    return bureau.recordsOf(this.account(fate)).map((record) => streetIn(record, streets));
  }

  /** Which of some streets each debtor record of a debt named that an agency was sent. */
  streetsToldToAgency(fate: Fate, agency: AgencyName, streets: readonly string[]): (string | undefined)[] {
    const file = fileNumber(this.of(fate).debt.number);
    return this.hub.partners
      .received(agency, OFFICE.id)
      .flatMap((text) => text.split(/\r?\n/))
      .filter((record) => record.startsWith('CDBT') && record.slice(...FILE_NUMBER) === file)
      .map((record) => streetIn(record, streets));
  }

  /** The act to place, as far as Concord knows it of the agency that had the debt first. */
  async placement(fate: Fate): Promise<PositionView | undefined> {
    const { debt, agency } = this.of(fate);
    const { positions } = await this.api.get<{ positions: PositionView[] }>(`/positions?subject=${debt.id}`);
    return positions.find(({ connector }) => connector === connectorId(OFFICE.id, agency));
  }

  private account(fate: Fate): string {
    return accountNumber(OFFICE, this.of(fate).debt.number);
  }
}

/** Where the file number stands in a debtor record of the agencies: positions 14 to 22. */
const FILE_NUMBER = [13, 22] as const;

function debtorOf({ parties }: DebtView): string {
  return parties.find(({ role }) => role === 'debtor')!.id;
}

function streetIn(line: string, streets: readonly string[]): string | undefined {
  return streets.find((street) => line.toUpperCase().includes(street.toUpperCase()));
}
