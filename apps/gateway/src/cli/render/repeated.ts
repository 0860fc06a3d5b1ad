import { table } from './table.js';

/** A file that was sent again, or would be. */
export interface ResentFile {
  readonly exchangeId: string;
  readonly fileName: string;
  readonly records: number;
  readonly bytes: number;
  /** The exchange that sends it again; absent in a preview. */
  readonly resentAs?: string | null;
}

/** What applying a file again came to. */
export interface Replayed {
  readonly statements: number;
  readonly applied: number;
  readonly already: number;
  /** In a preview: how many statements would have an effect, or which. */
  readonly wouldApply?: unknown;
}

/** Files in the order in which they go. */
export function resendText(files: readonly ResentFile[]): string {
  return table<ResentFile>(
    [
      { title: 'File', value: ({ fileName }) => fileName },
      { title: 'Records', value: ({ records }) => records, align: 'right' },
      { title: 'Bytes', value: ({ bytes }) => bytes, align: 'right' },
      { title: 'Exchange', value: ({ exchangeId }) => exchangeId },
      { title: 'Sent again as', value: ({ resentAs }) => resentAs ?? null },
    ],
    files,
  );
}

export function replayText({ statements, applied, already, wouldApply }: Replayed, preview: boolean): string {
  const count = Array.isArray(wouldApply) ? wouldApply.length : typeof wouldApply === 'number' ? wouldApply : applied;
  return preview
    ? `${statements} statements: ${already} had their effect already, ${count} would have one now.`
    : `${statements} statements: ${already} had their effect already, ${applied} have it now.`;
}
