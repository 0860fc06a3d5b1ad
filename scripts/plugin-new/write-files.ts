import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What is made: whole folders that are not there yet, files beside others, edits of files that are there, and links. */
export interface Writing {
  readonly root: string;
  /** Relative to the root; made anew and removed as a whole when anything fails. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  readonly edits: readonly { readonly path: string; readonly content: string }[];
  readonly links: readonly { readonly path: string; readonly to: string }[];
}

/** Writes everything, or leaves everything as it was. */
export async function writeWhole({ root, files, edits, links }: Writing): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    for (const { path, content } of files) {
      await makeFolder(join(root, dirname(path)), undo);
      const whole = join(root, path);
      // Refuses what appeared since it was looked at.
      await writeFile(whole, content, { flag: 'wx' });
      undo.push(() => rm(whole, { force: true }));
    }
    for (const { path, to } of links) {
      const whole = join(root, path);
      if (await lstat(whole).catch(() => null)) continue;
      await makeFolder(dirname(whole), undo);
      await symlink(to, whole, 'junction');
      undo.push(() => rm(whole, { force: true }));
    }
    for (const { path, content } of edits) {
      const whole = join(root, path);
      const before = await readFile(whole);
      await replace(whole, content);
      undo.push(() => replace(whole, before));
    }
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

async function makeFolder(path: string, undo: (() => Promise<void>)[]): Promise<void> {
  if (existsSync(path)) return;
  await makeFolder(dirname(path), undo);
  await mkdir(path);
  undo.push(() => rm(path, { recursive: true, force: true }));
}

async function replace(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.writing`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
