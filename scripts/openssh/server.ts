import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import ssh2 from 'ssh2';
import { run } from '../kafka/command.ts';
import { freePort } from '../kafka/ports.ts';
import { startTethered, stopTethered } from '../tethered-process.ts';
import type { TetheredProcess } from '../tethered-process.ts';
import { copySshd, libraryPath } from './sshd.ts';
import type { Sshd } from './sshd.ts';

/** A key pair of a server: what it proves itself with, and what clients pin. */
export interface HostKey {
  /** In OpenSSH's own form. */
  readonly privateKey: string;
  /** `SHA256:` as ssh-keygen prints it. */
  readonly fingerprint: string;
}

export interface OpenSshOptions {
  /** Settings, log and the files of the login; must exist, be empty, and be below folders that everyone may enter. */
  readonly folder: string;
  /** Undefined: one is made. */
  readonly hostKey?: HostKey;
  /** Further lines of sshd_config, such as `Ciphers aes128-cbc`. */
  readonly settings?: readonly string[];
}

/** A real OpenSSH server with one login, by key, that can do nothing but SFTP. */
export interface OpenSsh {
  readonly port: number;
  readonly username: string;
  /** The login's private key, in OpenSSH's own form. */
  readonly privateKey: string;
  readonly hostKey: HostKey;
  /** The folder in which the login begins, on this machine. */
  readonly files: string;
  /** Makes a folder in `files` that the login may write in. */
  makeFolder(name: string): Promise<string>;
  /** Stops and starts it, with another host key where one is given. Connections that stand are not ended. */
  restart(hostKey?: HostKey): Promise<void>;
  stop(): Promise<void>;
}

const START_MS = 10_000;
const STOP_GRACE_MS = 5_000;

/** An Ed25519 public key in SSH's own form: the name with its length, and 32 bytes with theirs. */
const PUBLIC_KEY_LENGTH = 4 + 'ssh-ed25519'.length + 4 + 32;

/** A new Ed25519 pair. */
export function makeHostKey(): HostKey {
  const { private: privateKey, publicForm } = makePair();
  const digest = createHash('sha256').update(publicForm).digest('base64').replace(/=+$/, '');
  return { privateKey, fingerprint: `SHA256:${digest}` };
}

/** The generator strips leading zero bytes. Keys that are then too short or can't be read are thrown away. */
function makePair(): { readonly private: string; readonly public: string; readonly publicForm: Buffer } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    const [secret, open] = [ssh2.utils.parseKey(pair.private), ssh2.utils.parseKey(pair.public)];
    if (secret instanceof Error || open instanceof Error) continue;
    const publicForm = open.getPublicSSH();
    if (publicForm.length === PUBLIC_KEY_LENGTH) return { ...pair, publicForm };
  }
}

/**
 * Starts a server on 127.0.0.1 that ends with this process. It never runs as root, who would need changes to the machine:
 * root starts it as the user that owns nothing.
 *
 * Throws with the end of its log where it does not answer within 10 s.
 */
export async function startOpenSsh(sshd: Sshd, options: OpenSshOptions): Promise<OpenSsh> {
  const owner = await whoRuns();
  const { folder } = options;
  const files = join(folder, 'files');
  await chmod(folder, 0o711);
  const give = (path: string): Promise<void> =>
    owner.uid === undefined ? Promise.resolve() : chown(path, owner.uid, owner.gid!);
  const makeFolder = async (path: string): Promise<string> => {
    await mkdir(path, { mode: 0o755 });
    await give(path);
    return path;
  };
  await makeFolder(files);
  const program = owner.uid === undefined ? sshd : await copySshd(sshd, join(folder, 'openssh'));
  const login = makePair();
  const leave = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content, { mode: 0o600 });
    await give(path);
    return path;
  };
  const port = await freePort();
  const authorized = await leave('authorized_keys', `${login.public}\n`);
  const logFile = await leave('sshd.log', '');
  let hostKey = options.hostKey ?? makeHostKey();
  let server: TetheredProcess | undefined;

  const start = async (): Promise<void> => {
    const keyFile = await leave('host_key', hostKey.privateKey);
    const lines = configuration(program, { port, keyFile, authorized, files, settings: options.settings ?? [] });
    const config = await leave('sshd_config', lines.join('\n') + '\n');
    const libraries = await libraryPath(program);
    server = await startTethered(program.program, ['-D', '-e', '-f', config], {
      logFile,
      env: { PATH: process.env['PATH'], ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }) },
      ...(owner.uid === undefined ? {} : { uid: owner.uid, gid: owner.gid! }),
    });
    const until = Date.now() + START_MS;
    while (!(await answers(port))) {
      if (server.end() === undefined && Date.now() < until) {
        await pause(30);
        continue;
      }
      const how = server.end() ?? `does not answer within ${START_MS} ms`;
      await stopTethered(server, STOP_GRACE_MS);
      throw new Error(`sshd ${how}:\n${(await readFile(logFile, 'utf8')).split('\n').slice(-15).join('\n')}`);
    }
  };
  const stop = async (): Promise<void> => {
    if (server !== undefined) await stopTethered(server, STOP_GRACE_MS);
  };
  await start();
  return {
    port,
    username: owner.name,
    privateKey: login.private,
    files,
    get hostKey() {
      return hostKey;
    },
    makeFolder: (name) => makeFolder(join(files, name)),
    restart: async (next) => {
      await stop();
      hostKey = next ?? hostKey;
      await start();
    },
    stop,
  };
}

async function whoRuns(): Promise<{ readonly name: string; readonly uid?: number; readonly gid?: number }> {
  const { uid, username } = userInfo();
  if (uid !== 0) return { name: username };
  const { out } = await run('getent', ['passwd', 'nobody']);
  const [name, , number, group] = out.split(':');
  if (!name || !number || !group) throw new Error('this machine has no user nobody, whom sshd could run as');
  return { name, uid: Number(number), gid: Number(group) };
}

function configuration(
  sshd: Sshd,
  parts: { port: number; keyFile: string; authorized: string; files: string; settings: readonly string[] },
): string[] {
  return [
    // The first value counts, so what the caller says stands first.
    ...parts.settings,
    'ListenAddress 127.0.0.1',
    `Port ${parts.port}`,
    `HostKey ${parts.keyFile}`,
    `AuthorizedKeysFile ${parts.authorized}`,
    'PidFile none',
    'StrictModes no',
    // Without PAM it wants to read the shadow file, to see whether the login is locked.
    'UsePAM yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UseDNS no',
    // Tests open many connections at once, and break them before they have logged in.
    'MaxStartups 500',
    ...(sshd.sessionProgram === undefined ? [] : ['PerSourcePenalties no']),
    ...(sshd.unpacked === undefined || sshd.sessionProgram === undefined
      ? []
      : [`SshdSessionPath ${sshd.sessionProgram}`]),
    ...(sshd.unpacked === undefined || sshd.authProgram === undefined ? [] : [`SshdAuthPath ${sshd.authProgram}`]),
    'Subsystem sftp internal-sftp',
    `ForceCommand internal-sftp -d ${parts.files}`,
    'AllowTcpForwarding no',
    'PermitTTY no',
  ];
}

/** Whether the port answers as SSH does. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const say = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (bytes: Buffer) => say(bytes.toString('latin1').startsWith('SSH-')));
    socket.once('error', () => say(false));
    socket.setTimeout(1_000, () => say(false));
  });
}
