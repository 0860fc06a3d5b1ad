import type { QuarantineView } from '@concord/core/exchanges/quarantine-reads';
import { safeJson } from '../mapping/visible-text.js';
import { table } from './table.js';

/** Records in quarantine as people read them: where each stands in its file, and what is wrong with it. */
export function quarantineTable(records: readonly QuarantineView[]): string {
  if (records.length === 0) return 'No record waits in quarantine.';
  return table<QuarantineView>(
    [
      { title: 'Exchange', value: ({ exchange }) => exchange },
      { title: 'Place', value: ({ sequence }) => sequence, align: 'right' },
      { title: 'Date', value: ({ date }) => date },
      { title: 'Connector', value: ({ connector }) => connector },
      { title: 'File', value: ({ file }) => file },
      { title: 'Record', value: ({ record }) => record, align: 'right' },
      { title: 'Field', value: ({ field }) => field },
      { title: 'Position', value: ({ position }) => position },
      { title: 'Value', value: ({ value }) => value },
      { title: 'What is wrong', value: ({ rule, message }) => (message === '' ? rule : `${rule}: ${message}`) },
    ],
    records,
  );
}

/** One record, what the partner said where it could be read, and what a person did about it. */
export function quarantinedText(record: QuarantineView): string {
  const { status, decision, finding } = record;
  return [
    quarantineTable([record]),
    `It is ${status}${decision === null ? '' : `: ${safeJson(decision)}`}.`,
    ...(finding === null ? [] : ['As the partner said it:', safeJson(finding)]),
  ].join('\n');
}
