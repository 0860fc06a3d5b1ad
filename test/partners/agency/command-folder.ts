import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeWhole } from '../sftp/state-folder.ts';
import type { CommandResult } from './commands.ts';

const COMMAND = /^(\d{6}-[a-z0-9]+)\.json$/;

/**
 * Commands for one account, each a file `NNNNNN-xxxx.json` in `commands/USER`. When one is done, its result stands in
 * `commands/USER/done` under the same name, and the command is removed: in that order, so that a kill loses neither.
 */
export class CommandFolder {
  private readonly folder: string;

  constructor(stateDir: string, user: string) {
    this.folder = join(stateDir, 'commands', user);
    mkdirSync(join(this.folder, 'done'), { recursive: true, mode: 0o700 });
  }

  /** Ids of the commands that wait, in the order in which they were given. */
  waiting(): string[] {
    return readdirSync(this.folder)
      .flatMap((name) => COMMAND.exec(name)?.[1] ?? [])
      .sort();
  }

  /** What was dropped under this id; undefined where it is no JSON. */
  read(id: string): unknown {
    try {
      return readJson(join(this.folder, `${id}.json`));
    } catch {
      return undefined;
    }
  }

  isDone(id: string): boolean {
    return readJson(this.resultPath(id)) !== undefined;
  }

  finish(id: string, result: CommandResult): void {
    writeWhole(this.resultPath(id), JSON.stringify(result));
    this.remove(id);
  }

  remove(id: string): void {
    rmSync(join(this.folder, `${id}.json`), { force: true });
  }

  private resultPath(id: string): string {
    return join(this.folder, 'done', `${id}.json`);
  }
}
