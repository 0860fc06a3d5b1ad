import { createHash } from 'node:crypto';
import type { FileChannel } from '../channels/file-channel.js';
import { probeChannel } from '../channels/probe.js';
import type { ProbeStep } from '../channels/probe.js';
import { SftpChannel } from '../channels/sftp-channel.js';
import type { Connector } from './connector.js';
import type { ConnectorRegistry } from './connector-registry.js';
import { channelSettings } from './open-channel.js';
import type { Secrets } from './secrets.js';

interface Open {
  /** Of all settings, secrets included. */
  readonly hash: string;
  readonly channel: SftpChannel;
}

/**
 * One channel for each connector, so that all its work together keeps to the connections that its partner allows. Settings
 * and secrets are looked up each time; when they have changed, the connector gets another channel.
 */
export class OpenChannels {
  readonly #open = new Map<string, Open>();

  constructor(
    private readonly registry: ConnectorRegistry,
    private readonly secrets: Secrets,
  ) {}

  /** @throws Refusal as channelSettings does; Error when a secret is missing or a setting can't be used */
  async to(connector: Connector): Promise<FileChannel> {
    const settings = await channelSettings(this.registry, this.secrets, connector);
    const hash = createHash('sha256').update(JSON.stringify(settings)).digest('hex');
    const open = this.#open.get(connector.id);
    if (open?.hash === hash) return open.channel;
    const channel = new SftpChannel(settings);
    this.#open.set(connector.id, { hash, channel });
    // What is under way over the former one comes to its end.
    await open?.channel.close();
    return channel;
  }

  /**
   * Tries the way to a connector's partner a step at a time, beside what is open.
   *
   * @throws as {@link to}
   */
  async *probe(connector: Connector): AsyncGenerator<ProbeStep> {
    yield* probeChannel(await channelSettings(this.registry, this.secrets, connector));
  }

  /** Ends the connections of all. */
  async close(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(all.map(({ channel }) => channel.close()));
  }
}
