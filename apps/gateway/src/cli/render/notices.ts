import type { BatchSummary } from '@concord/core/notices/batch-store';
import type { Manifest } from '@concord/core/notices/batch-view';
import type { LeftOut } from '@concord/core/notices/domain/left-out';
import type { MadeBatch } from '@concord/core/notices/make-batch';
import type { ReleasedBatch } from '@concord/core/notices/release-batch';
import { formatMoney } from '@concord/core/money/domain/format-money';
import { table } from './table.js';

function notSent(debts: readonly LeftOut[]): string {
  return table<LeftOut>(
    [
      { title: 'Debt', value: ({ debtNumber }) => debtNumber, align: 'right' },
      { title: 'Id', value: ({ debtId }) => debtId },
      { title: 'Code', value: ({ code }) => code },
      { title: 'Rule', value: ({ rule }) => rule },
      { title: 'Source', value: ({ citation }) => citation },
      { title: 'Why', value: ({ reason }) => reason },
    ],
    debts,
  );
}

/** What came of making letters: the batch, and the debts that were left out of it. */
export function madeText({ batchId, noticeIds, leftOut, goesOnAfter, made }: MadeBatch): string {
  const lines = [
    batchId === null
      ? 'No letter could be made.'
      : `${made ? 'Made' : 'Made before'}: batch ${batchId}. Letters: ${noticeIds.length}.`,
  ];
  if (leftOut.length > 0) lines.push(`Left out: ${leftOut.length}`, notSent(leftOut));
  if (goesOnAfter !== null) lines.push(`There may be more: --after ${goesOnAfter} goes on.`);
  return lines.join('\n');
}

/** What came of a release: what was taken out, and what goes to print. */
export function releasedText({
  released,
  takenOut,
  changed,
  batch,
}: ReleasedBatch & { readonly batch: Manifest }): string {
  const totals = batch.totals.map(({ currency, minor }) => formatMoney(minor, currency, 'en')).join(', ');
  const lines = [
    released ? 'Released.' : `Nothing was done: the batch is ${batch.state} already.`,
    `Letters: ${batch.counts.notices}. Pages: ${batch.pages ?? 0}. Asked for: ${totals === '' ? 'nothing' : totals}.`,
  ];
  if (changed > 0) lines.push(`With another balance than when they were made: ${changed}.`);
  if (takenOut.length > 0) lines.push(`Taken out: ${takenOut.length}`, notSent(takenOut));
  return lines.join('\n');
}

export function batchTable(batches: readonly BatchSummary[]): string {
  if (batches.length === 0) return 'There are no batches of notices.';
  return table<BatchSummary>(
    [
      { title: 'Id', value: ({ id }) => id },
      { title: 'Number', value: ({ number }) => number, align: 'right' },
      { title: 'Office', value: ({ jurisdictionId }) => jurisdictionId },
      { title: 'Kind', value: ({ kind, language }) => `${kind} (${language})` },
      { title: 'State', value: ({ state }) => state },
      { title: 'Made', value: ({ madeOn }) => madeOn },
      { title: 'Released', value: ({ releasedOn }) => releasedOn },
      { title: 'Posted', value: ({ postedOn }) => postedOn },
      { title: 'Pages', value: ({ pages }) => pages, align: 'right' },
    ],
    batches,
  );
}
