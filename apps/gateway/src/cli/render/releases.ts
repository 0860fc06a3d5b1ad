import type { ReleaseList, ReleaseView } from '@concord/core/exchanges/release-reads';
import { table } from './table.js';

/** Releases as people read them: what must be told to whom by when, and by which law. The counts come first. */
export function releasesText({ counts, releases }: ReleaseList): string {
  const counted = `${counts.open} open, ${counts.overdue} of them overdue.`;
  return releases.length === 0 ? counted : [counted, releaseTable(releases)].join('\n');
}

function releaseTable(releases: readonly ReleaseView[]): string {
  return table<ReleaseView>(
    [
      { title: 'Due', value: ({ dueOn }) => dueOn },
      { title: 'Late', value: ({ daysLate }) => (daysLate === 0 ? '' : `${daysLate} d`), align: 'right' },
      { title: 'Done', value: ({ doneOn }) => doneOn },
      { title: 'Connector', value: ({ connector, mode }) => (mode === 'on' ? connector : `${connector} (${mode})`) },
      { title: 'Debt', value: ({ number }) => number, align: 'right' },
      { title: 'Held', value: ({ held, inFlight }) => (inFlight === 0 ? held : `${held}, ${inFlight} unanswered`) },
      { title: 'Since', value: ({ owedOn }) => owedOn },
      { title: 'Rule', value: ({ rule }) => rule },
      { title: 'Source', value: ({ citation, withoutCitation }) => citation ?? `none: ${withoutCitation ?? ''}` },
    ],
    releases,
  );
}
