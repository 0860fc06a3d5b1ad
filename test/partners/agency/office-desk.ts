import type { Arrival, Verdict } from '../sftp/arrivals.ts';
import { Arrivals } from '../sftp/arrivals.ts';
import { log } from '../sftp/log.ts';
import type { StateFolder } from '../sftp/state-folder.ts';
import type { AgencyBooks } from './books.ts';
import { loadBooks, saveBooks } from './books.ts';
import { carryOut } from './carry-out.ts';
import { CommandFolder } from './command-folder.ts';
import type { CommandResult } from './commands.ts';
import { parseCommand } from './commands.ts';
import type { AgencyFaults } from './faults.ts';
import { Mailroom } from './mailroom.ts';
import { Outgoing } from './outgoing.ts';
import { readOfficeFile } from './read-office-file.ts';
import { takeFile } from './take-file.ts';

/**
 * Everything that the agency does for one office: reads its files, carries commands out, writes what follows. Each arrival
 * and each command changes the books in one step together with the note that it is done, so a kill can't do it twice.
 */
export class OfficeDesk {
  readonly arrivals: Arrivals;
  private readonly user: string;
  private readonly booksPath: string;
  private readonly commands: CommandFolder;
  private readonly mailroom: Mailroom;
  private readonly failed = new Set<number | string>();
  private books: AgencyBooks;

  constructor(folder: StateFolder, user: string) {
    folder.prepareAccount(user);
    this.user = user;
    this.arrivals = new Arrivals(folder, user);
    this.booksPath = folder.books(user);
    this.books = loadBooks(this.booksPath);
    this.commands = new CommandFolder(folder.root, user);
    this.mailroom = new Mailroom(folder.root, user, folder.outbox(user));
    this.mailroom.tidy(this.books);
  }

  /** One round: the files that wait, unless the agency is silent; the commands; then what is to go out. */
  async work(faults: AgencyFaults): Promise<void> {
    const silent = faults.silent === true;
    if (!silent) {
      for (const arrival of this.arrivals.all) {
        if (arrival.verdict === null) await this.tried(arrival.number, () => this.judge(arrival, faults));
      }
    }
    for (const id of this.commands.waiting()) await this.tried(id, () => this.obey(id));
    if (silent) return;
    for (const name of this.mailroom.post(faults)) log(`${this.user}: gave out ${name}`);
  }

  private async judge(arrival: Arrival, faults: AgencyFaults): Promise<void> {
    arrival.verdict = this.earlierVerdict(arrival) ?? (await this.freshVerdict(arrival, faults));
    arrival.answered = true;
    this.arrivals.keep(arrival);
    const { result, accepted, refused, reason } = arrival.verdict;
    log(
      `${this.user}: arrival ${arrival.number} ${result}, ${accepted} taken, ${refused} not${reason === null ? '' : `, ${reason}`}`,
    );
  }

  /** The books were already written for this arrival, or the same file came before: no second effect. */
  private earlierVerdict(arrival: Arrival): Verdict | undefined {
    if (this.books.lastVerdict?.arrival === arrival.number) return this.books.lastVerdict;
    const twin = this.arrivals.earlierTwin(arrival);
    if (twin === undefined || twin.verdict === null) return undefined;
    return { ...twin.verdict, arrival: arrival.number, result: 'duplicate', duplicateOf: twin.number };
  }

  private async freshVerdict(arrival: Arrival, faults: AgencyFaults): Promise<Verdict> {
    const verdict = { arrival: arrival.number, duplicateOf: null };
    const reading = await readOfficeFile(await this.arrivals.bytesOf(arrival));
    if (reading.file === undefined) {
      const { records, refused: reason } = reading;
      return { ...verdict, result: 'refused', records, accepted: 0, refused: records, reason };
    }
    const { file } = reading;
    const outgoing = this.outgoing();
    const taken = takeFile(this.books, file, arrival.name, faults, outgoing);
    this.books.lastVerdict = { ...verdict, result: 'processed', records: file.records, ...taken, reason: null };
    this.write(outgoing);
    return this.books.lastVerdict;
  }

  private obey(id: string): void {
    if (this.commands.isDone(id)) return this.commands.remove(id);
    if (this.books.lastCommand?.id !== id) {
      const outgoing = this.outgoing();
      const parsed = parseCommand(this.commands.read(id));
      const result: CommandResult =
        'wrong' in parsed
          ? { done: false, code: 'MALFORMED', reason: parsed.wrong }
          : carryOut(this.books, parsed.command, outgoing);
      this.books.lastCommand = { id, result };
      this.write(outgoing);
    }
    const { result } = this.books.lastCommand;
    this.commands.finish(id, result);
    log(
      `${this.user}: command ${id} ${result.done ? `done, ${result.files.length} files` : `refused, ${result.reason}`}`,
    );
  }

  private write(outgoing: Outgoing): void {
    this.mailroom.stage(outgoing.files);
    saveBooks(this.booksPath, this.books);
  }

  private outgoing(): Outgoing {
    return new Outgoing(this.books, (name) => this.mailroom.contentOf(name));
  }

  /** A failure is a mistake of this program: said once, undone in memory, and left for the next start. */
  private async tried(what: number | string, attempt: () => Promise<void> | void): Promise<void> {
    if (this.failed.has(what)) return;
    try {
      await attempt();
    } catch (error) {
      this.failed.add(what);
      this.books = loadBooks(this.booksPath);
      this.mailroom.tidy(this.books);
      log(`${this.user}: ${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
}
