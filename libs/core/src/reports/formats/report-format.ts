import { Readable } from 'node:stream';
import type { OpenReport } from '../open-report.js';
import { csvOf } from './csv.js';
import { jsonOf } from './json.js';
import { xlsxOf } from './xlsx.js';

export const REPORT_FORMATS = ['json', 'csv', 'xlsx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const CONTENT_TYPES: Readonly<Record<ReportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The bytes of a report. The report is closed when the stream ends, and when whoever reads it goes away before. */
export async function bytesOf(report: OpenReport, format: ReportFormat): Promise<Readable> {
  const bytes =
    format === 'xlsx'
      ? Readable.from([await xlsxOf(report)], { objectMode: false })
      : Readable.from(inChunks(format === 'csv' ? csvOf(report) : jsonOf(report)), { objectMode: false });
  return bytes.once('close', () => void report.close().catch(() => undefined));
}

const CHUNK = 32_768;

/** A write a row would cost more than the row. */
async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** What a report's file is called, such as `us-ca-berkeley-ageing-2026-03-31.csv`. */
export function fileName({ frame }: OpenReport, format: ReportFormat): string {
  const days = frame.from === null ? frame.to : `${frame.from}-to-${frame.to}`;
  return `${frame.jurisdiction}-${frame.report}-${days}.${format}`;
}
