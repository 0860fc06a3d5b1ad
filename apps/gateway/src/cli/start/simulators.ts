import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DataFolder } from '@concord/core/platform/data-folder';
import type { Jurisdiction } from '@concord/core/configuration/jurisdiction-file';
import { ROOT } from '../root.js';

interface RunningPartner {
  readonly port: number;
  readonly hostKey: string;
  stop(): Promise<void>;
}

/** What the launcher of simulated partners offers; it stands in the test folder, which production does not have. */
interface Launcher {
  launchBureau(stateFolder: string, name: string): Promise<RunningPartner>;
  launchAgency(stateFolder: string, name: string): Promise<RunningPartner>;
  setAccount(stateFolder: string, user: string, password: string): void;
}

const BUREAUS = ['equifax', 'experian', 'transunion'];
const AGENCIES = ['harbor', 'summit'];

/** Simulated partners as child processes, with their state below the data folder. */
export interface Simulators {
  stop(): Promise<void>;
}

/**
 * Starts the simulated bureaus and agencies, gives every office an account with each that it has a connector for, and
 * leaves hosts, keys and passwords where connectors look their secrets up.
 */
export async function startSimulators(folder: DataFolder, jurisdictions: readonly Jurisdiction[]): Promise<Simulators> {
  const launcher = (await import(pathToFileURL(join(ROOT, 'test/partners/launch.ts')).href)) as Launcher;
  const partners = [
    ...BUREAUS.map((name) => ({ name, launch: (state: string) => launcher.launchBureau(state, name) })),
    ...AGENCIES.map((name) => ({ name, launch: (state: string) => launcher.launchAgency(state, name) })),
  ];
  const launched = await Promise.all(
    partners.map(async ({ name, launch }) => {
      const state = join(folder.root, 'partners', name);
      const partner = await launch(state);
      await leaveSecret(folder, `${name}-host`, '127.0.0.1');
      // Only a simulator is on this machine; a real partner's addresses are for whoever installs Concord to write here.
      await leaveSecret(folder, `${name}-addresses`, '127.0.0.1');
      await leaveSecret(folder, `${name}-port`, String(partner.port));
      await leaveSecret(folder, `${name}-host-key`, partner.hostKey);
      for (const { id, connectors } of jurisdictions) {
        if (!connectors.some((connector) => connector.id === `${id}-${name}`)) continue;
        const password = randomBytes(18).toString('base64url');
        launcher.setAccount(state, id, password);
        await leaveSecret(folder, `${id}-${name}-password`, password);
      }
      return partner;
    }),
  );
  return {
    stop: async () => {
      await Promise.all(launched.map((partner) => partner.stop()));
    },
  };
}

async function leaveSecret(folder: DataFolder, name: string, value: string): Promise<void> {
  await writeFile(join(folder.secrets, name), `${value}\n`, { mode: 0o600 });
}
