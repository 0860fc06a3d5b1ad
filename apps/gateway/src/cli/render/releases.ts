import type { ReleaseList, ReleaseView } from '@concord/core/exchanges/release-reads';
import { printable } from '../mapping/visible-text.js';
import { table } from './table.js';
import type { Column } from './table.js';

/** Releases as people read them: what must be told to whom by when, and by which law. The counts come first. */
export function releasesText({ counts, releases }: ReleaseList, limit?: number): string {
  const counted = `${counts.open} open, ${counts.overdue} of them overdue.`;
  if (releases.length === 0) return counted;
  const cut = releases.length === limit ? ` Listed are the first ${limit} by deadline.` : '';
  return [`${counted}${cut}`, releaseTable(releases), 'By which law:', ...sources(releases)].join('\n');
}

/** Each source once: they are long, and the same few stand behind most releases. */
function sources(releases: readonly ReleaseView[]): readonly string[] {
  const named = releases.map(({ rule, act, citation, withoutCitation }) => {
    return printable(`  ${rule} (${act}): ${citation ?? `none: ${withoutCitation ?? ''}`}`);
  });
  return [...new Set(named)].sort();
}

const DONE: Column<ReleaseView> = { title: 'Done', value: ({ doneOn }) => doneOn };

function releaseTable(releases: readonly ReleaseView[]): string {
  return table<ReleaseView>(
    [
      { title: 'Due', value: ({ dueOn }) => dueOn },
      { title: 'Late', value: ({ daysLate }) => (daysLate === 0 ? '' : `${daysLate} d`), align: 'right' },
      ...(releases.some(({ doneOn }) => doneOn !== null) ? [DONE] : []),
      { title: 'Connector', value: ({ connector, mode }) => (mode === 'on' ? connector : `${connector} (${mode})`) },
      { title: 'Debt', value: ({ number }) => number, align: 'right' },
      { title: 'Held', value: ({ held, inFlight }) => (inFlight === 0 ? held : `${held}, ${inFlight} unanswered`) },
      { title: 'Since', value: ({ owedOn }) => owedOn },
      { title: 'Rule', value: ({ rule }) => rule },
    ],
    releases,
  );
}
