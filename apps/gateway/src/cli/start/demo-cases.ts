import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { demoCounts, demoRows } from '@concord/core/demo/demo-rows';

const SEED = 1;

/** A file of made-up debts of one office. */
export interface DemoFile {
  readonly jurisdictionId: string;
  readonly path: string;
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
    if (!(await exists(path))) await write(path, jurisdictionId, asOf, count);
    files.push({ jurisdictionId, path });
  }
  return files;
}

async function write(path: string, jurisdictionId: string, asOf: string, count: number): Promise<void> {
  const unfinished = `${path}.part`;
  const lines = function* (): Generator<string> {
    for (const row of demoRows(jurisdictionId, { asOf, count, seed: SEED })) yield `${JSON.stringify(row)}\n`;
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
