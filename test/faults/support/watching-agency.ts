import type { Dice } from '../../e2e/thirty-days/seeded.js';
import { emptyBooks, isHeld } from '../../partners/agency/books.js';
import type { CollectedPayment, HeldAccount } from '../../partners/agency/books.js';
import { carryOut } from '../../partners/agency/carry-out.js';
import type { AgencyCommand, CommandResult } from '../../partners/agency/commands.js';
import { Outgoing } from '../../partners/agency/outgoing.js';
import type { MadeFile } from '../../partners/agency/outgoing.js';
import { readOfficeFile } from '../../partners/agency/read-office-file.js';
import { takeFile } from '../../partners/agency/take-file.js';
import type { Custody } from './custody.js';
import type { UnreliableChannel } from './unreliable-channel.js';

const INBOX = '/inbox/';
const OUTBOX = '/outbox/';
/** Of a trailer, what has its count: a file that is cut before this is not whole. */
const TRAILER_START = 14;

export type Leaving = 'as it is' | 'twice' | 'cut first';

/**
 * A simulated agency at the other end of a connection that breaks. It knows nothing but its folders and its books, reads what
 * came before it does anything else, and complains of what no agency would put up with.
 */
export class WatchingAgency {
  readonly books = emptyBooks();
  readonly complaints: string[] = [];
  /** Names in the order in which the office's files came. */
  readonly received: string[] = [];
  /** Whether files leave the inbox before the sender gets the reply. */
  collectsAtOnce = false;
  /** Whether it refuses nothing any more. */
  content = false;
  private readonly arrived = new Set<string>();
  private readonly unread: { readonly name: string; readonly bytes: Buffer }[] = [];
  private readonly written = new Map<string, string>();
  private readonly drawer: MadeFile[] = [];
  /** The name in the outbox of what was written under another one, for files that correct an earlier one. */
  private readonly nameOutside = new Map<string, string>();

  constructor(
    readonly id: string,
    readonly channel: UnreliableChannel,
    private readonly dice: Dice,
    private readonly custody: Custody,
  ) {
    channel.arrived = () => {
      this.notice();
      if (this.collectsAtOnce) this.take();
    };
  }

  /** Whether something is to be read or to be left. */
  get isBusy(): boolean {
    return this.drawer.length > 0 || this.unread.length > 0 || this.inbox().length > 0;
  }

  /** Accounts that it works, in the order of their numbers. */
  open(): [fileNumber: string, account: HeldAccount][] {
    return Object.entries(this.books.accounts)
      .filter(([, { state }]) => state === 'open')
      .sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** Payments that it told the office and that did not bounce. */
  remitted(): CollectedPayment[] {
    return this.books.payments.filter(({ reversed, remittedIn }) => remittedIn !== null && !reversed);
  }

  /** Does something for the office, once it has read what came. */
  async do(command: AgencyCommand): Promise<CommandResult> {
    await this.read();
    const outgoing = this.outgoing();
    const before = this.books.lastRemittance;
    const result = carryOut(this.books, command, outgoing);
    if (command.do === 'return' && result.done) this.custody.ended(this.id, [command.fileNumber]);
    const [corrected] = outgoing.files;
    // Half of those who correct a file do it under the name of that file.
    if (command.do === 'correct' && corrected && before !== null && this.dice.chance(50))
      this.nameOutside.set(corrected.name, this.nameOutside.get(before) ?? before);
    this.keep(outgoing);
    return result;
  }

  /** Takes what is in the inbox and reads it, in the order in which it came. */
  async read(): Promise<void> {
    this.take();
    for (let file = this.unread.shift(); file !== undefined; file = this.unread.shift()) {
      const reading = await readOfficeFile(file.bytes);
      if (reading.file === undefined) {
        this.complaints.push(`${this.id}: ${file.name} can not be processed: ${reading.refused}`);
        continue;
      }
      const outgoing = this.outgoing();
      const refuseEvery = !this.content && this.dice.chance(30) ? 2 : 0;
      takeFile(this.books, reading.file, file.name, { quiet: true, refuseEvery }, outgoing);
      const placed = reading.file.kind === 'placements' ? reading.file.placed : [];
      const refused = placed.filter(({ fileNumber }) => this.books.accounts[fileNumber]?.state === 'refused');
      this.custody.ended(
        this.id,
        refused.map(({ fileNumber }) => fileNumber),
      );
      this.keep(outgoing);
    }
  }

  /** Leaves its next file for the office. One that is cut first is left again as it should be, later. */
  leave(how: Leaving): void {
    const next = this.drawer.shift();
    if (next === undefined) return;
    const name = this.nameOutside.get(next.name) ?? next.name;
    const bytes = Buffer.from(next.content, 'latin1');
    if (how === 'cut first') {
      const trailer = next.content.lastIndexOf('\n', next.content.length - 2) + 1;
      this.channel.files.set(`${OUTBOX}${name}`, bytes.subarray(0, this.dice.between(1, trailer + TRAILER_START)));
      this.drawer.unshift(next);
      return;
    }
    this.channel.files.set(`${OUTBOX}${name}`, bytes);
    if (how === 'twice') this.channel.files.set(`${OUTBOX}${name.replace('.txt', '-copy.txt')}`, bytes);
  }

  holds(fileNumber: string): boolean {
    return isHeld(this.books.accounts[fileNumber]);
  }

  private inbox(): [path: string, bytes: Buffer][] {
    return [...this.channel.files].filter(([path]) => path.startsWith(INBOX) && !path.endsWith('.tmp'));
  }

  private notice(): void {
    for (const [path, bytes] of this.inbox()) {
      if (this.arrived.has(path)) continue;
      this.arrived.add(path);
      this.custody.arrived(this.id, bytes);
    }
  }

  private take(): void {
    for (const [path, bytes] of this.inbox()) {
      const name = path.slice(INBOX.length);
      if (this.received.includes(name)) this.complaints.push(`${this.id}: ${name} came twice`);
      this.received.push(name);
      this.unread.push({ name, bytes });
      this.channel.files.delete(path);
    }
  }

  private outgoing(): Outgoing {
    return new Outgoing(this.books, (name) => this.written.get(name)!);
  }

  private keep({ files }: Outgoing): void {
    for (const file of files) {
      this.written.set(file.name, file.content);
      this.drawer.push(file);
    }
  }
}
