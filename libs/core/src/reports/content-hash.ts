import { createHash } from 'node:crypto';
import type { ReportFrame, Row } from './domain/report.js';

/**
 * The hash of what a report says: its name, office, days, and each row in the order of its columns. The same figures have
 * the same hash in every format and at every time.
 */
export class ContentHash {
  private readonly hash = createHash('sha256');

  constructor(private readonly frame: ReportFrame) {
    const { report, jurisdiction, from, to, columns } = frame;
    this.line([report, jurisdiction, from, to, columns.map(({ key }) => key)]);
  }

  add(row: Row): void {
    this.line(this.frame.columns.map(({ key }) => row[key] ?? null));
  }

  /** Ends it. @returns 64 hexadecimal digits */
  digest(): string {
    return this.hash.digest('hex');
  }

  private line(values: readonly unknown[]): void {
    this.hash.update(`${JSON.stringify(values)}\n`);
  }
}
