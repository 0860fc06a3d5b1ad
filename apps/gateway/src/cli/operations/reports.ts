import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { bytesOf } from '@concord/core/reports/formats/report-format';
import type { ReportFormat } from '@concord/core/reports/formats/report-format';
import type { ReportFrame, Row } from '@concord/core/reports/domain/report';
import type { OpenReport } from '@concord/core/reports/open-report';
import { Reports } from '@concord/core/reports/reports';
import type { ReportOrder, ReportSummary } from '@concord/core/reports/reports';
import { SignOffs } from '@concord/core/reports/sign-off';
import type { SignOff, SignOffOrder } from '@concord/core/reports/sign-off';
import { Refusal } from '@concord/core/platform/errors';
import type { Operation } from './operation.js';

/** What is answered to a command goes there in one piece. */
const MOST_ROWS = 20_000;
const MOST_TEXT = 16_000_000;

export const reportList: Operation<Record<string, never>, ReportSummary[]> = {
  name: 'reports list',
  works: false,
  run: async (app) => app.get(Reports).list(),
};

/** A report as it is shown. */
export interface ReportShown {
  readonly frame: ReportFrame;
  readonly rows: readonly Row[];
  readonly totals: readonly Row[];
  readonly contentHash: string;
}

export const reportShow: Operation<ReportOrder, ReportShown> = {
  name: 'reports show',
  works: false,
  run: async (app, order) => {
    const report = await app.get(Reports).run(order);
    const rows: Row[] = [];
    for await (const row of fewRows(report)) rows.push(row);
    return { frame: report.frame, rows, totals: report.totals, contentHash: report.contentHash };
  },
};

export interface ReportFileOrder {
  readonly order: ReportOrder;
  readonly format: ReportFormat;
  /** Absolute path; null has the report's text in the answer. */
  readonly out: string | null;
}

export interface ReportFile {
  readonly rows: number;
  readonly contentHash: string;
  /** Null where it was written to a file. */
  readonly text: string | null;
}

/** Makes a report in a format of files. One that fails leaves no file. */
export const reportFile: Operation<ReportFileOrder, ReportFile> = {
  name: 'reports file',
  works: false,
  run: async (app, { order, format, out }) => {
    if (out === null && format === 'xlsx') throw new Refusal('out-missing', 'a workbook needs a file to be written to');
    const report = await app.get(Reports).run(order);
    if (out === null) {
      const said = await shortText(await bytesOf(report, format));
      return { rows: report.count, contentHash: report.contentHash, text: said };
    }
    await writeReport(report, format, out);
    return { rows: report.count, contentHash: report.contentHash, text: null };
  },
};

export const reportSignOff: Operation<
  SignOffOrder & { readonly actor: string },
  SignOff & { readonly signed: boolean }
> = {
  name: 'reports sign-off',
  works: false,
  run: (app, { actor, ...order }) => app.get(SignOffs).sign({ actor, correlationId: randomUUID() }, order),
};

/** What it says of debtors is its owner's to read. */
async function writeReport(report: OpenReport, format: ReportFormat, out: string): Promise<void> {
  const unfinished = `${out}.${randomUUID()}.part`;
  try {
    await pipeline(await bytesOf(report, format), createWriteStream(unfinished, { mode: 0o600, flags: 'wx' }));
    await rename(unfinished, out);
  } catch (error) {
    await rm(unfinished, { force: true });
    await report.close();
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new Refusal('out-unwritable', `${out} can not be written: ${(error as Error).message}`);
  }
}

async function shortText(bytes: Readable): Promise<string> {
  let said = '';
  for await (const chunk of bytes.setEncoding('utf8') as AsyncIterable<string>) {
    said += chunk;
    if (said.length > MOST_TEXT) throw tooLarge();
  }
  return said;
}

function tooLarge(): Refusal {
  return new Refusal('report-too-large', 'it is too long to be shown: have it written to a file with --out');
}

async function* fewRows(report: OpenReport): AsyncGenerator<Row, void, undefined> {
  for await (const row of report) {
    if (report.count > MOST_ROWS) throw tooLarge();
    yield row;
  }
}
