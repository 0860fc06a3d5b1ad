import type { DayReport } from '../day-report.js';
import { agencyDay, collectForStranger } from './agency-day.js';
import type { AgencyMemory } from './agency-day.js';
import { NEXT_CUTOFF, THIRTY_DAYS } from './calendar.js';
import type { Hub } from './hub.js';
import { inventedDebts } from './invented-debts.js';
import { KillPlan } from './kills.js';
import type { Killing } from './kills.js';
import { AGENCIES, OFFICES } from './offices.js';
import type { AgencyName } from './offices.js';
import { OfficersMemory, firstReferrals, officersDay } from './officers.js';

const DEBTS_PER_OFFICE = 40;
const SILENT: AgencyName = 'summit';
/** Five business days in the middle; `until` is the day on which the agency catches up. */
const SILENCE = { from: 12, until: 17 };
const STRANGER_ON = 10;
/** From here on nothing new happens: the agencies tell what they have. */
const SETTLING_FROM = THIRTY_DAYS.length - 2;

/** Something to be looked at after a day has run. */
export type DayWatcher = (date: string, report: DayReport) => Promise<void>;

/** Thirty seeded random days of three offices with their partners, then the bureaus' next cutoff. */
export class ThirtyDaysRun {
  readonly officers = new Map(OFFICES.map(({ id }) => [id, new OfficersMemory()]));
  readonly agencies: AgencyMemory = { contradictions: 0 };
  readonly reports = new Map<string, DayReport>();
  /** Points at which it was killed, by date. */
  readonly killed = new Map<string, string[]>();
  private readonly plan: KillPlan | null;

  /** @param killing null for a run that is left alone, by a Concord that does nothing by the clock */
  constructor(
    readonly hub: Hub,
    private readonly seed: number,
    killing: Killing | null,
    private readonly watch: DayWatcher,
  ) {
    this.plan = killing === null ? null : new KillPlan(killing);
  }

  async run(): Promise<void> {
    await this.hub.launchPartners();
    const [first] = THIRTY_DAYS as [string];
    await this.hub.stay(first, false);
    for (const office of OFFICES) {
      for (const debt of inventedDebts(office, this.seed, DEBTS_PER_OFFICE)) {
        await this.hub.api.post('/debts', debt);
      }
      await firstReferrals(this.hub.api, office, this.seed);
    }
    for (const [index, date] of [...THIRTY_DAYS, NEXT_CUTOFF].entries()) {
      await this.peopleAndPartners(index, date);
      const report = await this.day(index, date);
      this.reports.set(date, report);
      await this.watch(date, report);
    }
  }

  private async peopleAndPartners(index: number, date: string): Promise<void> {
    if (index > 0 && index < SETTLING_FROM) {
      for (const office of OFFICES) {
        await officersDay(this.hub.api, office, date, this.seed, this.officers.get(office.id)!);
      }
    }
    if (this.plan?.fromOutside(index)) await this.hub.kill();
    if (index > 0) await Promise.all(AGENCIES.map((agency) => this.agencyMorning(agency, index, date)));
  }

  private async agencyMorning(agency: AgencyName, index: number, date: string): Promise<void> {
    const { partners } = this.hub;
    if (agency === SILENT && index === SILENCE.from) partners.silence(agency, true);
    if (agency === SILENT && index === SILENCE.until) {
      partners.silence(agency, false);
      await partners.settled(agency);
    }
    await Promise.all(
      OFFICES.map(async (office) => {
        if (index < SETTLING_FROM) {
          if (index === STRANGER_ON && agency !== SILENT) await collectForStranger(partners, agency, office, date);
          await agencyDay(partners, agency, office, date, this.seed, this.agencies);
        } else {
          await partners.command(agency, office.id, { do: 'remit', date });
          await partners.command(agency, office.id, { do: 'reconcile', date });
        }
      }),
    );
    if (!this.isSilent(agency, index)) await partners.settled(agency);
  }

  /** Runs a day to its end, killed or not, and leaves a Concord that stays. The last day is left alone. */
  private async day(index: number, date: string): Promise<DayReport> {
    const expectsSilence = this.isSilent(SILENT, index);
    let report: DayReport | null = null;
    for (const killAt of index < THIRTY_DAYS.length ? (this.plan?.of(index) ?? []) : []) {
      const outcome = await this.hub.runKilled(date, killAt, expectsSilence);
      this.plan?.tried(killAt, outcome.died);
      if (outcome.died) this.killed.set(date, [...(this.killed.get(date) ?? []), killAt]);
      report = outcome.report;
    }
    return report ?? this.hub.stay(date, expectsSilence);
  }

  private isSilent(agency: AgencyName, index: number): boolean {
    return agency === SILENT && index >= SILENCE.from && index < SILENCE.until;
  }
}
