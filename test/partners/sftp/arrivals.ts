import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { readdirSync, renameSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateFolder } from './state-folder.ts';
import { isObject, readJson, writeWhole } from './state-folder.ts';

/** What became of one arrival. A partner adds what it needs to carry on after a kill, as the bytes of its answer. */
export interface Verdict {
  readonly arrival: number;
  readonly result: 'processed' | 'refused' | 'duplicate';
  readonly records: number;
  readonly accepted: number;
  readonly refused: number;
  /** Why the whole file was refused. */
  readonly reason: string | null;
  /** Number of the arrival that had the same name and the same bytes. */
  readonly duplicateOf: number | null;
}

/** One file that arrived complete. */
export interface Arrival<V extends Verdict = Verdict> {
  readonly number: number;
  /** ISO 8601. */
  readonly time: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** Tells the file in the inbox from a later one of the same name. */
  readonly identity: string;
  verdict: V | null;
  /** Whatever is due in answer has been given. */
  answered: boolean;
}

/** Names under which files are still being sent. */
const UNFINISHED_NAME = /\.(tmp|part|filepart)$/i;

export function isFinalName(name: string): boolean {
  return !UNFINISHED_NAME.test(name);
}

/**
 * The arrivals of one account, each kept on disk as soon as its bytes are copied, so that a kill at any time loses none.
 * A copy first, then its record: a copy without a record is overwritten by the next arrival.
 */
export class Arrivals<V extends Verdict = Verdict> {
  readonly all: Arrival<V>[] = [];
  private readonly folder: StateFolder;
  private readonly user: string;
  private readonly unfinished: Set<string>;
  private next = 1;

  constructor(folder: StateFolder, user: string) {
    this.folder = folder;
    this.user = user;
    const unfinished = readJson(this.unfinishedPath());
    this.unfinished = new Set(Array.isArray(unfinished) ? unfinished.map(String) : []);
    for (const name of readdirSync(folder.arrivals(user)).sort()) {
      if (!/^\d{6}\.json$/.test(name)) continue;
      const stored = readJson(join(folder.arrivals(user), name));
      if (isObject(stored)) this.all.push(stored as unknown as Arrival<V>);
    }
    this.next = (this.all.at(-1)?.number ?? 0) + 1;
    // A kill may have fallen between a verdict and its line in the log.
    if (this.all.some(({ verdict }) => verdict !== null)) this.writeLog();
  }

  /** Copies a file that is complete in the inbox. Resolves when the arrival can no longer be lost. */
  async receive(name: string): Promise<Arrival<V>> {
    const number = this.next++;
    const path = join(this.folder.inbox(this.user), name);
    const identity = identityOf(statSync(path, { bigint: true }));
    const bytes = await readFile(path);
    const copy = this.copyPath(number);
    await writeFile(`${copy}.writing`, bytes, { mode: 0o600 });
    renameSync(`${copy}.writing`, copy);
    const arrival: Arrival<V> = {
      number,
      time: new Date().toISOString(),
      name,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      identity,
      verdict: null,
      answered: false,
    };
    this.all.push(arrival);
    this.keep(arrival);
    this.markUnfinished(name, false);
    return arrival;
  }

  bytesOf(arrival: Arrival<V>): Promise<Buffer> {
    return readFile(this.copyPath(arrival.number));
  }

  /** Writes what changed about an arrival, and the log for outside checkers with it. */
  keep(arrival: Arrival<V>): void {
    writeWhole(join(this.folder.arrivals(this.user), `${fileNumber(arrival.number)}.json`), JSON.stringify(arrival));
    if (arrival.verdict !== null) this.writeLog();
  }

  /** An earlier judged arrival with the same name and bytes. */
  earlierTwin(arrival: Arrival<V>): Arrival<V> | undefined {
    return this.all.find(
      ({ number, name, sha256, verdict }) =>
        number < arrival.number && name === arrival.name && sha256 === arrival.sha256 && verdict !== null,
    );
  }

  /** A final name that is being written directly is no arrival until its handle is closed, not even after a restart. */
  markUnfinished(name: string, unfinished: boolean): void {
    if (this.unfinished.has(name) === unfinished) return;
    if (unfinished) this.unfinished.add(name);
    else this.unfinished.delete(name);
    writeWhole(this.unfinishedPath(), JSON.stringify([...this.unfinished]));
  }

  /** Complete files in the inbox that have no record: renamed, and then the partner was killed. */
  missed(): readonly string[] {
    const inbox = this.folder.inbox(this.user);
    return readdirSync(inbox).filter((name) => {
      if (!isFinalName(name) || this.unfinished.has(name)) return false;
      const stats = statSync(join(inbox, name), { bigint: true });
      const identity = identityOf(stats);
      return stats.isFile() && !this.all.some((arrival) => arrival.name === name && arrival.identity === identity);
    });
  }

  private writeLog(): void {
    const lines = this.all.flatMap(({ number, time, name, size, sha256, verdict }) => {
      if (verdict === null) return [];
      const { result, records, accepted, refused, reason, duplicateOf } = verdict;
      const copy = fileNumber(number);
      return [
        JSON.stringify({
          number,
          copy,
          time,
          name,
          size,
          sha256,
          result,
          records,
          accepted,
          refused,
          reason,
          duplicateOf,
        }),
      ];
    });
    writeWhole(this.folder.receivedLog(this.user), lines.map((line) => `${line}\n`).join(''));
  }

  private copyPath(number: number): string {
    return join(this.folder.receivedCopies(this.user), fileNumber(number));
  }

  private unfinishedPath(): string {
    return join(this.folder.arrivals(this.user), 'unfinished.json');
  }
}

function fileNumber(number: number): string {
  return String(number).padStart(6, '0');
}

function identityOf(stats: BigIntStats): string {
  return `${stats.ino}-${stats.mtimeNs}-${stats.size}`;
}
