import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agencyBooks, agencyDo, launchAgency, launchBureau, setAccount, setFaults } from '../../partners/launch.js';
import type { AgencyBooks, AgencyCommand, CommandResult, LaunchedPartner } from '../../partners/launch.js';
import { pause } from '../../support/processes.js';
import { BureauAccount } from '../bureau.js';
import { AGENCIES, BUREAU, OFFICES } from './offices.js';
import type { AgencyName } from './offices.js';

const SETTLES_WITHIN_MS = 30_000;

/** One simulated bureau and two simulated agencies, which outlive whatever happens to Concord. */
export class Partners {
  private constructor(
    private readonly data: string,
    private readonly launched: readonly LaunchedPartner[],
  ) {}

  /**
   * Starts them with their state below a data folder, and leaves there what Concord needs to reach them. Nothing happens
   * at the agencies by itself: only what they are told.
   */
  static async launch(data: string): Promise<Partners> {
    const secrets = join(data, 'secrets');
    mkdirSync(secrets, { recursive: true });
    // The database server runs as another user, who passes through the data folder.
    chmodSync(data, 0o711);
    const leave = (name: string, value: string) => writeFileSync(join(secrets, name), value, { mode: 0o600 });
    const launched: LaunchedPartner[] = [];
    for (const name of [BUREAU, ...AGENCIES]) {
      const state = join(data, 'partners', name);
      for (const { id } of OFFICES) {
        setAccount(state, id, `${id} at ${name}`);
        leave(`${id}-${name}-password`, `${id} at ${name}`);
      }
      if (name !== BUREAU) setFaults(state, { quiet: true });
      const partner = await (name === BUREAU ? launchBureau : launchAgency)(state, name);
      launched.push(partner);
      leave(`${name}-port`, String(partner.port));
      leave(`${name}-host-key`, partner.hostKey);
    }
    return new Partners(data, launched);
  }

  bureau(office: string): BureauAccount {
    return new BureauAccount(this.data, BUREAU, office);
  }

  books(agency: AgencyName, office: string): AgencyBooks {
    const books = agencyBooks(this.state(agency), office);
    if (books === undefined) throw new Error(`${agency} has no books of ${office}`);
    return books;
  }

  command(agency: AgencyName, office: string, command: AgencyCommand): Promise<CommandResult> {
    return agencyDo(this.state(agency), office, command);
  }

  /** An agency that neither reads nor writes, or does again. */
  silence(agency: AgencyName, silent: boolean): void {
    setFaults(this.state(agency), silent ? { quiet: true, silent } : { quiet: true });
  }

  /** Changes how an agency behaves beside that: nothing happens by itself in any case. */
  behave(agency: AgencyName, faults: { readonly [key: string]: boolean | number }): void {
    setFaults(this.state(agency), { quiet: true, ...faults });
  }

  /** Waits until an agency that is not silent has read what lay there and given out what it wrote. */
  async settled(agency: AgencyName): Promise<void> {
    for (const { id } of OFFICES) {
      // A command is done after the files that came before it, and a refused one changes nothing.
      await this.command(agency, id, { do: 'resend', file: 'none' });
      const staged = join(this.state(agency), 'staged', id);
      for (const until = Date.now() + SETTLES_WITHIN_MS; existsSync(staged) && readdirSync(staged).length > 0;) {
        if (Date.now() > until) throw new Error(`${agency} does not give out its files for ${id}`);
        await pause(10);
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.launched.map((partner) => partner.stop()));
  }

  private state(agency: AgencyName): string {
    return join(this.data, 'partners', agency);
  }
}
