import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../sftp/state-folder.ts';
import { withoutEnd, withWrongTotal } from './agency-records.ts';
import type { AgencyBooks } from './books.ts';
import type { AgencyFaults } from './faults.ts';
import type { MadeFile } from './outgoing.ts';
import { kindOf, numberOf } from './outgoing.ts';

/**
 * The files that the agency writes for one account, on their way out. A file is laid into `sent` (a copy that stays) and
 * `staged`, then the books that name it are written, then it is moved into the outbox under a temporary name and renamed.
 * What a kill leaves between two steps tells which were done: each file gets into the outbox exactly once, even when its
 * receiver takes it away at once.
 */
export class Mailroom {
  private readonly sent: string;
  private readonly staged: string;
  private readonly outbox: string;

  constructor(stateDir: string, user: string, outbox: string) {
    this.sent = join(stateDir, 'sent', user);
    this.staged = join(stateDir, 'staged', user);
    this.outbox = outbox;
    for (const folder of [this.sent, this.staged]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** After a kill: removes what was laid out for books that were never written, and ends renames that were begun. */
  tidy(books: AgencyBooks): void {
    const known = new Set(books.files.map(({ name }) => name));
    for (const folder of [this.sent, this.staged]) {
      for (const name of readdirSync(folder)) if (!known.has(name)) rmSync(join(folder, name));
    }
    for (const name of readdirSync(this.outbox)) {
      const final = name.replace(/\.filepart$/, '');
      if (final === name || !known.has(final) || existsSync(join(this.staged, final))) continue;
      renameSync(join(this.outbox, name), join(this.outbox, final));
    }
  }

  /** Lays files out; they go when the books that name them are written. */
  stage(files: readonly MadeFile[]): void {
    for (const { name, content } of files) {
      writeWhole(join(this.sent, name), content);
      writeWhole(join(this.staged, name), content);
    }
  }

  /** A file as it was made, whatever was done wrong when it was given out. */
  contentOf(name: string): string {
    return readFileSync(join(this.sent, name), 'latin1');
  }

  /** Gives out what is staged, in the order of the agency's numbers. Gives the names. */
  post(faults: AgencyFaults): readonly string[] {
    const names = readdirSync(this.staged)
      .filter((name) => name.endsWith('.txt'))
      .sort((one, other) => numberOf(one) - numberOf(other));
    for (const name of names) this.postOne(name, faults);
    return names;
  }

  private postOne(name: string, faults: AgencyFaults): void {
    const staged = join(this.staged, name);
    const temporary = join(this.outbox, `${name}.filepart`);
    if (faults.duplicateAnswer === true) {
      const twin = `${name.slice(0, -'.txt'.length)}-copy.txt`;
      writeFileSync(join(this.outbox, `${twin}.filepart`), this.asGivenOut(name, faults), { mode: 0o600 });
      renameSync(join(this.outbox, `${twin}.filepart`), join(this.outbox, twin));
    }
    if (faults.wrongTotal === true || faults.truncate === true) {
      writeFileSync(temporary, this.asGivenOut(name, faults), { mode: 0o600 });
      rmSync(staged);
    } else {
      renameSync(staged, temporary);
    }
    renameSync(temporary, join(this.outbox, name));
  }

  private asGivenOut(name: string, faults: AgencyFaults): string {
    let content = this.contentOf(name);
    if (faults.wrongTotal === true) content = withWrongTotal(kindOf(name), content);
    if (faults.truncate === true) content = withoutEnd(kindOf(name), content);
    return content;
  }
}
