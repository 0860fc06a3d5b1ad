import { isIP } from 'node:net';
import type { FileChannel } from '../channels/file-channel.js';
import { SftpChannel } from '../channels/sftp-channel.js';
import { Refusal } from '../platform/errors.js';
import type { Connector } from './connector.js';
import type { ConnectorRegistry } from './connector-registry.js';
import type { Secrets } from './secrets.js';

/**
 * The channel to a connector's partner, with its secrets looked up now.
 *
 * @throws Refusal when the settings hold a made-up layout and the host is not this machine: a made-up file must never
 * reach a real partner
 */
export async function openChannel(
  registry: ConnectorRegistry,
  secrets: Secrets,
  connector: Connector,
): Promise<FileChannel> {
  const { channel } = connector.body;
  const host = await secrets.resolve(channel.host);
  const restriction = (await registry.cautionsOf(connector)).find(({ loopbackOnly }) => loopbackOnly);
  if (restriction && !isLoopback(host)) {
    throw new Refusal('loopback-only', `connector ${connector.id} may only reach this machine: ${restriction.message}`);
  }
  const credential = channel.password
    ? { password: await secrets.resolve(channel.password) }
    : { privateKey: await secrets.resolve(channel.privateKey!) };
  return new SftpChannel({
    host,
    port: Number(await secrets.resolve(channel.port)),
    username: await secrets.resolve(channel.username),
    credential,
    hostKeys: await Promise.all(channel.hostKeys.map((key) => secrets.resolve(key))),
  });
}

/** By address only: a name could point anywhere by the time it is used. */
function isLoopback(host: string): boolean {
  return isIP(host) === 4 ? host.startsWith('127.') : host === '::1';
}
