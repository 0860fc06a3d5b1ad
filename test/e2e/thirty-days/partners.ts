import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchAgency, launchBureau, setFaults } from '../../partners/launch.js';
import type { AgencyBooks, AgencyCommand, CommandResult, LaunchedPartner } from '../../partners/launch.js';
import { pause } from '../../support/processes.js';
import { BureauAccount } from '../bureau.js';
import { commandAgency } from './agency-commands.js';
import { AGENCIES, BUREAU, OFFICES } from './offices.js';
import type { AgencyName } from './offices.js';

const SETTLES_WITHIN_MS = 120_000;

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
      mkdirSync(state, { recursive: true, mode: 0o700 });
      const password = (id: string) => `${id} at ${name}`;
      const accounts = OFFICES.map(({ id }) => [id, { password: password(id) }] as const);
      writeFileSync(join(state, 'accounts.json'), JSON.stringify(Object.fromEntries(accounts)), { mode: 0o600 });
      for (const { id } of OFFICES) leave(`${id}-${name}-password`, password(id));
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

  /** What an agency has written down of an office, read from its disk. Without a file it never heard of it. */
  books(agency: AgencyName, office: string): AgencyBooks {
    return JSON.parse(readFileSync(join(this.state(agency), 'books', `${office}.json`), 'utf8')) as AgencyBooks;
  }

  /** The text of every file that an agency has received of an office, in the order in which they came. */
  received(agency: AgencyName, office: string): string[] {
    const folder = join(this.state(agency), 'received', office);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .sort()
      .map((copy) => readFileSync(join(folder, copy), 'latin1'));
  }

  command(agency: AgencyName, office: string, command: AgencyCommand): Promise<CommandResult> {
    return commandAgency(this.state(agency), office, command);
  }

  /** An agency that neither reads nor writes, or does again. */
  silence(agency: AgencyName, silent: boolean): void {
    setFaults(this.state(agency), silent ? { quiet: true, silent } : { quiet: true });
  }

  /** Changes how an agency behaves beside that: nothing happens by itself in any case. */
  behave(agency: AgencyName, faults: { readonly [key: string]: boolean | number }): void {
    setFaults(this.state(agency), { quiet: true, ...faults });
  }

  /** The bureau takes in everything that is well-formed: no record is refused for no reason. */
  bureauRefusesNothing(): void {
    setFaults(join(this.data, 'partners', BUREAU), { refuseEvery: 0 });
  }

  /** A bureau that takes files and answers none, or gives its answers again, those that it owes first; it refuses nothing. */
  silenceBureau(silent: boolean): void {
    setFaults(join(this.data, 'partners', BUREAU), { refuseEvery: 0, silent });
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
