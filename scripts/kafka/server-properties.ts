import { join } from 'node:path';
import { keystoreFile } from './keystore.ts';
import type { SecureMaterial } from './keystore.ts';

/** What the broker listens on; all on 127.0.0.1. */
export interface Listeners {
  readonly plain: number;
  readonly controller: number;
  readonly secure?: { readonly port: number; readonly material: SecureMaterial };
}

/** The folder with the broker's data, inside its own. */
export function dataFolder(folder: string): string {
  return join(folder, 'data');
}

/** server.properties of one broker that is its own controller (KRaft). */
export function serverProperties(folder: string, listeners: Listeners): string {
  const { plain, controller, secure } = listeners;
  const open = [`PLAINTEXT://127.0.0.1:${plain}`];
  if (secure !== undefined) open.push(`SECURE://127.0.0.1:${secure.port}`);
  const properties: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    // Named here and not recorded in the data, so that another start may take other ports.
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    listeners: [...open, `CONTROLLER://127.0.0.1:${controller}`].join(','),
    'advertised.listeners': open.join(','),
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL',
    'log.dirs': dataFolder(folder),
    // One broker can keep one copy.
    'default.replication.factor': 1,
    'min.insync.replicas': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 5,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 5,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'num.partitions': 1,
    // A topic that nobody declared is a spelling mistake and must fail.
    'auto.create.topics.enable': 'false',
    'group.initial.rebalance.delay.ms': 0,
    // Sessions short enough for a test that kills its consumer.
    'group.min.session.timeout.ms': 1000,
    // A killed broker's successor is admitted only when the old one's session has passed.
    'broker.heartbeat.interval.ms': 500,
    'broker.session.timeout.ms': 3000,
  };
  if (secure !== undefined) Object.assign(properties, secureProperties(folder, secure.material));
  return lines(properties);
}

function secureProperties(folder: string, material: SecureMaterial): Record<string, string> {
  const { username, password, keystorePassword } = material;
  const login = 'org.apache.kafka.common.security';
  return {
    'listener.name.secure.ssl.keystore.type': 'PKCS12',
    'listener.name.secure.ssl.keystore.location': keystoreFile(folder),
    'listener.name.secure.ssl.keystore.password': keystorePassword,
    'listener.name.secure.ssl.key.password': keystorePassword,
    'listener.name.secure.sasl.enabled.mechanisms': 'SCRAM-SHA-512,PLAIN',
    'listener.name.secure.scram-sha-512.sasl.jaas.config': `${login}.scram.ScramLoginModule required;`,
    'listener.name.secure.plain.sasl.jaas.config': `${login}.plain.PlainLoginModule required user_${username}="${password}";`,
  };
}

/** Java's notation: a backslash in a value (a Windows path) would start an escape. */
function lines(properties: Record<string, string | number>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('');
}
