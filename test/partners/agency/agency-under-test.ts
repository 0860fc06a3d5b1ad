import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type SftpClient from 'ssh2-sftp-client';
import type { AgencyBooks, AgencyCommand, CommandResult, HeldAccount, LaunchedPartner } from '../launch.ts';
import { agencyBooks, agencyDo, launchAgency, setAccount, setFaults } from '../launch.ts';
import { deliverTo, visited } from '../sftp/test-client.ts';
import { placement, placements } from './sample-files.ts';

export const USER = 'us-ca-berkeley';
export const PASSWORD = 'correct horse';

/** A line of `received/<user>.jsonl`, as far as the tests look at it. */
export interface ArrivalLine {
  readonly name: string;
  readonly result: string;
  readonly records: number;
  readonly accepted: number;
  readonly refused: number;
  readonly reason: string | null;
}

/** A file taken out of the outbox, cut into its records. */
export interface Given {
  readonly name: string;
  readonly records: readonly string[];
  readonly trailer: string;
}

/** One agency in a state folder of its own, seen as its clients and as whoever looks at its disk see it. */
export class AgencyUnderTest {
  readonly state = mkdtempSync(join(tmpdir(), 'agency-'));
  private running: LaunchedPartner | undefined;

  get agency(): LaunchedPartner {
    if (this.running === undefined) throw new Error('not started');
    return this.running;
  }

  async start(): Promise<void> {
    setAccount(this.state, USER, PASSWORD);
    setFaults(this.state, { quiet: true });
    this.running = await launchAgency(this.state, 'harbor');
  }

  async end(): Promise<void> {
    await this.agency.stop();
    rmSync(this.state, { recursive: true, force: true });
  }

  /** Ends the process in the given way and starts another on the same state. */
  async restart(endIt: (agency: LaunchedPartner) => void = ({ child }) => child.kill('SIGKILL')): Promise<void> {
    const gone = new Promise((resolve) => this.agency.child.once('exit', resolve));
    endIt(this.agency);
    await gone;
    this.running = await launchAgency(this.state, 'harbor');
  }

  connected<T>(act: (client: SftpClient) => Promise<T>, user = USER): Promise<T> {
    const { port, hostKey } = this.agency;
    return visited({ port, hostKey, user, password: PASSWORD }, act);
  }

  /** Sends a file and waits until the agency has judged it. */
  async deliver(name: string, bytes: Buffer): Promise<ArrivalLine> {
    const before = this.arrivals(name).length;
    await this.send(name, bytes);
    return until(`judgement of ${name}`, () => this.arrivals(name)[before]);
  }

  send(name: string, bytes: Buffer): Promise<void> {
    return this.connected((client) => deliverTo(client, name, bytes));
  }

  /** Places accounts, `[file number, amount]` each, and throws their answers away. */
  async place(...accounts: readonly (readonly [fileNumber: string, amount: string])[]): Promise<void> {
    const name = `CPLC${(accounts[0] ?? [''])[0]}.txt`;
    await this.deliver(name, placements(accounts.flatMap(([fileNumber, amount]) => placement(fileNumber, amount))));
    for (const [fileNumber] of accounts) if (this.account(fileNumber).state !== 'open') throw new Error(fileNumber);
    await this.given('AACK');
  }

  do(command: AgencyCommand): Promise<CommandResult> {
    return agencyDo(this.state, USER, command);
  }

  /** Takes the next file of a kind out of the outbox, as a client does, waiting for it; its framing is checked. */
  given(kind: string): Promise<Given> {
    return this.connected((client) =>
      until(`a file ${kind}`, async () => {
        const names = (await client.list('/outbox')).map(({ name }) => name);
        const name = names.filter((one) => one.startsWith(kind) && one.endsWith('.txt')).sort()[0];
        if (name === undefined) return undefined;
        const text = ((await client.get(`/outbox/${name}`)) as Buffer).toString('latin1');
        await client.delete(`/outbox/${name}`);
        const lines = text.split('\n');
        if (lines.pop() !== '') throw new Error('the last record does not end with a line feed');
        return { name, records: lines.slice(0, -1), trailer: lines.at(-1) ?? '' };
      }),
    );
  }

  /** Names that wait in the outbox. */
  outbox(): string[] {
    return readdirSync(join(this.state, 'accounts', USER, 'outbox')).sort();
  }

  arrivals(name: string): ArrivalLine[] {
    const path = join(this.state, 'received', `${USER}.jsonl`);
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as ArrivalLine).filter((arrival) => arrival.name === name);
  }

  books(): AgencyBooks {
    const books = agencyBooks(this.state, USER);
    if (books === undefined) throw new Error('no books');
    return books;
  }

  account(fileNumber: string): HeldAccount {
    const account = this.books().accounts[fileNumber];
    if (account === undefined) throw new Error(`no account ${fileNumber}`);
    return account;
  }
}

export async function until<T>(what: string, find: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(20)) {
    const found = await find();
    if (found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

let nextNumber = 100;

/** A new file number that is not refused, by the rule in README.md. */
export function spared(): string {
  return next((number) => hash(number) % 41 !== 0);
}

/** A new file number that is refused. */
export function hit(): string {
  return next((number) => hash(number) % 41 === 0);
}

/** A new file number that has this fate, by the rules in README.md. */
export function next(isWanted: (number: string) => boolean): string {
  for (;;) {
    const number = String(++nextNumber).padStart(9, '0');
    if (isWanted(number)) return number;
  }
}

export function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}
