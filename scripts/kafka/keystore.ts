import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.ts';
import type { Java } from './java.ts';

/** What the secure listener is made of; secure.json in the broker's folder keeps it across starts. */
export interface SecureMaterial {
  readonly username: string;
  readonly password: string;
  readonly keystorePassword: string;
}

/** The broker's private key and certificate, PKCS12. */
export function keystoreFile(folder: string): string {
  return join(folder, 'secure.p12');
}

/** The certificate alone, PEM, for clients to trust. */
export function certificateFile(folder: string): string {
  return join(folder, 'secure-ca.pem');
}

/** The material made earlier in this folder, or undefined. */
export async function readMaterial(folder: string): Promise<SecureMaterial | undefined> {
  const text = await readFile(materialFile(folder), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as SecureMaterial);
}

/**
 * Makes a self-signed certificate for 127.0.0.1 and localhost, and a user with a random password. secure.json comes last:
 * where it stands, everything does. Throws with the key tool's own words.
 */
export async function makeMaterial(java: Java, folder: string): Promise<SecureMaterial> {
  const material = { username: 'concord', password: secret(), keystorePassword: secret() };
  await rm(keystoreFile(folder), { force: true });
  const store = ['-keystore', keystoreFile(folder), '-storetype', 'PKCS12', '-alias', 'broker'];
  const env = { ...process.env, KEYSTORE_PASSWORD: material.keystorePassword };
  const keytool = async (...parameters: string[]): Promise<void> => {
    const end = await run(java.keytool, [...parameters, ...store, '-storepass:env', 'KEYSTORE_PASSWORD'], { env });
    if (end.code !== 0) throw new Error(`keytool ${parameters[0]} failed: ${(end.out + end.err).trim()}`);
  };
  const key = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '3650', '-dname', 'CN=localhost'];
  await keytool('-genkeypair', ...key, '-ext', 'san=ip:127.0.0.1,dns:localhost');
  await keytool('-exportcert', '-rfc', '-file', certificateFile(folder));
  await writeFile(`${materialFile(folder)}.new`, JSON.stringify(material), { mode: 0o600 });
  await rename(`${materialFile(folder)}.new`, materialFile(folder));
  return material;
}

function materialFile(folder: string): string {
  return join(folder, 'secure.json');
}

/** Letters and digits only, so that it needs no quoting in any of Kafka's notations. */
function secret(): string {
  return randomBytes(16).toString('hex');
}
