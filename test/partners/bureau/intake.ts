import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Accounts } from '../sftp/accounts.ts';
import type { Arrival } from '../sftp/arrivals.ts';
import { Arrivals } from '../sftp/arrivals.ts';
import type { FaultSwitches } from '../sftp/faults.ts';
import { log } from '../sftp/log.ts';
import type { Reception } from '../sftp/reception.ts';
import type { StateFolder } from '../sftp/state-folder.ts';
import { withoutEnd, withWrongDetailCount, writeAnswer } from './answer.ts';
import type { AnsweredVerdict } from './answered-verdict.ts';
import { Books } from './books.ts';
import type { BureauFaults } from './faults.ts';
import { DEFAULT_WHIM_DIVISOR } from './faults.ts';
import { judgeFile } from './judge-file.ts';

const ANSWER_POLL_MS = 50;

interface Account {
  readonly user: string;
  readonly arrivals: Arrivals<AnsweredVerdict>;
  books: Books;
}

/**
 * What the bureau does behind its front door: takes complete files in, judges one after the other, and answers. Each step
 * leaves a trace on disk before the next begins, so that a start after a kill carries on where it was.
 */
export class Intake implements Reception {
  private readonly folder: StateFolder;
  private readonly faults: FaultSwitches<BureauFaults>;
  private readonly accounts = new Map<string, Account>();
  /** Arrivals whose answer could not be written; said once, tried on. */
  private readonly unwritable = new Set<Arrival<AnsweredVerdict>>();
  private work: Promise<void> = Promise.resolve();

  constructor(folder: StateFolder, faults: FaultSwitches<BureauFaults>) {
    this.folder = folder;
    this.faults = faults;
  }

  /** Takes up what an earlier process left: files that it missed, did not judge, or did not answer. */
  async start(accounts: Accounts): Promise<void> {
    for (const user of accounts.users()) {
      const account = this.open(user);
      for (const name of account.arrivals.missed()) await account.arrivals.receive(name);
      for (const arrival of account.arrivals.all) if (arrival.verdict === null) this.enqueue(account, arrival);
    }
    setInterval(() => this.answerAll(), ANSWER_POLL_MS);
  }

  prepare(user: string): void {
    this.open(user);
  }

  unfinished(user: string, name: string, unfinished: boolean): void {
    this.open(user).arrivals.markUnfinished(name, unfinished);
  }

  async complete(user: string, name: string): Promise<void> {
    const account = this.open(user);
    const arrival = await account.arrivals.receive(name);
    log(`${user}: received ${JSON.stringify(name)}, ${arrival.size} bytes, as ${arrival.number}`);
    if (this.faults.now().collectAtOnce === true) rmSync(join(this.folder.inbox(user), name), { force: true });
    this.enqueue(account, arrival);
  }

  private open(user: string): Account {
    let account = this.accounts.get(user);
    if (account === undefined) {
      this.folder.prepareAccount(user);
      account = {
        user,
        arrivals: new Arrivals<AnsweredVerdict>(this.folder, user),
        books: new Books(this.folder.books(user)),
      };
      this.accounts.set(user, account);
    }
    return account;
  }

  private enqueue(account: Account, arrival: Arrival<AnsweredVerdict>): void {
    this.work = this.work
      .then(() => this.judge(account, arrival))
      .catch((error: unknown) => {
        // The books in memory may be half changed: go back to what is on disk. The arrival waits for the next start.
        account.books = new Books(this.folder.books(account.user));
        log(`${account.user}: arrival ${arrival.number} failed: ${String(error)}`);
      });
  }

  private async judge(account: Account, arrival: Arrival<AnsweredVerdict>): Promise<void> {
    const { arrivals, books, user } = account;
    arrival.verdict = this.earlierVerdict(account, arrival) ?? (await this.freshVerdict(account, arrival));
    arrivals.keep(arrival);
    const { result, accepted, refused, reason } = arrival.verdict;
    log(
      `${user}: arrival ${arrival.number} ${result}, ${accepted} accepted, ${refused} refused${reason === null ? '' : `, ${reason}`}; ${books.tradelines.size} tradelines`,
    );
  }

  /** The books were already written for this arrival, or the same file was answered before: no second effect. */
  private earlierVerdict({ arrivals, books }: Account, arrival: Arrival<AnsweredVerdict>): AnsweredVerdict | undefined {
    if (books.lastVerdict?.arrival === arrival.number) return books.lastVerdict;
    const twin = arrivals.earlierTwin(arrival);
    if (twin === undefined || twin.verdict === null) return undefined;
    return {
      ...twin.verdict,
      arrival: arrival.number,
      judgedAt: Date.now(),
      result: 'duplicate',
      duplicateOf: twin.number,
    };
  }

  private async freshVerdict(
    { arrivals, books }: Account,
    arrival: Arrival<AnsweredVerdict>,
  ): Promise<AnsweredVerdict> {
    const divisor = this.faults.now().refuseEvery ?? DEFAULT_WHIM_DIVISOR;
    const content = await judgeFile(await arrivals.bytesOf(arrival), arrival.name, books, divisor);
    const verdict: AnsweredVerdict = {
      arrival: arrival.number,
      judgedAt: Date.now(),
      result: content.wholeFile === null ? 'processed' : 'refused',
      records: content.received,
      accepted: content.accepted,
      refused: content.refused,
      reason: content.wholeFile,
      duplicateOf: null,
      answer: writeAnswer(content),
    };
    if (content.accepted > 0) {
      books.lastVerdict = verdict;
      await books.write();
    }
    return verdict;
  }

  private answerAll(): void {
    for (const account of this.accounts.values()) {
      for (const arrival of account.arrivals.all) {
        if (arrival.verdict === null || arrival.answered) continue;
        try {
          this.answer(account, arrival, arrival.verdict);
        } catch (error) {
          if (!this.unwritable.has(arrival))
            log(`${account.user}: answer to ${arrival.number} failed: ${String(error)}`);
          this.unwritable.add(arrival);
        }
      }
    }
  }

  private answer({ user, arrivals }: Account, arrival: Arrival<AnsweredVerdict>, verdict: AnsweredVerdict): void {
    const faults = this.faults.now();
    if (faults.silent === true || Date.now() < verdict.judgedAt + (faults.answerDelayMs ?? 0)) return;
    let bytes = verdict.answer;
    if (faults.wrongDetailCount === true) bytes = withWrongDetailCount(bytes);
    if (faults.truncateAnswer === true) bytes = withoutEnd(bytes);
    this.post(user, `${arrival.name}.rej`, bytes);
    if (faults.duplicateAnswer === true) this.post(user, `${arrival.name}.copy.rej`, bytes);
    arrival.answered = true;
    arrivals.keep(arrival);
    log(`${user}: answered arrival ${arrival.number}`);
  }

  private post(user: string, name: string, bytes: string): void {
    const temporary = join(this.folder.outbox(user), `${name}.filepart`);
    writeFileSync(temporary, bytes, { encoding: 'latin1', mode: 0o600 });
    renameSync(temporary, join(this.folder.outbox(user), name));
  }
}
