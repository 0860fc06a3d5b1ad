import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import ssh2, { type Attributes, type Connection, type SFTPWrapper } from 'ssh2';
import { hostKeyFingerprint } from '../host-keys.js';

/** What the server can be told to do instead of answering as it should. */
export type Misbehaviour = 'hang' | 'drop-before' | 'drop-after' | 'fail' | 'deny';

export type SftpOperation = 'OPEN' | 'WRITE' | 'READ' | 'CLOSE' | 'STAT' | 'RENAME' | 'REMOVE' | 'OPENDIR' | 'READDIR';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
const REGULAR_FILE = 0o100644;
const ENTRIES_A_REPLY = 1_000;
/** Of Ed25519 in SSH's own form: the name with its length, and 32 bytes with theirs. */
const PUBLIC_KEY_LENGTH = 4 + 'ssh-ed25519'.length + 4 + 32;

/** An SFTP server on 127.0.0.1 for tests: files in a map, one user, and trouble on demand. */
export class InMemorySftpServer {
  readonly files = new Map<string, Buffer>();
  readonly operations: SftpOperation[] = [];
  readonly fingerprint: string;
  /** What attributes say instead of the truth; undefined leaves one out. */
  told: { [name in keyof Attributes]?: Attributes[name] | undefined } = {};
  /** What stands before each name in listings, as servers write it for people. */
  longname = '';
  connections = 0;
  mostAtOnce = 0;
  /** Most operations that were open at once on one connection: files being written or read, folders being listed. */
  mostInOne = 0;
  /** How long the answer to an operation takes, in milliseconds. */
  answerAfter: (operation: SftpOperation) => number = () => 0;
  /** Asked before each operation; null lets it pass. */
  misbehave: (operation: SftpOperation, path: string) => Misbehaviour | null = () => null;
  readonly #server: ssh2.Server;
  readonly #open = new Set<Connection>();

  private constructor(hostKey: string, fingerprint: string) {
    this.fingerprint = fingerprint;
    this.#server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => this.#accept(connection));
  }

  static async start(): Promise<InMemorySftpServer> {
    const { privateKey, publicForm } = makeKey();
    const server = new InMemorySftpServer(privateKey, hostKeyFingerprint(publicForm));
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections stand. */
  get standing(): number {
    return this.#open.size;
  }

  /** Breaks every connection that stands. */
  cutAll(): void {
    for (const connection of this.#open) cut(connection);
  }

  async stop(): Promise<void> {
    this.cutAll();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(connection: Connection): void {
    // As real servers do; otherwise every reply waits for the acknowledgement of the one before.
    socketOf(connection)?.setNoDelay(true);
    this.connections++;
    this.#open.add(connection);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open.size);
    connection.on('error', () => undefined);
    connection.on('close', () => this.#open.delete(connection));
    connection.on('authentication', (attempt) => {
      const known = attempt.username === 'office' && attempt.method === 'password' && attempt.password === 'secret';
      if (known) attempt.accept();
      else attempt.reject(['password']);
    });
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => this.#serve(acceptSftp(), connection));
    });
  }

  #serve(sftp: SFTPWrapper, connection: Connection): void {
    const handles = new Map<number, { path: string; listed: number; inside?: [string, Buffer][] }>();
    let nextHandle = 1;
    const newHandle = (path: string): Buffer => {
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE(nextHandle);
      handles.set(nextHandle++, { path, listed: 0 });
      this.mostInOne = Math.max(this.mostInOne, handles.size);
      return handle;
    };
    const pathOf = (handle: Buffer): string => handles.get(handle.readUInt32BE())?.path ?? '';
    const perform = (operation: SftpOperation, request: number, path: string, work: () => void): void => {
      this.operations.push(operation);
      const trouble = this.misbehave(operation, path);
      if (trouble === 'hang') return;
      if (trouble === 'drop-before') return cut(connection);
      if (trouble === 'fail') return void sftp.status(request, STATUS_CODE.FAILURE);
      if (trouble === 'deny') return void sftp.status(request, STATUS_CODE.PERMISSION_DENIED);
      if (trouble === 'drop-after') {
        const silent = silenced(sftp, work);
        silent();
        return cut(connection);
      }
      const wait = this.answerAfter(operation);
      if (wait === 0) work();
      else setTimeout(work, wait);
    };
    const missing = (request: number): void => void sftp.status(request, STATUS_CODE.NO_SUCH_FILE);

    sftp.on('OPEN', (request, path, flags) =>
      perform('OPEN', request, path, () => {
        if (flags & OPEN_MODE.WRITE) this.files.set(path, Buffer.alloc(0));
        else if (!this.files.has(path)) return missing(request);
        sftp.handle(request, newHandle(path));
      }),
    );
    sftp.on('WRITE', (request, handle, offset, data) =>
      perform('WRITE', request, pathOf(handle), () => {
        const file = this.files.get(pathOf(handle)) ?? Buffer.alloc(0);
        const grown = Buffer.alloc(Math.max(file.length, offset + data.length));
        file.copy(grown);
        data.copy(grown, offset);
        this.files.set(pathOf(handle), grown);
        sftp.status(request, STATUS_CODE.OK);
      }),
    );
    sftp.on('READ', (request, handle, offset, length) =>
      perform('READ', request, pathOf(handle), () => {
        const part = this.files.get(pathOf(handle))?.subarray(offset, offset + length) ?? Buffer.alloc(0);
        if (part.length === 0) sftp.status(request, STATUS_CODE.EOF);
        else sftp.data(request, part);
      }),
    );
    sftp.on('CLOSE', (request, handle) =>
      perform('CLOSE', request, pathOf(handle), () => {
        handles.delete(handle.readUInt32BE());
        sftp.status(request, STATUS_CODE.OK);
      }),
    );
    const tellOf = (request: number, path: string): void =>
      perform('STAT', request, path, () => {
        const file = this.files.get(path);
        if (file === undefined) missing(request);
        else sftp.attrs(request, { ...attributesOf(file), ...this.told });
      });
    sftp.on('STAT', tellOf);
    sftp.on('LSTAT', tellOf);
    sftp.on('RENAME', (request, from, to) =>
      perform('RENAME', request, from, () => {
        const file = this.files.get(from);
        if (file === undefined) return missing(request);
        this.files.delete(from);
        this.files.set(to, file);
        sftp.status(request, STATUS_CODE.OK);
      }),
    );
    sftp.on('REMOVE', (request, path) =>
      perform('REMOVE', request, path, () => {
        if (this.files.delete(path)) sftp.status(request, STATUS_CODE.OK);
        else missing(request);
      }),
    );
    sftp.on('OPENDIR', (request, path) =>
      perform('OPENDIR', request, path, () => sftp.handle(request, newHandle(path))),
    );
    sftp.on('READDIR', (request, handle) =>
      perform('READDIR', request, pathOf(handle), () => {
        const folder = handles.get(handle.readUInt32BE());
        if (folder === undefined) return void sftp.status(request, STATUS_CODE.FAILURE);
        const prefix = `${folder.path}/`;
        folder.inside ??= [...this.files].filter(([path]) => path.startsWith(prefix));
        const part = folder.inside.slice(folder.listed, folder.listed + ENTRIES_A_REPLY).map(([path, file]) => ({
          filename: path.slice(prefix.length),
          longname: this.longname,
          attrs: { ...attributesOf(file), ...this.told },
        }));
        const first = folder.listed === 0;
        folder.listed += ENTRIES_A_REPLY;
        if (!first && part.length === 0) return void sftp.status(request, STATUS_CODE.EOF);
        const self = { filename: '.', longname: '', attrs: { ...attributesOf(Buffer.alloc(0)), mode: 0o040755 } };
        sftp.name(request, first ? [self, { ...self, filename: 'subfolder' }, ...part] : part);
      }),
    );
  }
}

/** The generator strips leading zero bytes. Keys that can't be read afterwards are thrown away. */
function makeKey(): { readonly privateKey: string; readonly publicForm: Buffer } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    const [secret, open] = [ssh2.utils.parseKey(pair.private), ssh2.utils.parseKey(pair.public)];
    if (secret instanceof Error || open instanceof Error) continue;
    const publicForm = open.getPublicSSH();
    if (publicForm.length === PUBLIC_KEY_LENGTH) return { privateKey: pair.private, publicForm };
  }
}

function attributesOf(file: Buffer): Attributes {
  return { mode: REGULAR_FILE, uid: 0, gid: 0, size: file.length, atime: 1_700_000_000, mtime: 1_700_000_000 };
}

/** Runs the work without letting any reply out. */
function silenced(sftp: SFTPWrapper, work: () => void): () => void {
  return () => {
    const replies = ['status', 'handle', 'data', 'attrs', 'name'] as const;
    for (const reply of replies) (sftp as unknown as Record<string, unknown>)[reply] = () => undefined;
    work();
  };
}

/** Breaks the connection as a reset on the way would: no goodbye. */
function cut(connection: Connection): void {
  socketOf(connection)?.destroy();
}

function socketOf(connection: Connection): Socket | undefined {
  return (connection as unknown as { _sock?: Socket })._sock;
}
