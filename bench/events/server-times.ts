import { readFile, readdir } from 'node:fs/promises';
import type { Client } from 'pg';

/** Ticks of the processor clock as Linux reports them. */
const TICKS_PER_SECOND = 100;

/** Processor time of the servers, in seconds; null where this machine does not say. */
export interface ServerSeconds {
  readonly postgres: number | null;
  readonly broker: number | null;
}

/** What the servers' processes take while something is measured: read from /proc, which only Linux has. */
export class ServerTimes {
  private readonly before: ServerSeconds;
  private readonly postmaster: number | null;
  private readonly broker: number | undefined;

  private constructor(before: ServerSeconds, postmaster: number | null, broker: number | undefined) {
    this.before = before;
    this.postmaster = postmaster;
    this.broker = broker;
  }

  /** Begins. @param broker its process, where it is one of this machine */
  static async of(owner: Client, broker: number | undefined): Promise<ServerTimes> {
    const { rows } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
    const postmaster = (await stat(rows[0]!.pid))?.parent ?? null;
    return new ServerTimes(await taken(postmaster, broker), postmaster, broker);
  }

  async since(): Promise<ServerSeconds> {
    const now = await taken(this.postmaster, this.broker);
    const difference = (key: keyof ServerSeconds): number | null => {
      const [late, early] = [now[key], this.before[key]];
      return late === null || early === null ? null : late - early;
    };
    return { postgres: difference('postgres'), broker: difference('broker') };
  }
}

async function taken(postmaster: number | null, broker: number | undefined): Promise<ServerSeconds> {
  return {
    postgres: postmaster === null ? null : await familySeconds(postmaster),
    broker: broker === undefined ? null : ((await stat(broker))?.own ?? null),
  };
}

/** Of a process, its children that are alive, and those that are gone. */
async function familySeconds(parent: number): Promise<number | null> {
  const head = await stat(parent);
  if (head === null) return null;
  let sum = head.own + head.gone;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const process = await stat(Number(name));
    if (process?.parent === parent) sum += process.own;
  }
  return sum;
}

/** Fields of /proc/PID/stat behind the name in brackets, which may hold anything. */
async function stat(pid: number): Promise<{ parent: number; own: number; gone: number } | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const seconds = (first: number): number => ((fields[first] ?? 0) + (fields[first + 1] ?? 0)) / TICKS_PER_SECOND;
  return { parent: fields[1] ?? 0, own: seconds(11), gone: seconds(13) };
}
