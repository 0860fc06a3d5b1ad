import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { demoCounts, demoRows } from '@concord/core/demo/demo-rows';
import { demoHistory } from '@concord/core/demo/history/demo-history';

const SEED = 1;

/** A file of made-up debts of one office. */
export interface DemoFile {
  readonly jurisdictionId: string;
  readonly path: string;
  /** What happened to them since; a demonstration of an earlier release has none. */
  readonly history: string;
}

/**
 * The files of made-up debts, made on the first start and kept, so that a later start takes in the very same ones.
 *
 * @param asOf the day that ages are counted back from
 */
export async function demoFiles(folder: string, asOf: string): Promise<DemoFile[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: DemoFile[] = [];
  for (const [jurisdictionId, count] of Object.entries(demoCounts)) {
    const path = join(folder, `${jurisdictionId}.jsonl`);
    const history = join(folder, `${jurisdictionId}.history.json`);
    if (!(await exists(path))) await write({ jurisdictionId, path, history }, asOf, count);
    files.push({ jurisdictionId, path, history });
  }
  return files;
}

async function write({ jurisdictionId, path, history }: DemoFile, asOf: string, count: number): Promise<void> {
  const unfinished = `${path}.part`;
  const rows = [...demoRows(jurisdictionId, { asOf, count, seed: SEED })];
  // The rows come last: where they are, everything is.
  await writeFile(history, JSON.stringify(demoHistory(jurisdictionId, rows, asOf)), { mode: 0o600 });
  const lines = function* (): Generator<string> {
    for (const row of rows) yield `${JSON.stringify(row)}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(unfinished, { mode: 0o600 }));
  await rename(unfinished, path);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
