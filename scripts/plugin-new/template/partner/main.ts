/**
 * New partner, simulated: `node main.ts --state DIR --name NAME`. Prints one line of JSON when it is ready, and ends when
 * its standard input closes or on SIGTERM. See README.md in the folder above for what all simulated partners have in common.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Accounts } from '../../../../test/partners/sftp/accounts.ts';
import { FaultSwitches } from '../../../../test/partners/sftp/faults.ts';
import { openFrontDoor } from '../../../../test/partners/sftp/front-door.ts';
import { loadHostKey } from '../../../../test/partners/sftp/host-key.ts';
import { log } from '../../../../test/partners/sftp/log.ts';
import { StateFolder } from '../../../../test/partners/sftp/state-folder.ts';
import { Desk } from './desk.ts';

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
const faults = new FaultSwitches(folder.path('faults.json'), { booleans: [], numbers: [] });
const { privateKey, fingerprint } = loadHostKey(folder.path('host-key'));
const desk = new Desk(folder);
await desk.start(accounts);
const ident = 'simulated-new-partner';
const port = await openFrontDoor({ folder, hostKey: privateKey, accounts, faults, reception: desk, ident });
log(`${values.name} listens on port ${port}`);
process.stdout.write(`${JSON.stringify({ ready: true, name: values.name, port, hostKey: fingerprint })}\n`);
