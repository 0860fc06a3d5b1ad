import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { Deadline, Interruption } from './deadline.js';
import { ChannelError, remotePath } from './file-channel.js';
import { connectTo, partnerAddresses } from './partner-address.js';
import { endpointOf, SftpChannel, type SftpSettings } from './sftp-channel.js';
import { SftpConnection, type SftpEndpoint } from './sftp-connection.js';

/** What is tried, in this order; `list` once for each folder. */
export type ProbedStep = 'name' | 'port' | 'host-key' | 'login' | 'list' | 'write' | 'remove';

export interface ProbeStep {
  readonly step: ProbedStep;
  readonly ok: boolean;
  /** What was found, or why it failed, for a person. Holds no secret. */
  readonly detail: string;
  /** How long the step took, in milliseconds. */
  readonly ms: number;
}

export interface ProbeSettings extends SftpSettings {
  /** The folders to list; a file is written to the first and removed again. */
  readonly sendTo: string;
  readonly collectFrom: string;
}

/**
 * Tries a partner's channel a step at a time, and ends with the first step that fails. The only trace it may leave is a file
 * `.concord-probe-<8 hex digits>.tmp` where the partner lets us write and not remove.
 *
 * @throws Error when the settings can't be used: no host key is pinned, or a key or an address is not one
 */
export async function* probeChannel(settings: ProbeSettings): AsyncGenerator<ProbeStep, void, undefined> {
  const endpoint = endpointOf(settings);
  const channel = new SftpChannel({ ...settings, connections: 1 });
  try {
    let addresses: readonly string[] = [];
    for (const attempt of [
      step('name', async () => {
        const found = partnerAddresses(endpoint.host, endpoint.addresses, endpoint.resolve);
        addresses = await inTime(endpoint, found);
        return `${endpoint.host} is ${addresses.join(', ')}`;
      }),
      step('port', async () => reach(endpoint, addresses)),
    ]) {
      const result = await attempt();
      yield result;
      if (!result.ok) return;
    }
    for await (const result of handshake(endpoint)) {
      yield result;
      if (!result.ok) return;
    }
    for (const attempt of inFolders(channel, settings)) {
      const result = await attempt();
      yield result;
      if (!result.ok) return;
    }
  } finally {
    await channel.close();
  }
}

function step(name: ProbedStep, work: () => Promise<string>): () => Promise<ProbeStep> {
  return async () => {
    const begun = performance.now();
    const [ok, detail] = await work().then(
      (found) => [true, found] as const,
      (error: unknown) => [false, reasonOf(error)] as const,
    );
    return { step: name, ok, detail, ms: Math.round(performance.now() - begun) };
  };
}

async function reach({ port, deadlineMs }: SftpEndpoint, addresses: readonly string[]): Promise<string> {
  const socket = connectTo(addresses, port);
  try {
    await inTime({ deadlineMs }, once(socket, 'connect'));
    return `port ${port} answers at ${socket.remoteAddress ?? 'an address that is gone'}`;
  } finally {
    socket.on('error', () => undefined);
    socket.destroy();
  }
}

/** The key that the server shows, and the login: one connection, because the one comes out in the course of the other. */
async function* handshake(endpoint: SftpEndpoint): AsyncGenerator<ProbeStep> {
  const begun = performance.now();
  let seen: { readonly fingerprint: string; readonly at: number } | null = null;
  const opened = await SftpConnection.open(endpoint, (fingerprint) => {
    seen ??= { fingerprint, at: performance.now() };
  }).catch((error: unknown) => reasonOf(error));
  const ended = performance.now();
  // Assigned in a function that the compiler does not follow.
  const key = seen as { readonly fingerprint: string; readonly at: number } | null;
  const failure = typeof opened === 'string' ? opened : null;
  if (key === null || !endpoint.hostKeys.accepts(key.fingerprint)) {
    yield { step: 'host-key', ok: false, detail: failure ?? 'the server shows no key', ms: Math.round(ended - begun) };
    return;
  }
  yield { step: 'host-key', ok: true, detail: `${key.fingerprint} is pinned`, ms: Math.round(key.at - begun) };
  const ms = Math.round(ended - key.at);
  if (typeof opened === 'string') {
    yield { step: 'login', ok: false, detail: opened, ms };
    return;
  }
  await opened.farewell();
  yield { step: 'login', ok: true, detail: `logged in as ${endpoint.username}`, ms };
}

function inFolders(channel: SftpChannel, { sendTo, collectFrom }: ProbeSettings): (() => Promise<ProbeStep>)[] {
  const name = `.concord-probe-${randomBytes(4).toString('hex')}.tmp`;
  const path = remotePath(sendTo, name);
  const content = Buffer.from('Concord tries whether it can write here. This file can be removed.\n');
  return [
    ...[...new Set([sendTo, collectFrom])].map((folder) =>
      step('list', async () => {
        const { files, skipped } = await channel.list(folder);
        return `${folder} holds ${files.length} files${skipped.length > 0 ? ` and ${skipped.length} that are left alone` : ''}`;
      }),
    ),
    step('write', async () => {
      try {
        const { held } = await channel.upload(() => inOnePiece(content), sendTo, name);
        if (held !== content.length)
          throw new ChannelError('retry', 'verify', `the partner holds ${held ?? 'none'} of ${content.length} bytes`);
      } catch (error) {
        await channel.remove(path).catch(() => undefined);
        throw error;
      }
      return `wrote ${path}`;
    }),
    step('remove', async () => {
      await channel.remove(path);
      if (await channel.exists(path)) throw new ChannelError('refused', 'remove', `${path} is still there`);
      return `removed ${path}`;
    }),
  ];
}

async function* inOnePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

async function inTime<T>({ deadlineMs }: Pick<SftpEndpoint, 'deadlineMs'>, work: Promise<T>): Promise<T> {
  const interruption = new Interruption();
  const deadline = new Deadline(deadlineMs, () =>
    interruption.interrupt(new ChannelError('retry', 'connect', `no answer within ${deadlineMs} ms`)),
  );
  try {
    return await interruption.within(work);
  } finally {
    deadline.pause();
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return error instanceof ChannelError ? message : (code ?? message);
}
