import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type SftpClient from 'ssh2-sftp-client';
import type { LaunchedPartner } from '../launch.ts';
import { launchBureau, setAccount } from '../launch.ts';
import { deliverTo, visited } from '../sftp/test-client.ts';

export const USER = 'raleigh';
export const PASSWORD = 'correct horse';

/** An answer cut into its records, line feeds removed. */
export interface Answer {
  readonly header: string;
  readonly details: readonly string[];
  readonly trailer: string;
}

/** A line of `received/<user>.jsonl`, as far as the tests look at it. */
export interface Arrival {
  readonly name: string;
  readonly result: string;
  readonly sha256: string;
  readonly copy: string;
}

export interface BooksOnDisk {
  readonly tradelines: { readonly [account: string]: { readonly [field: string]: unknown } | undefined };
  readonly history: { readonly [account: string]: readonly { readonly [field: string]: unknown }[] | undefined };
}

/** One bureau in a state folder of its own, seen as its clients and as whoever looks at its disk see it. */
export class BureauUnderTest {
  readonly state = mkdtempSync(join(tmpdir(), 'bureau-'));
  private running: LaunchedPartner | undefined;

  get bureau(): LaunchedPartner {
    if (this.running === undefined) throw new Error('not started');
    return this.running;
  }

  async start(): Promise<void> {
    setAccount(this.state, USER, PASSWORD);
    this.running = await launchBureau(this.state, 'north');
  }

  async end(): Promise<void> {
    await this.bureau.stop();
    rmSync(this.state, { recursive: true, force: true });
  }

  /** Ends the process in the given way and starts another on the same state. */
  async restart(endIt: (bureau: LaunchedPartner) => void = ({ child }) => child.kill('SIGKILL')): Promise<void> {
    const gone = new Promise((resolve) => this.bureau.child.once('exit', resolve));
    endIt(this.bureau);
    await gone;
    this.running = await launchBureau(this.state, 'north');
  }

  connected<T>(act: (client: SftpClient) => Promise<T>, password = PASSWORD, user = USER): Promise<T> {
    const { port, hostKey } = this.bureau;
    return visited({ port, hostKey, user, password }, act);
  }

  deliver(name: string, bytes: Buffer): Promise<void> {
    return this.connected((client) => deliverTo(client, name, bytes));
  }

  /** Takes a file out of the outbox, as a client does, waiting for it. */
  collect(name: string): Promise<string> {
    return this.connected((client) =>
      until(`answer ${name}`, async () => {
        if ((await client.exists(`/outbox/${name}`)) === false) return undefined;
        const bytes = (await client.get(`/outbox/${name}`)) as Buffer;
        await client.delete(`/outbox/${name}`);
        return bytes.toString('latin1');
      }),
    );
  }

  /** The answer to a file, its framing checked. */
  async answerTo(name: string): Promise<Answer> {
    const lines = (await this.collect(`${name}.rej`)).split('\n');
    if (lines.pop() !== '') throw new Error('the last record does not end with a line feed');
    if (lines.some((line) => line.length !== 140)) throw new Error('a record does not have 140 bytes');
    return { header: lines[0] ?? '', details: lines.slice(1, -1), trailer: lines.at(-1) ?? '' };
  }

  arrivals(name: string): Arrival[] {
    const path = join(this.state, 'received', `${USER}.jsonl`);
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Arrival).filter((arrival) => arrival.name === name);
  }

  /** Empty books where the bureau has not yet written any. */
  books(): BooksOnDisk {
    const path = join(this.state, 'books', `${USER}.json`);
    if (!existsSync(path)) return { tradelines: {}, history: {} };
    return JSON.parse(readFileSync(path, 'utf8')) as BooksOnDisk;
  }
}

export async function until<T>(what: string, find: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(25)) {
    const found = await find();
    if (found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

let nextAccount = 700_001;

/** A new account number that the made-up edit spares, by its rule in README.md. */
export function spared(): string {
  do nextAccount++;
  while (isHit(String(nextAccount)));
  return String(nextAccount);
}

/** A new account number that the made-up edit hits. */
export function hit(): string {
  do nextAccount++;
  while (!isHit(String(nextAccount)));
  return String(nextAccount);
}

function isHit(number: string): boolean {
  return createHash('sha256').update(number).digest().readUInt32BE(0) % 37 === 0;
}
