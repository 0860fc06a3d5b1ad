import { readSettingsFile } from '@concord/plugin-sdk';
import metro2 from '@concord/plugin-metro2';
import type { PartnerRecord } from '@concord/plugin-sdk';
import { violations } from '@concord/core/cases/conservation';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { SENDING_POINTS } from '@concord/core/platform/checkpoints';
import type { Checkpoint } from '@concord/core/platform/checkpoints';
import { Dice } from '../../e2e/thirty-days/seeded.js';
import { TestBureau, withBureau } from '../../support/test-bureau.js';
import { openTestDatabase } from '../../support/test-database.js';
import type { TestDatabase } from '../../support/test-database.js';
import { OFFICE, openTestOffice, TODAY } from '../../support/test-office.js';
import { Attempts } from './attempts.js';
import { bureauDifferences } from './bureau-differences.js';
import { RandomOfficer } from './random-officer.js';
import type { ScheduleResult } from './run-schedules.js';
import { CHANNEL_FAULTS, UnreliableChannel } from './unreliable-channel.js';
import { fileNumber, WatchingBureau } from './watching-bureau.js';

const STEPS = 28;
const CALM_ROUNDS = 8;
const EXAMPLE = new URL('../../../libs/plugins/metro2/example/settings.yaml', import.meta.url);

/** One office and one bureau whose every step may be broken, by the throw of dice that a seed decides. */
export class BureauSchedule {
  private readonly attempts = new Attempts();
  private readonly officer: RandomOfficer;
  private faults = 0;
  private cutoffs = 0;

  private constructor(
    private readonly dice: Dice,
    private readonly database: TestDatabase,
    private readonly bureau: TestBureau,
    private readonly channel: UnreliableChannel,
    private readonly partner: WatchingBureau,
  ) {
    this.officer = new RandomOfficer(bureau.office, dice, this.attempts);
  }

  /** @param spoil a fault that a test is shown to notice, made once the office stands */
  static async run(
    seed: number,
    number: number,
    host: PluginHost,
    spoil: (parts: { database: TestDatabase; channel: UnreliableChannel }) => void = () => undefined,
  ): Promise<ScheduleResult> {
    const dice = new Dice(seed, `bureau schedule ${number}`);
    const database = await openTestDatabase();
    const office = await openTestOffice(database, await withBureau());
    const channel = new UnreliableChannel();
    const bureau = await TestBureau.open(office, host, channel);
    const partner = new WatchingBureau(channel, dice, tradelines);
    spoil({ database, channel });
    try {
      return await new BureauSchedule(dice, database, bureau, channel, partner).play();
    } finally {
      await bureau.close();
      await database.close();
    }
  }

  private async play(): Promise<ScheduleResult> {
    await this.newDebt();
    for (let step = 0; step < STEPS; step += 1) await this.step();
    await this.calmDown();
    this.attempts.wrong.push(...this.partner.complaints);
    const numbers = this.partner.received.map(fileNumber);
    // One may overtake another that could not go on; none is missing in the end.
    if (numbers.sort((one, other) => one - other).some((number, index) => number !== index + 1))
      this.attempts.wrong.push(`numbers of files: ${numbers.join(' ')}`);
    this.attempts.wrong.push(...(await violations(this.database.gateway, OFFICE)).map((each) => JSON.stringify(each)));
    return { faults: this.faults + this.channel.happened, ...this.attempts };
  }

  private async step(): Promise<void> {
    const steps: readonly (readonly [string, () => Promise<void> | void])[] = [
      ['a debt', () => this.newDebt()],
      ['a payment', () => this.officer.pay()],
      ['all paid', () => this.officer.pay(true)],
      ['a stop', () => this.officer.stop()],
      ['a stop lifted', () => this.officer.lift()],
      ['database connections ended', () => this.endConnections()],
      ['partner collects at once', () => void (this.channel.arrived = () => this.partner.take())],
      ['partner takes its time', () => void (this.channel.arrived = () => undefined)],
      ['partner looks', () => this.partnerLooks()],
      ['answer', () => this.partner.answer()],
      ['wrong answer', () => this.partner.answer('wrong-first')],
      ['answer twice', () => this.partner.answer('twice')],
      ['judge', async () => void (await this.attempt('judge', () => this.bureau.judge()))],
      ['new cutoff', () => this.breakSomething(() => this.cutoff())],
      ['new cutoff', () => this.breakSomething(() => this.cutoff())],
      ['cutoff again', () => this.breakSomething(() => this.goOn())],
      ['cutoff again', () => this.breakSomething(() => this.goOn())],
      ['collect', () => this.breakSomething(() => this.collect())],
      ['collect', () => this.breakSomething(() => this.collect())],
    ];
    const [name, act] = this.dice.one(steps)!;
    this.attempts.sequence.push(`- ${name}`);
    await act();
  }

  private newDebt(): Promise<void> {
    return this.officer.newDebt((debtId) => this.bureau.refer(debtId));
  }

  private attempt(what: string, work: () => Promise<unknown>): Promise<boolean> {
    return this.attempts.attempt(what, work);
  }

  /** Breaks something that the work may come upon, mostly. */
  private async breakSomething(work: () => Promise<void>): Promise<void> {
    if (this.dice.chance(35)) this.interruptOnce();
    else if (this.dice.chance(70)) this.breakChannel();
    await work();
  }

  private async collect(): Promise<void> {
    await this.attempt('collect', () => this.bureau.collect());
  }

  private interruptOnce(): void {
    const point = this.dice.one<Checkpoint>([...SENDING_POINTS, 'mid-apply'])!;
    this.attempts.sequence.push(`at ${point}`);
    this.bureau.onCheckpoint = async (reached) => {
      if (reached !== point) return;
      this.bureau.onCheckpoint = () => Promise.resolve();
      this.faults += 1;
      throw new Error(`interrupted ${point}`);
    };
  }

  private breakChannel(): void {
    const fault = this.dice.one(CHANNEL_FAULTS)!;
    this.attempts.sequence.push(fault);
    this.channel.faults.push(fault);
  }

  /** Ends every connection of ours in the middle of what comes next. */
  private async endConnections(): Promise<void> {
    this.faults += 1;
    const ending = new Promise((resolve) => setTimeout(resolve, this.dice.between(0, 40))).then(() =>
      this.database.asOwner(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name in ('concord_gateway', 'concord_connectors')`,
      ),
    );
    await Promise.all([this.dice.chance(50) ? this.goOn() : this.cutoff(), ending]);
  }

  private async partnerLooks(): Promise<void> {
    this.partner.take();
    await this.partner.decide();
  }

  private async cutoff(): Promise<void> {
    await this.attempt('judge', () => this.bureau.judge());
    const key = `cutoff-${(this.cutoffs += 1)}`;
    await this.attempt('send', () => this.bureau.send(key));
  }

  /** Goes on with every file that was begun, the oldest first. */
  private async goOn(): Promise<void> {
    const begun = await this.database.asOwner<{ key: string }>(
      `select cutoff_key as key from exchange.exchange
       where direction = 'out' and state in ('choosing', 'released', 'archived') order by started_at, cutoff_key`,
    );
    for (const { key } of begun) await this.attempt('send', () => this.bureau.send(key));
  }

  /** Nothing is broken any more: after a few rounds the bureau must hold what the cases say. */
  private async calmDown(): Promise<void> {
    this.attempts.sequence.push('calm');
    this.channel.faults.length = 0;
    this.bureau.onCheckpoint = () => Promise.resolve();
    this.partner.content = true;
    // What it refused is not told again as it is: the next change of it is.
    for (const debt of this.officer.debts) {
      if (this.partner.refusedAccounts.has(`CITY${debt.number}`) && (await this.officer.owed(debt)) > 200)
        await this.officer.post(debt, 100);
    }
    let found: string[] = [];
    for (let round = 0; round < CALM_ROUNDS; round += 1) {
      await this.goOn();
      await this.attempt('judge', () => this.bureau.judge());
      await this.partnerLooks();
      while (this.partner.owesAnswers) this.partner.answer();
      await this.collect();
      await this.attempt('judge', () => this.bureau.judge());
      found = await bureauDifferences(this.database, this.officer.debts, this.partner.books);
      if (found.length === 0) return;
      await this.cutoff();
    }
    this.attempts.wrong.push(...found);
  }
}

/** The base records of a file. */
async function tradelines(name: string, bytes: Buffer): Promise<PartnerRecord[]> {
  const settings = metro2.settings.parse(await readSettingsFile(EXAMPLE));
  const once = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  const records: PartnerRecord[] = [];
  for await (const item of metro2.outbound[0]!.format(settings).decode(once(), { file: name, date: TODAY })) {
    if (item.fault) throw new Error(JSON.stringify(item.fault));
    if (item.type === 'base') records.push(item.record);
  }
  return records;
}
