import type { IsoDate } from '@concord/plugin-sdk';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import type { Column, ReportPeriod, Row } from './domain/report.js';

/** What one report is asked about. */
export interface ReportScope {
  readonly jurisdiction: Jurisdiction;
  /** First day; of a report about one day the day itself. */
  readonly from: IsoDate;
  /** The last day, or the day as of which everything is. */
  readonly to: IsoDate;
}

/** Runs one statement and hands its rows on a batch at a time. Each statement sees one moment of the database. */
export type Read = <T>(statement: string, parameters: readonly unknown[]) => AsyncIterable<readonly T[]>;

/** One kind of report: what it is called, which days it asks for, and how its rows come about. */
export interface ReportDefinition {
  /** Stable: scripts and addresses have it. */
  readonly name: string;
  readonly title: string;
  /** What it says, in one sentence. */
  readonly about: string;
  readonly takes: ReportPeriod;
  readonly columns: readonly Column[];
  /** Whether its figures come from several statements that must see the same moment. Only of a report of few rows. */
  readonly oneMoment?: boolean;
  /** The rows in an order that is always the same, a batch at a time: no report is held in memory as a whole. */
  rows(scope: ReportScope, read: Read): AsyncIterable<readonly Row[]>;
}

/** Rows that a statement makes as the report has them. */
export async function* asTheyCome(
  read: Read,
  statement: string,
  parameters: readonly unknown[],
): AsyncIterable<readonly Row[]> {
  yield* read<Row>(statement, parameters);
}

/** Every row of a statement whose rows are few, such as one a type of debt. */
export async function allOf<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const batch of batches) found.push(...batch);
  return found;
}
