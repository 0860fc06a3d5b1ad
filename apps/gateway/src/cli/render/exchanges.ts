import type { ExchangeView } from '@concord/core/exchanges/exchange-reads';
import { table } from './table.js';
import type { Column } from './table.js';

type Row = Record<string, unknown>;

const COLUMNS: readonly Column<ExchangeView>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Date', value: ({ date }) => date },
  { title: 'Connector', value: ({ connector }) => connector },
  { title: '', value: ({ direction }) => direction },
  { title: 'Kind', value: ({ kind }) => kind },
  { title: 'State', value: ({ state }) => state },
  { title: 'File', value: ({ file }) => file },
  { title: 'Records', value: ({ records }) => records, align: 'right' },
  { title: 'To do', value: nextStep },
  { title: 'Failure', value: ({ failure }) => failure && `${failure.step}: ${failure.message}` },
];

export function exchangeTable(exchanges: readonly ExchangeView[]): string {
  return table(COLUMNS, exchanges);
}

/** What a person has to do about a file before it comes to its end; null where it goes on by itself. */
export function nextStep({ state, delivery }: ExchangeView): string | null {
  if (state === 'held') return 'look with `exchange preview`, then `exchange release` or `cancel`';
  if (state === 'undecided') return 'look with `exchange show`, then `exchange decide`: apply or dismiss';
  if (state === 'refused') return 'ask the partner for a corrected file';
  if (state === 'delivered' && delivery === 'presumed-collected')
    return 'ask the partner whether it arrived, then `exchange decide`: arrived or not-arrived';
  return null;
}

/** One file: its line, why it waits or what was decided of it, and its records. */
export function exchangeText({ recordList, ...exchange }: ExchangeView & { readonly recordList: unknown[] }): string {
  const { held, heldAt, decision, resends, corrects } = exchange;
  const facts = [
    held && `Held${heldAt === null ? '' : ` since ${new Date(heldAt).toISOString()}`}: ${inWords(held)}`,
    decision && `Decided: ${inWords(decision)}`,
    resends && `Sends ${resends} again.`,
    corrects && `Came under the name of ${corrects}, with other bytes.`,
  ].filter((fact) => typeof fact === 'string');
  return [exchangeTable([exchange]), ...facts, plainTable(recordList)].join('\n');
}

/** Facts as `name value`, those within as JSON. */
function inWords(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ');
}

/** Any rows, with the columns that the first one has. */
export function plainTable(rows: readonly unknown[]): string {
  const [first] = rows as Row[];
  if (!first) return 'none';
  const columns = Object.keys(first).map((title): Column<Row> => ({
    title,
    value: (row) => {
      const value = row[title];
      return typeof value === 'object' && value !== null
        ? JSON.stringify(value)
        : ((value as string | number | null) ?? null);
    },
  }));
  return table(columns, rows as Row[]);
}
