import { randomBytes } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.ts';
import type { SecureMaterial } from './keystore.ts';
import { dataFolder } from './server-properties.ts';

/** Whether the broker's data folder has been formatted. */
export async function isFormatted(folder: string): Promise<boolean> {
  const written = access(join(dataFolder(folder), 'meta.properties'));
  return written.then(
    () => true,
    () => false,
  );
}

/**
 * Formats the data folder with Kafka's own storage tool. SCRAM users have to be written here: a KRaft broker reads them
 * from its metadata, and before the first start there is nobody to ask. Throws with the tool's own words.
 */
export async function format(
  java: string,
  classPath: string,
  propertiesFile: string,
  material: SecureMaterial | undefined,
): Promise<void> {
  // A short life: the thorough compiler and a parallel collector would cost more than they bring.
  const parameters = ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', classPath];
  parameters.push('kafka.tools.StorageTool', 'format', '--cluster-id', clusterId(), '--config', propertiesFile);
  if (material !== undefined) {
    parameters.push('--add-scram', `SCRAM-SHA-512=[name=${material.username},password=${material.password}]`);
  }
  const end = await run(java, parameters, { timeoutMs: 300_000 });
  if (end.code !== 0) throw new Error(`Kafka's storage could not be formatted: ${(end.out + end.err).trim()}`);
}

/** Kafka's notation of a random UUID: base64url, never with a leading dash, which its tools would take for an option. */
function clusterId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}
