import type { AgencyFileKind } from './agency-records.ts';
import { agencyFile } from './agency-records.ts';
import type { AgencyBooks } from './books.ts';

/** A file made and not yet on disk. */
export interface MadeFile {
  readonly name: string;
  readonly content: string;
}

/** What one arrival or one command makes the agency write. Names are taken from the books, which number the files. */
export class Outgoing {
  readonly files: MadeFile[] = [];
  private readonly books: AgencyBooks;
  private readonly sentBefore: (name: string) => string;

  /** @param sentBefore content of a file that was written for an earlier arrival or command */
  constructor(books: AgencyBooks, sentBefore: (name: string) => string) {
    this.books = books;
    this.sentBefore = sentBefore;
  }

  /** Makes a file of these records and gives its name. */
  add(kind: AgencyFileKind, records: readonly string[], on: string, cause: string): string {
    return this.make(kind, agencyFile(kind, records, on), records.length, on, cause);
  }

  /** Makes a file with the bytes of an earlier one under a new name. */
  again(earlier: string, cause: string): string {
    const sent = this.books.files.find(({ name }) => name === earlier);
    if (sent === undefined) throw new Error(`${earlier} was never sent`);
    return this.make(kindOf(earlier), this.contentOf(earlier), sent.records, sent.on, cause);
  }

  contentOf(name: string): string {
    return this.files.find((file) => file.name === name)?.content ?? this.sentBefore(name);
  }

  private make(kind: AgencyFileKind, content: string, records: number, on: string, cause: string): string {
    const name = `${kind}${on.replaceAll('-', '')}${String(this.books.nextFile++).padStart(6, '0')}.txt`;
    this.files.push({ name, content });
    this.books.files.push({ name, on, records, cause });
    return name;
  }
}

export function kindOf(name: string): AgencyFileKind {
  return name.slice(0, 4) as AgencyFileKind;
}

/** The agency's number of the file. */
export function numberOf(name: string): number {
  return Number(name.slice(12, 18));
}
