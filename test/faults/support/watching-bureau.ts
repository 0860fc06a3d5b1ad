import type { PartnerRecord } from '@concord/plugin-sdk';
import type { Dice } from '../../e2e/thirty-days/seeded.js';
import { rejectFile } from '../../support/reject-file.js';
import type { RejectFile } from '../../support/reject-file.js';
import type { UnreliableChannel } from './unreliable-channel.js';

/** What the bureau holds of one account, as the last record that it took said. */
export interface HeldTradeline {
  readonly status: string;
  /** Whole units of the currency, as the file has them. */
  readonly balance: number;
  readonly mark: string;
  /** Number of the file that said it. */
  readonly file: number;
}

/** A bureau that knows nothing but its folder: it keeps books of what it received, and complains of a name that comes twice. */
export class WatchingBureau {
  readonly books = new Map<string, HeldTradeline>();
  readonly complaints: string[] = [];
  /** Names in the order in which the files came. */
  readonly received: string[] = [];
  /** Accounts of which it ever refused something. */
  readonly refusedAccounts = new Set<string>();
  /** Whether it refuses nothing any more. */
  content = false;
  private readonly unread: { readonly name: string; readonly bytes: Buffer }[] = [];
  private readonly answers: RejectFile[] = [];
  private left = 0;

  constructor(
    private readonly channel: UnreliableChannel,
    private readonly dice: Dice,
    private readonly read: (name: string, bytes: Buffer) => Promise<PartnerRecord[]>,
  ) {}

  get owesAnswers(): boolean {
    return this.answers.length > 0 || this.unread.length > 0;
  }

  /** Takes finished files out of its folder. */
  take(): void {
    for (const [path, bytes] of this.channel.files) {
      const name = /^\/inbox\/(.+)$/.exec(path)?.[1];
      if (name === undefined || name.endsWith('.tmp')) continue;
      if (this.received.includes(name)) this.complaints.push(`${name} came twice`);
      this.received.push(name);
      this.unread.push({ name, bytes });
      this.channel.files.delete(path);
    }
  }

  /** Reads what it took, in order, and decides on each record. */
  async decide(): Promise<void> {
    for (let file = this.unread.shift(); file !== undefined; file = this.unread.shift()) {
      const records = await this.read(file.name, file.bytes).catch((error: Error) => {
        this.complaints.push(`${file.name} can not be read: ${error.message}`);
        return [];
      });
      const answers = file.name;
      if (!this.content && this.dice.chance(8)) {
        const stated = { accepted: 0, refused: [], statedRefused: records.length };
        this.answers.push({ answers, ...stated, wholeFile: 'refused', reason: 'NOT TODAY' });
        continue;
      }
      const number = fileNumber(file.name);
      const refused: { account: string; code: string }[] = [];
      for (const record of records) {
        const account = String(record['consumerAccountNumber']);
        if (!this.content && this.dice.chance(10)) {
          refused.push({ account, code: 'E1' });
          this.refusedAccounts.add(account);
          continue;
        }
        // A snapshot carries its own date: one that was overtaken changes nothing that a newer one has said.
        if ((this.books.get(account)?.file ?? 0) > number) continue;
        const mark = record['complianceConditionCode'];
        this.books.set(account, {
          file: number,
          status: String(record['accountStatus']),
          balance: Number(record['currentBalance']),
          mark: typeof mark === 'string' ? mark : '',
        });
      }
      this.answers.push({ answers, accepted: records.length - refused.length, refused });
    }
  }

  /** Leaves its next answer: as it should be, or first with a wrong count, or twice under two names. */
  answer(how: 'right' | 'wrong-first' | 'twice' = 'right'): void {
    const next = this.answers[0];
    if (next === undefined) return;
    if (how === 'wrong-first') {
      this.leave(rejectFile({ ...next, accepted: next.accepted + 1 }));
      return;
    }
    this.answers.shift();
    this.leave(rejectFile(next));
    if (how === 'twice') this.leave(rejectFile(next));
  }

  private leave(bytes: Buffer): void {
    this.left += 1;
    this.channel.files.set(`/outbox/answer-${String(this.left).padStart(4, '0')}.rej`, bytes);
  }
}

/** The number in the sequence that the end of a file's name is. */
export function fileNumber(name: string): number {
  return Number(/(\d{4})\.m2$/.exec(name)?.[1]);
}
