import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { atOneMoment } from './at-one-moment.js';
import { REPORTS, reportNamed } from './definitions/all.js';
import { reportDays } from './domain/report-days.js';
import type { AskedDays } from './domain/report-days.js';
import type { Column, ReportFrame, ReportPeriod, Row } from './domain/report.js';
import { OpenReport } from './open-report.js';
import type { ReportDefinition, ReportScope } from './report-definition.js';
import { streamRows } from './stream-rows.js';

/** A report as people choose it. */
export interface ReportSummary {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** `day`: `asOf`. `span`: `from` and `to`. `month`: `asOf`, the last day of the month that counts. */
  readonly takes: ReportPeriod;
  readonly columns: readonly Column[];
}

export interface ReportOrder extends AskedDays {
  readonly report: string;
  readonly jurisdiction: string;
}

/** Each holds a connection for as long as somebody reads: the others must be left for the work. */
const AT_ONCE = 3;

/** What the office wants to know, as of any of its days. */
@Injectable()
export class Reports {
  private open = 0;

  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(): ReportSummary[] {
    return REPORTS.map(({ name, title, about, takes, columns }) => ({ name, title, about, takes, columns }));
  }

  /**
   * Runs a report up to its first rows. Whoever opens it reads it to its end or closes it.
   *
   * @throws Refusal `report-unknown`, `jurisdiction-unknown`, `days-not-meant`, `days-reversed`, `date-in-future`,
   *   `reports-busy`, or what the report itself refuses
   */
  async run(order: ReportOrder): Promise<OpenReport> {
    const definition = reportNamed(order.report);
    const scope = await this.scope(definition, order);
    if (this.open >= AT_ONCE) throw new Refusal('reports-busy', 'other reports are being made: ask again in a while');
    this.open += 1;
    const read = <T>(statement: string, parameters: readonly unknown[]) =>
      streamRows<T>(this.gateway, statement, parameters);
    const rows =
      definition.oneMoment === true
        ? atOneMoment(this.gateway, (within) => definition.rows(scope, within))
        : definition.rows(scope, read);
    return OpenReport.begin(frameOf(definition, scope), rows, () => (this.open -= 1));
  }

  /** The office's today. @throws Refusal `jurisdiction-unknown` */
  today(jurisdictionId: string): Promise<string> {
    return officeDate(this.gateway, this.clock, jurisdictionId);
  }

  private async scope({ takes }: ReportDefinition, order: ReportOrder): Promise<ReportScope> {
    const jurisdiction = this.jurisdictions.find(({ id }) => id === order.jurisdiction);
    if (!jurisdiction) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${order.jurisdiction}`);
    const days = reportDays(takes, order, await this.today(jurisdiction.id));
    if (!days.ok) throw new Refusal(days.code, days.message);
    return { jurisdiction, from: days.from, to: days.to };
  }
}

function frameOf({ name, title, takes, columns }: ReportDefinition, scope: ReportScope): ReportFrame {
  const from = takes === 'day' ? null : scope.from;
  return { report: name, title, jurisdiction: scope.jurisdiction.id, from, to: scope.to, columns };
}

/** Every row of a report whose rows are few. */
export async function everyRow(report: OpenReport): Promise<Row[]> {
  const found: Row[] = [];
  for await (const row of report) found.push(row);
  return found;
}
