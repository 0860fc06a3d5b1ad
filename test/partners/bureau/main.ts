/**
 * A simulated credit bureau: `node main.ts --state DIR --name NAME`. Prints one line of JSON when it is ready, and ends
 * when its standard input closes or on SIGTERM. See README.md in the folder above.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Accounts } from '../sftp/accounts.ts';
import { FaultSwitches } from '../sftp/faults.ts';
import { openFrontDoor } from '../sftp/front-door.ts';
import { loadHostKey } from '../sftp/host-key.ts';
import { log } from '../sftp/log.ts';
import { StateFolder } from '../sftp/state-folder.ts';
import { BUREAU_SWITCHES } from './faults.ts';
import { Intake } from './intake.ts';

const { values } = parseArgs({ options: { state: { type: 'string' }, name: { type: 'string' } } });
if (values.state === undefined || values.name === undefined) {
  process.stderr.write('usage: node main.ts --state DIR --name NAME\n');
  process.exit(2);
}

// Whoever started this is gone when its end of the pipe closes; a simulator must not outlive its test.
for (const event of ['end', 'close', 'error'] as const) process.stdin.on(event, () => process.exit(0));
process.stdin.resume();
process.on('SIGTERM', () => process.exit(0));

const folder = new StateFolder(resolve(values.state));
const accounts = new Accounts(folder.path('accounts.json'));
const faults = new FaultSwitches(folder.path('faults.json'), BUREAU_SWITCHES);
const { privateKey, fingerprint } = loadHostKey(folder.path('host-key'));
const intake = new Intake(folder, faults);
await intake.start(accounts);
const port = await openFrontDoor({
  folder,
  hostKey: privateKey,
  accounts,
  faults,
  reception: intake,
  ident: 'simulated-bureau',
});
log(`${values.name} listens on port ${port}`);
process.stdout.write(`${JSON.stringify({ ready: true, name: values.name, port, hostKey: fingerprint })}\n`);
