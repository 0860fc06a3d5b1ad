import { randomUUID } from 'node:crypto';
import { postSuspense } from '@concord/core/cases/findings/suspense';
import { violations } from '@concord/core/cases/conservation';
import { ArrivalHandler } from '@concord/core/exchanges/commands/arrival-handler';
import type { OrderedWork } from '@concord/core/exchanges/commands/ordered-work';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { SENDING_POINTS } from '@concord/core/platform/checkpoints';
import type { Checkpoint } from '@concord/core/platform/checkpoints';
import type { ExchangeView } from '@concord/core/exchanges/exchange-reads';
import { Dice } from '../../e2e/thirty-days/seeded.js';
import { HARBOR, SUMMIT, TestAgencies, withAgencies } from '../../support/test-agencies.js';
import { openTestDatabase } from '../../support/test-database.js';
import type { TestDatabase } from '../../support/test-database.js';
import { asked, OFFICE, openTestOffice, TODAY } from '../../support/test-office.js';
import { agencyDifferences } from './agency-differences.js';
import { Attempts } from './attempts.js';
import { CaseApi } from './case-api.js';
import { Custody } from './custody.js';
import { RandomAgency } from './random-agency.js';
import { RandomOfficer } from './random-officer.js';
import type { ScheduleResult } from './run-schedules.js';
import { CHANNEL_FAULTS, UnreliableChannel } from './unreliable-channel.js';
import { WatchingAgency } from './watching-agency.js';

const STEPS = 45;
const CALM_ROUNDS = 8;
/** Codes of the simulated agency, and an end of a referral that becomes final within the calm days. */
const SETTINGS = {
  objectionDays: 1,
  commission: { remits: 'gross' },
  statusCodes: {
    REF: { as: 'refused' },
    DIS: { as: 'disputed' },
    BKY: { as: 'insolvent' },
    DEC: { as: 'deceased' },
    RET: { as: 'placement-returned' },
  },
};
const ENTRY = { sameName: { 'agency-payments': 'correction' } };

/** A file that arrived asks for nothing more to be done. */
const ASKS_NOTHING: OrderedWork = { goOn: askedForWork, runNow: askedForWork, finished: askedForWork };

function askedForWork(): Promise<never> {
  return Promise.reject(new Error('work was ordered for a file that arrived'));
}

/** One office with one or two agencies whose every step may be broken, by the throw of dice that a seed decides. */
export class AgencySchedule {
  private readonly attempts = new Attempts();
  private readonly officer: RandomOfficer;
  private faults = 0;
  private cutoffs = 0;
  private date = TODAY;

  private constructor(
    private readonly dice: Dice,
    private readonly database: TestDatabase,
    private readonly agencies: TestAgencies,
    private readonly partners: readonly WatchingAgency[],
    private readonly custody: Custody,
  ) {
    this.officer = new RandomOfficer(agencies.office, dice, this.attempts);
  }

  /** @param spoil a fault that a test is shown to notice, made once the office stands */
  static async run(
    seed: number,
    number: number,
    host: PluginHost,
    spoil: (database: TestDatabase) => void = () => undefined,
  ): Promise<ScheduleResult> {
    const dice = new Dice(seed, `agency schedule ${number}`);
    const database = await openTestDatabase();
    const office = await openTestOffice(database, await withAgencies(ENTRY, SETTINGS));
    const agencies = await TestAgencies.open(office, host);
    const custody = new Custody();
    const partners = (dice.chance(60) ? [HARBOR, SUMMIT] : [HARBOR]).map((id) => {
      const channel = new UnreliableChannel();
      agencies.channels[id] = channel;
      return new WatchingAgency(id, channel, dice, custody);
    });
    spoil(database);
    try {
      return await new AgencySchedule(dice, database, agencies, partners, custody).play();
    } finally {
      await agencies.close();
      await database.close();
    }
  }

  private async play(): Promise<ScheduleResult> {
    await this.newDebt();
    await this.newDebt();
    for (let step = 0; step < STEPS; step += 1) await this.step();
    const { wrong } = this.attempts;
    await this.calmDown();
    for (const { complaints, books } of this.partners) {
      wrong.push(...complaints, ...books.violations.map((each) => JSON.stringify(each)));
    }
    wrong.push(...(await this.custody.heldTwice()));
    wrong.push(...(await violations(this.database.gateway, OFFICE)).map((each) => JSON.stringify(each)));
    const happened = this.partners.reduce((sum, { channel }) => sum + channel.happened, 0);
    return { faults: this.faults + happened, ...this.attempts };
  }

  private async step(): Promise<void> {
    const partner = this.dice.one(this.partners)!;
    const works = this.agencyOf(partner);
    const steps: readonly (readonly [string, () => Promise<unknown> | void])[] = [
      ['a debt', () => this.newDebt()],
      ['a debt', () => this.newDebt()],
      ['a payment at the counter', () => this.officer.pay()],
      ['all paid at the counter', () => this.officer.pay(true)],
      ['a stop', () => this.officer.stop()],
      ['a stop lifted', () => this.officer.lift()],
      ['referred elsewhere', () => this.referElsewhere()],
      ['database connections ended', () => this.endConnections(partner)],
      ['collects at once', () => void (partner.collectsAtOnce = true)],
      ['takes its time', () => void (partner.collectsAtOnce = false)],
      ['works', () => works.day()],
      ['works', () => works.day()],
      ['works', () => works.day()],
      ['leaves files', () => works.leaveAll()],
      ['leaves files', () => works.leaveAll()],
      ['new cutoff', () => this.breakSomething(partner, () => this.cutoff(partner))],
      ['new cutoff', () => this.breakSomething(partner, () => this.cutoff(partner))],
      ['new cutoff', () => this.breakSomething(partner, () => this.cutoff(partner))],
      ['cutoff again', () => this.breakSomething(partner, () => this.goOn(partner))],
      ['collect', () => this.breakSomething(partner, () => this.collect(partner))],
      ['collect', () => this.breakSomething(partner, () => this.collect(partner))],
    ];
    const [name, act] = this.dice.one(steps)!;
    this.attempts.sequence.push(`- ${name} (${partner.id}, ${this.date})`);
    const did = await act();
    if (Array.isArray(did)) this.attempts.sequence.push(...did.map((each) => `  ${String(each)}`));
  }

  private agencyOf(partner: WatchingAgency): RandomAgency {
    return new RandomAgency(partner, this.dice, () => this.date);
  }

  private newDebt(): Promise<void> {
    const { id } = this.dice.one(this.partners)!;
    return this.officer.newDebt((debtId) => this.agencies.refer(debtId, id));
  }

  /** Takes a debt from whoever it is referred to, and refers it to one of the agencies, which may be the same. */
  private async referElsewhere(): Promise<void> {
    const debt = this.dice.one(this.officer.debts)!;
    const { id: agency } = this.dice.one(this.partners)!;
    const standing = await this.database.asOwner<{ id: string }>(
      'select id from cases.referral where debt_id = $1 and withdrawn_on is null',
      [debt.id],
    );
    const { commands } = this.agencies.office;
    for (const { id } of standing) {
      await this.attempts.insist('a withdrawal', () => commands.withdrawReferral(asked(), id, 'it goes elsewhere'));
    }
    await this.attempts.attempt('a referral', () => this.agencies.refer(debt.id, agency));
  }

  /** Breaks something that the work may come upon, mostly. */
  private async breakSomething(partner: WatchingAgency, work: () => Promise<void>): Promise<void> {
    if (this.dice.chance(40)) this.interruptOnce();
    else if (this.dice.chance(70)) this.breakChannel(partner);
    await work();
  }

  private interruptOnce(): void {
    const point = this.dice.one<Checkpoint>([...SENDING_POINTS, 'mid-apply', 'mid-posting'])!;
    this.attempts.sequence.push(`at ${point}`);
    this.agencies.onCheckpoint = async (reached) => {
      if (reached !== point) return;
      this.agencies.onCheckpoint = () => Promise.resolve();
      this.faults += 1;
      throw new Error(`interrupted ${point}`);
    };
  }

  private breakChannel({ channel }: WatchingAgency): void {
    const fault = this.dice.one(CHANNEL_FAULTS)!;
    this.attempts.sequence.push(fault);
    channel.faults.push(fault);
  }

  /** Ends every connection of ours in the middle of what comes next. */
  private async endConnections(partner: WatchingAgency): Promise<void> {
    this.faults += 1;
    const ending = new Promise((resolve) => setTimeout(resolve, this.dice.between(0, 40))).then(() =>
      this.database.asOwner(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name in ('concord_gateway', 'concord_connectors')`,
      ),
    );
    const works = [() => this.goOn(partner), () => this.cutoff(partner), () => this.collect(partner)];
    await Promise.all([this.dice.one(works)!(), ending]);
  }

  private async collect({ id }: WatchingAgency): Promise<void> {
    await this.attempts.attempt('collect', () => this.agencies.collect(id, this.date));
  }

  /** A new day: no connector has two cutoffs on one. */
  private async cutoff({ id }: WatchingAgency): Promise<void> {
    this.nextDay();
    await this.attempts.attempt('judge', () => this.agencies.judge(id, this.date));
    const key = `cutoff-${(this.cutoffs += 1)}`;
    await this.attempts.attempt('send', () => this.agencies.send(key, id, this.date));
  }

  private nextDay(): void {
    const next = new Date(`${this.date}T15:00:00Z`);
    do next.setUTCDate(next.getUTCDate() + 1);
    while ([0, 6].includes(next.getUTCDay()));
    this.agencies.office.clock.set(next.toISOString());
    this.date = next.toISOString().slice(0, 10);
  }

  /** Goes on with every file that was begun, the oldest first. */
  private async goOn({ id }: WatchingAgency): Promise<void> {
    const begun = await this.database.asOwner<{ key: string }>(
      `select cutoff_key as key from exchange.exchange
       where connector_id = $1 and direction = 'out' and state in ('choosing', 'released', 'archived')
       order by started_at, cutoff_key`,
      [id],
    );
    for (const { key } of begun) await this.attempts.attempt('send', () => this.agencies.send(key, id, this.date));
  }

  /** What waited in suspense for something that has come since is posted; what else waits there stays. */
  private async settleSuspense(): Promise<void> {
    const waiting = await this.agencies.suspense();
    for (const { id, debtId, state } of waiting) {
      if (state !== 'open' || debtId === null) continue;
      const context = { ...asked(), at: this.agencies.office.clock.now() };
      await this.attempts.attempt('suspense', () =>
        this.database.gateway.transaction((manager) => postSuspense(manager, context, id, debtId)),
      );
    }
  }

  /** A person asks the agency for the files of which nobody can say whether they came: all of them did. */
  private async askForUncertain(api: CaseApi, { id, received }: WatchingAgency): Promise<void> {
    const { registry, office } = this.agencies;
    const decide = new ArrivalHandler(this.database.connectors, registry, ASKS_NOTHING, office.clock);
    for (const { id: exchangeId, file, state, delivery } of await api.get<ExchangeView[]>(
      `/exchanges?connector=${id}`,
    )) {
      if (state !== 'delivered' || delivery !== 'presumed-collected' || !received.includes(String(file))) continue;
      const body = { exchangeId, arrived: true, reason: 'the agency has it' };
      const command = { id: randomUUID(), body, ...asked(), progress: () => Promise.resolve() };
      this.attempts.sequence.push(`${id} has ${file}`);
      await this.attempts.attempt('a decision', () => decide.carryOut(command));
    }
  }

  /** Nothing is broken any more: after a few days each agency must hold what the cases say. */
  private async calmDown(): Promise<void> {
    this.attempts.sequence.push('calm');
    this.agencies.onCheckpoint = () => Promise.resolve();
    for (const partner of this.partners) {
      partner.channel.faults.length = 0;
      partner.content = true;
    }
    const api = await CaseApi.open(this.agencies.office);
    try {
      // What was told before comes once more in each schedule, whatever the dice said.
      for (const partner of this.partners) await this.agencyOf(partner).correct();
      let found: string[] = [];
      for (let round = 0; round < CALM_ROUNDS; round += 1) {
        await this.calmDay(api);
        found = await agencyDifferences(api, this.partners, this.officer.takenMinor, this.date);
        if (found.length === 0) return;
      }
      this.attempts.wrong.push(...found);
    } finally {
      await api.close();
    }
  }

  private async calmDay(api: CaseApi): Promise<void> {
    for (const partner of this.partners) {
      await this.goOn(partner);
      await this.collect(partner);
      await partner.read();
      await this.askForUncertain(api, partner);
    }
    await this.settleSuspense();
    for (const partner of this.partners) {
      await this.cutoff(partner);
      await this.agencyOf(partner).settle();
      await this.collect(partner);
      await this.attempts.attempt('judge', () => this.agencies.judge(partner.id, this.date));
    }
  }
}
