import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Server as NetServer } from 'node:net';
import ssh2 from 'ssh2';
import type { AuthContext, Connection } from 'ssh2';
import type { Accounts } from './accounts.ts';
import type { FaultSwitches } from './faults.ts';
import type { Reception } from './reception.ts';
import { log } from './log.ts';
import { SftpRequests } from './sftp-requests.ts';
import type { StateFolder } from './state-folder.ts';
import { hasCode, readTextIfThere, writeWhole } from './state-folder.ts';

export interface FrontDoorParts {
  readonly folder: StateFolder;
  readonly hostKey: string;
  readonly accounts: Accounts;
  readonly faults: FaultSwitches;
  readonly reception: Reception;
  /** How the server introduces itself, after `SSH-2.0-`. */
  readonly ident: string;
}

/**
 * Opens the SFTP server on the loopback address and resolves with its port: the same as at the last start where it is
 * free, because clients keep a partner's address.
 */
export async function openFrontDoor(parts: FrontDoorParts): Promise<number> {
  const sockets = new Map<number, Socket>();
  const ssh = new ssh2.Server({ hostKeys: [parts.hostKey], ident: parts.ident }, (connection, { port }) => {
    receive(connection, parts, () => sockets.get(port)?.destroy());
  });
  // The sockets are our own, so that a fault can cut one without the protocol's farewell.
  const server = createServer({ noDelay: true }, (socket) => {
    const port = socket.remotePort;
    if (port === undefined) return void socket.destroy();
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
    ssh.injectSocket(socket);
  });
  const portPath = parts.folder.path('port');
  const previous = Number(readTextIfThere(portPath) ?? 0);
  const port = await listen(server, previous).catch((error: unknown) => {
    if (previous === 0 || !(hasCode(error, 'EADDRINUSE') || hasCode(error, 'EACCES'))) throw error;
    return listen(server, 0);
  });
  writeWhole(portPath, String(port));
  return port;
}

function listen(server: NetServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function receive(connection: Connection, parts: FrontDoorParts, hangUp: () => void): void {
  const { folder, reception, faults } = parts;
  const open: SftpRequests[] = [];
  let user = '';
  connection.on('authentication', (context) => {
    if (!admits(context, parts)) return context.reject(['password']);
    user = context.username;
    reception.prepare(user);
    context.accept();
  });
  connection.on('session', (accept) => {
    accept().on('sftp', (acceptSftp) => {
      open.push(new SftpRequests(acceptSftp(), { user, home: folder.home(user), reception, faults, hangUp }));
    });
  });
  connection.on('error', (error) => log(`${user === '' ? 'a client' : user}: ${error.message}`));
  connection.on('close', () => {
    for (const requests of open) requests.end();
  });
}

function admits(context: AuthContext, { accounts, faults }: FrontDoorParts): boolean {
  if (context.method !== 'password') return false;
  if (faults.now().refuseLogin === true) return false;
  return accounts.admits(context.username, context.password);
}
