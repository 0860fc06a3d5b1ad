import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderArchive } from '@concord/core/archive/folder-archive';
import { HostIntakeCommands } from '@concord/core/intake/host-intake-commands';
import type { HostFileView } from '@concord/core/intake/host-file-store';
import type { TakenHostFile } from '@concord/core/intake/host-intake-commands';
import type { TestDatabase } from './test-database.js';
import { testKeys } from './test-keys.js';
import { asked, OFFICE, openTestOffice } from './test-office.js';
import type { TestOffice } from './test-office.js';

const CELLS = { characterSet: 'utf-8', separator: 'comma', lineEnd: 'lf', maxRecordLength: 500, form: 'delimited' };
const column = (name: string, at: number, more: Record<string, unknown> = {}) => ({
  name,
  column: at,
  type: 'text',
  ...more,
});
const amount = (name: string, at: number) => ({ name, column: at, type: 'money', decimals: 2, point: true });
const date = (name: string, at: number) => ({ name, column: at, type: 'date', pattern: 'YYYY-MM-DD' });

const DEBT_COLUMNS = [
  column('Account', 1),
  column('Kind', 2),
  amount('Amount', 3),
  amount('Fees', 4),
  date('Incurred', 5),
  date('Delinquent', 6),
  column('Customer', 7),
  column('Surname', 8),
  column('Street', 9),
  column('City', 10),
  column('Zip', 11),
  column('SSN', 12),
  column('What', 13),
];
const DEBT_MEANING = {
  debtReference: 'account',
  type: 'kind',
  amountMinor: 'amount',
  feesMinor: 'fees',
  incurredOn: 'incurred',
  delinquentOn: 'delinquent',
  debtorReference: 'customer',
  surname: 'surname',
  line1: 'street',
  city: 'city',
  postalCode: 'zip',
  ssn: 'ssn',
  country: { value: 'US' },
};
const layout = (name: string, fields: unknown[]) => ({
  ...CELLS,
  name,
  header: {
    name: 'header',
    recognise: { column: 1, value: 'H' },
    fields: [
      { name: 'Mark', column: 1, type: 'constant', value: 'H' },
      { name: 'Day', column: 2, type: 'date', pattern: 'YYYYMMDD', required: true },
      { name: 'Number', column: 3, type: 'number', required: true },
    ],
  },
  records: [{ name: 'row', recognise: 'otherwise', leastColumns: 1, fields }],
  trailer: {
    name: 'trailer',
    recognise: { column: 1, value: 'T' },
    fields: [
      { name: 'Mark', column: 1, type: 'constant', value: 'T' },
      { name: 'Rows', column: 2, type: 'number', required: true, total: { count: 'records' } },
    ],
  },
});
const dated = { header: { date: 'day', sequence: 'number' } };
const codes = { N: 'present', C: 'correction', W: 'withdrawn' };

/** Files of debts, as changes and as a full picture, and of payments at a counter. */
const FILES = [
  {
    ...{ name: 'changes', kind: 'debts', closesShare: 0.5, dated, layout: layout('made-up-changes', DEBT_COLUMNS) },
    // An address needs its country, and only rows that name a customer have one.
    meaning: { ...DEBT_MEANING, action: { field: 'what', codes } },
  },
  {
    ...{ name: 'payments', kind: 'payments', dated },
    layout: layout('made-up-payments', [
      ...[column('Receipt', 1), column('Account', 2), amount('Amount', 3), date('Paid', 4), column('What', 5)],
    ]),
    meaning: {
      ...{ paymentReference: 'receipt', debtReference: 'account', amountMinor: 'amount', paidOn: 'paid' },
      action: { field: 'what', codes: { P: 'payment', W: 'withdrawn' } },
    },
  },
  {
    ...{ name: 'picture', kind: 'debts', picture: 'full', closesShare: 0.5, dated },
    ...{ layout: layout('made-up-picture', DEBT_COLUMNS.slice(0, 12)), meaning: DEBT_MEANING },
  },
];

/** Made-up billing systems of one office; one has a full picture in which each row says what it is. */
export const HOST_SYSTEMS = [
  { id: 'water', files: FILES },
  { id: 'parking', files: FILES },
  {
    id: 'permits',
    files: [
      {
        ...{ name: 'coded', kind: 'debts', picture: 'full', closesShare: 0.5, dated },
        ...{ layout: layout('made-up-coded', DEBT_COLUMNS) },
        meaning: { ...DEBT_MEANING, action: { field: 'what', codes } },
      },
    ],
  },
];

/** A file of the made-up system: header with day and number, rows, trailer with their count. */
export function hostFile(day: string, sequence: number, rows: readonly string[]): string {
  return [`H,${day.replaceAll('-', '')},${sequence}`, ...rows, `T,${rows.length}`, ''].join('\n');
}

/** The intake of one office over a test database. */
export interface HostDesk {
  readonly office: TestOffice;
  readonly commands: HostIntakeCommands;
  take(file: 'changes' | 'payments' | 'picture' | 'coded', content: string, system?: string): Promise<TakenHostFile>;
  /** Applies whatever waits for a person. */
  acceptAll(): Promise<HostFileView[]>;
  close(): Promise<void>;
}

/** @param changes other settings of the office */
export async function openHostDesk(database: TestDatabase, changes: Record<string, unknown> = {}): Promise<HostDesk> {
  const office = await openTestOffice(database, { hostSystems: HOST_SYSTEMS, ...changes });
  const folder = await mkdtemp(join(tmpdir(), 'concord-host-'));
  const archive = await FolderArchive.attach(join(folder, 'archive'), testKeys());
  const commands = new HostIntakeCommands(
    database.gateway,
    office.cipher,
    [office.jurisdiction],
    office.clock,
    archive,
  );
  let made = 0;
  return {
    office,
    commands,
    take: async (file, content, systemId = 'water') => {
      const path = join(folder, `${(made += 1)}.csv`);
      await writeFile(path, content);
      return commands.take(asked(), { jurisdictionId: OFFICE, systemId, file, path });
    },
    acceptAll: async () => {
      const held = await commands.list({ jurisdictionId: OFFICE, state: 'held' });
      for (const { id } of held) await commands.accept(asked(), id, 'as the host confirmed');
      return held;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
