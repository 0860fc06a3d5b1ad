import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Accounts } from '../../../../test/partners/sftp/accounts.ts';
import { Arrivals } from '../../../../test/partners/sftp/arrivals.ts';
import type { Arrival } from '../../../../test/partners/sftp/arrivals.ts';
import { log } from '../../../../test/partners/sftp/log.ts';
import type { Reception } from '../../../../test/partners/sftp/reception.ts';
import type { StateFolder } from '../../../../test/partners/sftp/state-folder.ts';
import { writeAnswer } from './answer.ts';
import { carryOut, readBooks, writeBooks } from './books.ts';
import { readPlacements } from './read-placements.ts';

/**
 * What the partner does with what an office sends: reads it, carries it out, answers. Everything may be done twice with the
 * same result, so that a start after a kill simply does again what is not noted as done.
 */
export class Desk implements Reception {
  private readonly folder: StateFolder;
  private readonly accounts = new Map<string, Arrivals>();
  private work: Promise<void> = Promise.resolve();

  constructor(folder: StateFolder) {
    this.folder = folder;
  }

  /** Takes up what an earlier process left. */
  async start(accounts: Accounts): Promise<void> {
    for (const user of accounts.users()) {
      const arrivals = this.open(user);
      for (const name of arrivals.missed()) await arrivals.receive(name);
      for (const arrival of arrivals.all) if (arrival.verdict === null) this.enqueue(user, arrival);
    }
  }

  prepare(user: string): void {
    this.open(user);
  }

  unfinished(user: string, name: string, unfinished: boolean): void {
    this.open(user).markUnfinished(name, unfinished);
  }

  async complete(user: string, name: string): Promise<void> {
    this.enqueue(user, await this.open(user).receive(name));
  }

  private open(user: string): Arrivals {
    let arrivals = this.accounts.get(user);
    if (arrivals === undefined) {
      this.folder.prepareAccount(user);
      arrivals = new Arrivals(this.folder, user);
      this.accounts.set(user, arrivals);
    }
    return arrivals;
  }

  private enqueue(user: string, arrival: Arrival): void {
    this.work = this.work
      .then(() => this.judge(user, arrival))
      .catch((error: unknown) => log(`${user}: arrival ${arrival.number} failed: ${String(error)}`));
  }

  private async judge(user: string, arrival: Arrival): Promise<void> {
    const arrivals = this.open(user);
    const read = readPlacements(await arrivals.bytesOf(arrival));
    const books = readBooks(this.folder.books(user));
    const refusals = read.wholeFile === null ? carryOut(books, read.placements) : [];
    writeBooks(this.folder.books(user), books);
    const records = read.placements.length;
    const refused = read.wholeFile === null ? refusals.length : records;
    this.post(user, `${arrival.name}.ans`, writeAnswer(arrival.name, read, refusals));
    arrival.verdict = {
      arrival: arrival.number,
      result: read.wholeFile === null ? 'processed' : 'refused',
      records,
      accepted: records - refused,
      refused,
      reason: read.wholeFile,
      duplicateOf: null,
    };
    arrival.answered = true;
    arrivals.keep(arrival);
    log(`${user}: arrival ${arrival.number} ${arrival.verdict.result}, ${refused} of ${records} refused`);
  }

  private post(user: string, name: string, text: string): void {
    const temporary = join(this.folder.outbox(user), `${name}.filepart`);
    writeFileSync(temporary, text, { encoding: 'latin1', mode: 0o600 });
    renameSync(temporary, join(this.folder.outbox(user), name));
  }
}
