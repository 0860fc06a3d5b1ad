import type { QuarantinedView } from '@concord/core/exchanges/quarantine-reads';
import { safeJson } from '../mapping/visible-text.js';
import { table } from './table.js';

/** Records in quarantine as people read them: where each stands in its file, and what is wrong with it. */
export function quarantineTable(records: readonly QuarantinedView[]): string {
  if (records.length === 0) return 'No record waits in quarantine.';
  return table<QuarantinedView>(
    [
      { title: 'Exchange', value: ({ exchange }) => exchange },
      { title: 'Place', value: ({ sequence }) => sequence, align: 'right' },
      { title: 'Date', value: ({ date }) => date },
      { title: 'Connector', value: ({ connector }) => connector },
      { title: 'File', value: ({ file }) => file },
      { title: 'Record', value: ({ fault }) => fault?.record ?? null, align: 'right' },
      { title: 'Field', value: ({ fault }) => fault?.field ?? null },
      { title: 'Position', value: ({ fault }) => fault?.position ?? null },
      { title: 'Value', value: ({ fault }) => fault?.value ?? null },
      { title: 'What is wrong', value: whatIsWrong },
    ],
    records,
  );
}

function whatIsWrong({ fault, kind, reason }: QuarantinedView): string {
  return fault
    ? `${fault.rule}: ${fault.message}`
    : `${kind}: ${reason ?? 'it contradicts what the partner said before'}`;
}

/** One record, and what a person did about it. */
export function quarantinedText(record: QuarantinedView & { readonly finding: unknown }): string {
  const { status, decision, finding, kind } = record;
  return [
    quarantineTable([record]),
    `It is ${status}${decision === null ? '' : `: ${safeJson(decision)}`}.`,
    kind === 'fault' ? 'What was found when it was read:' : 'As the partner said it:',
    safeJson(finding),
  ].join('\n');
}
