import { agencyDay } from '../thirty-days/agency-day.js';
import type { AgencyMemory } from '../thirty-days/agency-day.js';
import { firstReferrals } from '../thirty-days/officers.js';
import { AGENCIES, OFFICES } from '../thirty-days/offices.js';
import type { AgencyName, Office } from '../thirty-days/offices.js';
import { SIXTY_DAYS } from './calendar.js';
import { overdueFaults } from './check-overdue.js';
import { dutyFaults, forbidden, late } from './check-told.js';
import type { OfficeDay } from './check-told.js';
import { explanationFaults, sentAgainst } from './check-explained.js';
import type { Explained } from './check-explained.js';
import type { Act } from './demands.js';
import { difficultDebts } from './difficult-debts.js';
import { storedDebts } from './facts.js';
import type { StoredDebt } from './facts.js';
import { PeopleMemory, peoplesDay } from './people.js';
import type { RulesHub } from './rules-hub.js';
import { mayHold, openDuties, toldRecords } from './told.js';
import type { MayHold } from './told.js';

const SILENT: AgencyName = 'summit';
/** Every debt is explained once in so many days, and on each day on which a partner was told about it. */
const EXPLAINED_EVERY = 3;
const ACTS: readonly Act[] = ['report', 'place'];

/** Business days in which a partner does not answer, an agency does not read either: numbers from 0, the end not included. */
export interface Silence {
  readonly who: 'agency' | 'bureau';
  readonly from: number;
  readonly until: number;
}

/** What the checkers looked at, so that a run in which nothing happened is noticed. */
export interface Looked {
  records: number;
  demands: number;
  explanations: number;
  blocked: number;
  /** Releases that a partner had not confirmed by their last day, each day that it was so. */
  overdue: number;
}

/** Random days of three offices with their partners; after each, what was told is held against the rules. */
export class SixtyDaysRun {
  readonly people = new Map(OFFICES.map(({ id }) => [id, new PeopleMemory()]));
  readonly faults: string[] = [];
  readonly looked: Looked = { records: 0, demands: 0, explanations: 0, blocked: 0, overdue: 0 };
  private readonly agencies: AgencyMemory = { contradictions: 0 };
  private readonly ordered = new Map<string, Date>();

  /** @param before something that a test does before a day, by its number from 0 */
  constructor(
    readonly hub: RulesHub,
    private readonly seed: number,
    private readonly days: number,
    private readonly silences: readonly Silence[],
    private readonly before: (day: number) => Promise<void> = () => Promise.resolve(),
  ) {}

  async run(): Promise<void> {
    await this.hub.open();
    const dates = SIXTY_DAYS.slice(0, this.days);
    await this.hub.stay(dates[0]!, false);
    for (const office of OFFICES) {
      for (const debt of difficultDebts(office, this.seed)) await this.hub.api.post('/debts', debt);
      await firstReferrals(this.hub.api, office, this.seed);
    }
    for (const [index, date] of dates.entries()) {
      await this.before(index);
      if (index > 0) {
        for (const office of OFFICES) await this.peoplesDay(office, date);
        if (this.begins('bureau', index)) this.hub.partners.silenceBureau(true);
        if (this.ends('bureau', index)) this.hub.partners.silenceBureau(false);
        for (const agency of AGENCIES) await this.agencyMorning(agency, index, date);
      }
      await this.day(index, date);
    }
  }

  private peoplesDay(office: Office, date: string): Promise<void> {
    return peoplesDay(this.hub.api, office, date, this.seed, this.people.get(office.id)!);
  }

  private async agencyMorning(agency: AgencyName, index: number, date: string): Promise<void> {
    const { partners } = this.hub;
    if (agency === SILENT && this.begins('agency', index)) partners.silence(agency, true);
    if (agency === SILENT && this.ends('agency', index)) {
      partners.silence(agency, false);
      await partners.settled(agency);
    }
    if (agency === SILENT && this.isSilent(index, 'agency')) return;
    for (const office of OFFICES) await agencyDay(partners, agency, office, date, this.seed, this.agencies);
    await partners.settled(agency);
  }

  private async day(index: number, date: string): Promise<void> {
    const { database } = this.hub;
    const before = new Map<string, MayHold[]>();
    for (const { id } of OFFICES) before.set(id, await mayHold(database, id));
    const orderedAt = new Date();
    this.ordered.set(date, orderedAt);
    await this.hub.stay(date, this.isSilent(index));
    for (const office of OFFICES) {
      const day: OfficeDay = {
        ...{ office, date, orderedAt, ordered: this.ordered, heldBefore: before.get(office.id)! },
        debts: await storedDebts(database, office.id),
        told: await toldRecords(database, office.id),
        held: await mayHold(database, office.id),
        duties: await openDuties(database, office.id),
      };
      this.looked.records += day.told.filter((record) => record.date === date).length;
      this.faults.push(...forbidden(day), ...late(day), ...dutyFaults(day));
      this.faults.push(...(await overdueFaults(this.hub.api, day)));
      this.looked.overdue += day.duties.filter(({ dueOn }) => dueOn < date).length;
      await this.explain(index, day);
    }
  }

  private async explain(index: number, day: OfficeDay): Promise<void> {
    const toldAbout = new Set(day.told.filter(({ date }) => date === day.date).map(({ debtId }) => debtId));
    const chosen = day.debts.filter(
      ({ id }, place) => toldAbout.has(id) || place % EXPLAINED_EVERY === index % EXPLAINED_EVERY,
    );
    for (const debt of chosen) await Promise.all(ACTS.map((act) => this.explainAct(day, debt, act)));
  }

  private async explainAct(day: OfficeDay, debt: StoredDebt, act: Act): Promise<void> {
    const explained = await this.hub.api.get<Explained>(`/debts/${debt.id}/acts?act=${act}&date=${day.date}`);
    this.looked.explanations += 1;
    this.looked.demands += explained.acts[0]?.reasons.length ?? 0;
    if (explained.acts[0]?.allowed === false) this.looked.blocked += 1;
    this.faults.push(...explanationFaults(day, debt, act, explained), ...sentAgainst(day, debt, act, explained));
  }

  private isSilent(index: number, partner: Silence['who'] | null = null): boolean {
    return this.silences.some(
      ({ who, from, until }) => (partner === null || who === partner) && from <= index && index < until,
    );
  }

  private begins(partner: Silence['who'], index: number): boolean {
    return this.silences.some(({ who, from }) => who === partner && from === index);
  }

  private ends(partner: Silence['who'], index: number): boolean {
    return this.silences.some(({ who, until }) => who === partner && until === index);
  }
}
