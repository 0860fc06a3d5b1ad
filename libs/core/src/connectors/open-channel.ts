import { isIP } from 'node:net';
import type { SftpSettings } from '../channels/sftp-channel.js';
import { Refusal } from '../platform/errors.js';
import type { Connector } from './connector.js';
import type { ConnectorRegistry } from './connector-registry.js';
import type { Secrets } from './secrets.js';

/** What a connector's channel needs, its folders among it. Holds secrets in clear: never log it. */
export interface ChannelSettings extends SftpSettings {
  readonly sendTo: string;
  readonly collectFrom: string;
}

/**
 * The settings of the channel to a connector's partner, with its secrets looked up now.
 *
 * @throws Refusal when the settings hold a made-up layout and the host is not this machine: a made-up file must never
 * reach a real partner
 */
export async function channelSettings(
  registry: ConnectorRegistry,
  secrets: Secrets,
  connector: Connector,
): Promise<ChannelSettings> {
  const { channel } = connector.body;
  const host = await secrets.resolve(channel.host);
  const restriction = (await registry.cautionsOf(connector)).find(({ loopbackOnly }) => loopbackOnly);
  if (restriction && !isLoopback(host)) {
    throw new Refusal('loopback-only', `connector ${connector.id} may only reach this machine: ${restriction.message}`);
  }
  const credential = channel.password
    ? { password: await secrets.resolve(channel.password) }
    : { privateKey: await secrets.resolve(channel.privateKey!) };
  const { allowedAddresses, deadlineSeconds, algorithms, connections, sendTo, collectFrom } = channel;
  return {
    host,
    port: Number(await secrets.resolve(channel.port)),
    username: await secrets.resolve(channel.username),
    credential,
    hostKeys: await Promise.all(channel.hostKeys.map((key) => secrets.resolve(key))),
    allowedAddresses: allowedAddresses && (await Promise.all(allowedAddresses.map((entry) => secrets.resolve(entry)))),
    algorithms,
    deadlineMs: deadlineSeconds === undefined ? undefined : deadlineSeconds * 1000,
    connections,
    sendTo,
    collectFrom,
  };
}

/** By address only: a name could point anywhere by the time it is used. */
function isLoopback(host: string): boolean {
  return isIP(host) === 4 ? host.startsWith('127.') : host === '::1';
}
