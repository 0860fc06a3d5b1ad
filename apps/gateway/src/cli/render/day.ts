import type { ConnectorDay, DayReport } from '@concord/core/day/day-report';
import { formatMoney } from '@concord/core/money/domain/format-money';
import { table } from './table.js';
import type { Column } from './table.js';

interface Line extends ConnectorDay {
  readonly jurisdiction: string;
  readonly currency: string;
}

const COLUMNS: readonly Column<Line>[] = [
  { title: 'Jurisdiction', value: ({ jurisdiction }) => jurisdiction },
  { title: 'Connector', value: ({ id }) => id },
  { title: 'Sent', value: ({ sent }) => sent, align: 'right' },
  { title: 'Accepted', value: ({ accepted }) => accepted, align: 'right' },
  { title: 'Refused', value: ({ refused }) => refused, align: 'right' },
  { title: 'Blocked', value: ({ blocked }) => blocked, align: 'right' },
  {
    title: 'Money posted',
    value: ({ postedMinor, currency }) => formatMoney(postedMinor, currency, 'en'),
    align: 'right',
  },
  { title: 'Releases owed', value: ({ releasesOwed }) => releasesOwed, align: 'right' },
  { title: 'Releases done', value: ({ releasesDone }) => releasesDone, align: 'right' },
];

/** A day for people: what was exchanged with whom, and whether the money adds up. */
export function dayTable(report: DayReport): string {
  const lines = report.jurisdictions.flatMap(({ id, currency, connectors }) =>
    connectors.map((connector): Line => ({ ...connector, jurisdiction: id, currency })),
  );
  const money = report.jurisdictions.map(({ id, conserved, connectors }) => {
    const partners = connectors.length === 0 ? ' (no connectors yet)' : '';
    return `${id}: ${conserved ? 'the money adds up' : 'THE MONEY DOES NOT ADD UP'}${partners}`;
  });
  const stopped = report.jurisdictions.flatMap(({ id, adverseStop: stop }) =>
    stop ? [`${id}: ONLY RELEASES GO OUT: ${stop.actor} stopped all adverse output on ${stop.since.slice(0, 10)}`] : [],
  );
  return [`Business day ${report.date}`, table(COLUMNS, lines), ...money, ...stopped].join('\n');
}
