import type { Command } from 'commander';
import type { AlertView } from '@concord/core/alerts/alert-reads';
import { alertList } from '../operations/alert-list.js';
import { perform } from '../perform.js';
import { table } from '../render/table.js';
import type { Column } from '../render/table.js';
import { print } from '../terminal.js';

const COLUMNS: readonly Column<AlertView>[] = [
  { title: 'Partner', value: ({ partner }) => partner },
  { title: 'Cause', value: ({ cause }) => cause },
  { title: 'Since', value: ({ since }) => minute(since) },
  { title: 'Over', value: ({ cleared }) => cleared && minute(cleared) },
  { title: 'Message', value: ({ message }) => message },
];

/** Registers `alerts list`. */
export function addAlertsCommands(alerts: Command): void {
  alerts
    .command('list')
    .description('what is wrong now, by partner and cause')
    .option('--all', 'also what is over')
    .option('--json', 'print JSON')
    .action(async ({ all = false, json = false }: { all?: boolean; json?: boolean }) => {
      const found = await perform(alertList, { standing: !all }, () => undefined);
      if (json) return print(JSON.stringify(found, null, 2));
      return print(found.length === 0 ? 'Nothing is wrong.' : table(COLUMNS, found));
    });
}

/** From a running instance instants come as text. */
function minute(at: Date | string): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
