import type { Dice } from '../../e2e/thirty-days/seeded.js';
import type { AgencyCommand } from '../../partners/agency/commands.js';
import type { WatchingAgency } from './watching-agency.js';

const MOST_COLLECTED = 15_000;

/** An agency's people, who do for the office whatever the dice say. */
export class RandomAgency {
  constructor(
    private readonly agency: WatchingAgency,
    private readonly dice: Dice,
    private readonly today: () => string,
  ) {}

  /** Reads what came, then does a few things. @returns what was done, in words */
  async day(): Promise<string[]> {
    await this.agency.read();
    const done: string[] = [];
    for (let left = this.dice.between(1, 4); left > 0; left -= 1) {
      const command = this.command();
      if (command === null) continue;
      const result = await this.agency.do(command);
      done.push(`${JSON.stringify(command)} ${result.done ? result.files.join(' ') : result.code}`);
    }
    return done;
  }

  /** Leaves all that it has written, some of it twice, and some broken off. */
  leaveAll(): void {
    for (let left = this.dice.between(1, 4); left > 0; left -= 1) {
      const how = this.dice.chance(20) ? 'twice' : this.dice.chance(20) ? 'cut first' : 'as it is';
      this.agency.leave(how);
      // What is cut lies there until somebody notices.
      if (how === 'cut first') return;
    }
  }

  /** The last remittance once more, with a payment that was left out. */
  async correct(): Promise<void> {
    await this.agency.do({ do: 'correct', date: this.today() });
  }

  /** Reads what came, tells all that was not told and what it holds, and leaves everything as it should be. */
  async settle(): Promise<void> {
    await this.agency.do({ do: 'remit', date: this.today() });
    await this.agency.do({ do: 'reconcile', date: this.today() });
    while (this.agency.isBusy) this.agency.leave('as it is');
  }

  private command(): AgencyCommand | null {
    const date = this.today();
    const [fileNumber, account] = this.dice.one(this.agency.open()) ?? [null, null];
    const payment = this.dice.one(this.agency.remitted());
    const all = this.dice.chance(15);
    const owed = account?.balanceMinor ?? 0;
    const amountMinor = all ? owed : Math.min(owed, this.dice.between(1, MOST_COLLECTED));
    const chosen = this.dice.between(1, 100);
    if (chosen <= 35)
      return fileNumber === null || amountMinor <= 0 ? null : { do: 'collect', date, fileNumber, amountMinor };
    if (chosen <= 60) return { do: 'remit', date };
    if (chosen <= 72) return payment === undefined ? null : { do: 'reverse', date, identifier: payment.identifier };
    if (chosen <= 80) return { do: 'resend' };
    if (chosen <= 88) return { do: 'correct', date };
    if (fileNumber === null) return null;
    if (chosen <= 92) return { do: 'dispute', date, fileNumber };
    if (chosen <= 94) return { do: 'deceased', date, fileNumber };
    return { do: 'return', date, fileNumber };
  }
}
