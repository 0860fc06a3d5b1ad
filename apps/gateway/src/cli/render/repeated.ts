import type { ReplayResult } from '@concord/core/exchanges/commands/exchange-replay-handler';
import type { ResentFile } from '@concord/core/exchanges/commands/resend-handler';
import { table } from './table.js';

/** Files that were sent again, or would be, in the order in which they go. */
export function resendText(files: readonly ResentFile[]): string {
  return table<ResentFile>(
    [
      { title: 'File', value: ({ fileName }) => fileName },
      { title: 'Records', value: ({ records }) => records, align: 'right' },
      { title: 'Bytes', value: ({ bytes }) => bytes, align: 'right' },
      { title: 'Exchange', value: ({ exchangeId }) => exchangeId },
      { title: 'Sent again as', value: ({ resentAs }) => resentAs ?? 'not yet: a preview' },
      { title: 'State', value: ({ state }) => state ?? null },
    ],
    files,
  );
}

/** What applying a file again came to, or would come to. */
export function replayText(result: ReplayResult, preview: boolean): string {
  const { statements, already, applied, wouldApply, unmatched, quarantined } = result;
  return [
    `${statements} statements, of which ${already} had their effect before.`,
    preview ? `${wouldApply ?? 0} would have an effect now.` : `${applied} have their effect now.`,
    ...(unmatched > 0 ? [`${unmatched} are about nothing that stands with the partner.`] : []),
    ...(quarantined > 0 ? [`${quarantined} can't be applied: \`quarantine list\`.`] : []),
  ].join('\n');
}
