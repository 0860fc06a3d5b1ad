import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Accounts } from '../sftp/accounts.ts';
import type { FaultSwitches } from '../sftp/faults.ts';
import { log } from '../sftp/log.ts';
import type { Reception } from '../sftp/reception.ts';
import type { StateFolder } from '../sftp/state-folder.ts';
import type { AgencyFaults } from './faults.ts';
import { OfficeDesk } from './office-desk.ts';

const ROUND_MS = 40;

/** What the agency does behind its front door: one desk for each office, served in rounds. */
export class Intake implements Reception {
  private readonly folder: StateFolder;
  private readonly accounts: Accounts;
  private readonly faults: FaultSwitches<AgencyFaults>;
  private readonly desks = new Map<string, OfficeDesk>();

  constructor(folder: StateFolder, accounts: Accounts, faults: FaultSwitches<AgencyFaults>) {
    this.folder = folder;
    this.accounts = accounts;
    this.faults = faults;
  }

  /** Takes up what an earlier process left, then works in rounds until the process ends. */
  async start(): Promise<void> {
    for (const user of this.accounts.users()) {
      const { arrivals } = this.open(user);
      for (const name of arrivals.missed()) await arrivals.receive(name);
    }
    void this.rounds();
  }

  prepare(user: string): void {
    this.open(user);
  }

  unfinished(user: string, name: string, unfinished: boolean): void {
    this.open(user).arrivals.markUnfinished(name, unfinished);
  }

  async complete(user: string, name: string): Promise<void> {
    const arrival = await this.open(user).arrivals.receive(name);
    log(`${user}: received ${JSON.stringify(name)}, ${arrival.size} bytes, as ${arrival.number}`);
    if (this.faults.now().collectAtOnce === true) rmSync(join(this.folder.inbox(user), name), { force: true });
  }

  private async rounds(): Promise<never> {
    for (;;) {
      for (const user of this.accounts.users()) {
        try {
          await this.open(user).work(this.faults.now());
        } catch (error) {
          log(`${user}: round failed: ${String(error)}`);
        }
      }
      await sleep(ROUND_MS);
    }
  }

  private open(user: string): OfficeDesk {
    let desk = this.desks.get(user);
    if (desk === undefined) {
      desk = new OfficeDesk(this.folder, user);
      this.desks.set(user, desk);
    }
    return desk;
  }
}
