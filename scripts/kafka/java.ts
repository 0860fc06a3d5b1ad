import { join } from 'node:path';
import { run } from './command.ts';

/** The Java that runs the broker. */
export interface Java {
  readonly java: string;
  /** The JDK's and JRE's own key tool, of the same installation. */
  readonly keytool: string;
  /** Feature release, such as 17 or 21. */
  readonly release: number;
}

/** Kafka's brokers need Java 17 or newer from 4.0 on. */
const OLDEST_RELEASE = 17;

/** JAVA_HOME's Java, else the one on the path; where none fits, the reason in one sentence. */
export async function findJava(): Promise<Java | { readonly reason: string }> {
  const home = process.env['JAVA_HOME'];
  const program = (name: string): string => (home === undefined || home === '' ? name : join(home, 'bin', name));
  const end = await run(program('java'), ['-version'], { timeoutMs: 120_000 });
  if (end.code !== 0)
    return { reason: `Java ${OLDEST_RELEASE} or newer is needed, and ${program('java')} does not run.` };
  const release = javaRelease(end.err);
  if (release === undefined) return { reason: `${program('java')} does not say which Java it is.` };
  if (release < OLDEST_RELEASE) {
    return { reason: `Java ${OLDEST_RELEASE} or newer is needed; ${program('java')} is Java ${release}.` };
  }
  return { java: program('java'), keytool: program('keytool'), release };
}

/** The feature release in what `java -version` prints; up to Java 8 it stood second, as in "1.8.0". */
export function javaRelease(printed: string): number | undefined {
  const match = /version "(\d+)(?:\.(\d+))?/.exec(printed);
  if (match === null) return undefined;
  return Number(match[1] === '1' ? match[2] : match[1]);
}
