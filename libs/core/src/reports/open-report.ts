import { ContentHash } from './content-hash.js';
import type { ReportFrame, Row } from './domain/report.js';
import { Totals } from './domain/totals.js';

/**
 * A report that is being read, row by row. Its totals and its hash are known when the last row has been read. It holds a
 * connection until then, or until it is closed.
 */
export class OpenReport implements AsyncIterable<Row> {
  private readonly sums: Totals;
  private readonly hash: ContentHash;
  private readonly batches: AsyncIterator<readonly Row[]>;
  private first: IteratorResult<readonly Row[]> | null = null;
  private closed = false;
  private counted = 0;
  private finished: string | null = null;

  private constructor(
    readonly frame: ReportFrame,
    rows: AsyncIterable<readonly Row[]>,
    private readonly whenClosed: () => void,
  ) {
    this.sums = new Totals(frame.columns);
    this.hash = new ContentHash(frame);
    this.batches = rows[Symbol.asyncIterator]();
  }

  /** Reads the first rows, so that whatever can be refused is refused before anything is said. */
  static async begin(
    frame: ReportFrame,
    rows: AsyncIterable<readonly Row[]>,
    whenClosed: () => void,
  ): Promise<OpenReport> {
    const report = new OpenReport(frame, rows, whenClosed);
    try {
      report.first = await report.batches.next();
      return report;
    } catch (error) {
      await report.close();
      throw error;
    }
  }

  /** Rows that were read. */
  get count(): number {
    return this.counted;
  }

  /** Sums by currency, of all rows. @throws Error before the last row was read */
  get totals(): readonly Row[] {
    if (this.finished === null) throw new Error('the report has not been read to its end');
    return this.sums.rows();
  }

  /** What {@link ContentHash} makes of all rows. @throws Error before the last row was read */
  get contentHash(): string {
    if (this.finished === null) throw new Error('the report has not been read to its end');
    return this.finished;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    try {
      for (let next = this.first ?? (await this.batches.next()); !next.done; next = await this.batches.next()) {
        this.first = null;
        for (const row of next.value) {
          this.sums.add(row);
          this.hash.add(row);
          this.counted += 1;
          yield row;
        }
      }
      this.finished = this.hash.digest();
    } finally {
      await this.close();
    }
  }

  /** Lets its connection go. It may be called at any time and any number of times. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    try {
      await this.batches.return?.();
    } finally {
      this.whenClosed();
    }
  }
}
