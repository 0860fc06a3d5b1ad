import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { run } from './command.ts';

const POM = join(import.meta.dirname, 'pom.xml');

/** The version of Kafka that pom.xml names. */
export async function kafkaVersion(): Promise<string> {
  const match = /<kafka\.version>([^<]+)<\/kafka\.version>/.exec(await readFile(POM, 'utf8'));
  if (match?.[1] === undefined) throw new Error('scripts/kafka/pom.xml names no kafka.version');
  return match[1];
}

/** Where the jars are or will be: outside the work tree, one folder a version, shared by all of this user's copies. */
export async function jarsFolder(): Promise<string> {
  return join(cacheFolder(), `kafka-${await kafkaVersion()}`);
}

/** Whether the jars are already here. The folder appears by one rename, so it is whole or absent. */
export async function haveJars(): Promise<boolean> {
  return (await jarNames(await jarsFolder())).length > 0;
}

/** Whether Maven is here to fetch them. */
export async function haveMaven(): Promise<boolean> {
  return (await run('mvn', ['--version'], { timeoutMs: 120_000 })).code === 0;
}

/**
 * The folder with the broker's jars, fetched by this machine's Maven where they are missing. Several processes may ask at
 * once: each fetches into a folder of its own, the first to finish gives it the name, the others use that one.
 *
 * Throws where Maven is missing or fails, with Maven's last lines.
 */
export async function kafkaJars(onLog: (line: string) => void = () => undefined): Promise<string> {
  const target = await jarsFolder();
  if (await haveJars()) return target;
  if (!(await haveMaven())) {
    throw new Error('Maven (mvn) is needed once, to fetch the jars of Apache Kafka, and is not on the path.');
  }
  onLog(`fetching Apache Kafka ${await kafkaVersion()} with Maven, once`);
  await mkdir(cacheFolder(), { recursive: true });
  await removeAbandoned(target);
  const fetched = await mkdtemp(fetchPrefix(target));
  try {
    await fetchInto(fetched);
    await giveName(fetched, target);
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  return target;
}

async function fetchInto(folder: string): Promise<void> {
  const parameters = ['--batch-mode', '--quiet', '--strict-checksums', '--file', POM];
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  let end = await run('mvn', [...parameters, ...goal]);
  // Two Mavens share one local repository, and neither locks it: what the other had half done is whole by the second try.
  if (end.code !== 0) end = await run('mvn', [...parameters, ...goal]);
  if (end.code !== 0) throw new Error(`Maven could not fetch Apache Kafka:\n${lastLines(end.out + end.err, 15)}`);
  const server = `kafka_2.13-${await kafkaVersion()}.jar`;
  if (!(await jarNames(folder)).includes(server)) throw new Error(`Maven ended well but did not bring ${server}`);
}

/** What a fetch that was killed left behind: an hour is far more than any takes. */
async function removeAbandoned(target: string): Promise<void> {
  for (const name of await readdir(cacheFolder())) {
    const folder = join(cacheFolder(), name);
    if (!folder.startsWith(fetchPrefix(target))) continue;
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > 3_600_000)
      await rm(folder, { recursive: true, force: true });
  }
}

function fetchPrefix(target: string): string {
  return `${target}.fetch-`;
}

async function giveName(folder: string, target: string): Promise<void> {
  try {
    await rename(folder, target);
  } catch (error) {
    // Another process was first. Its folder is as whole as ours.
    if (!(await haveJars())) throw error;
  }
}

async function jarNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.jar'));
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
