import type { ImportSummary } from '@concord/core/cases/import-file';

const FAULTS_SHOWN = 50;

/** What a file came to, in a few lines that a clerk understands, with every bad row and its reason. */
export function importText(summary: ImportSummary): string {
  const { rows, registered, unchanged, faulty, faults, before } = summary;
  const head = before
    ? `This file was taken in before: nothing changed. ${rows} rows.`
    : `${rows} rows: ${registered} debts registered, ${unchanged} already known, ${faulty} set aside.`;
  const lines = faults
    .slice(0, FAULTS_SHOWN)
    .map(({ line, column, value, reason }) =>
      [`line ${line}:`, column, value === null ? null : `"${value}"`, reason].filter(Boolean).join(' '),
    );
  const more = faults.length > FAULTS_SHOWN ? [`and ${faults.length - FAULTS_SHOWN} more; --json shows all`] : [];
  return [head, ...lines, ...more].join('\n');
}
