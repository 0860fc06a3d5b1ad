/**
 * Hand-made files for the bureau's own tests. Positions stand here as numbers and are not taken from the bureau's tables,
 * so that a mistake in those shows.
 */
import type { Places } from '../fixed-record.ts';
import { record } from '../fixed-record.ts';

const NUMBERS_OF_BASE = [
  '6-19',
  '20-20',
  '76-83',
  '84-92',
  '93-101',
  '106-114',
  '115-123',
  '155-163',
  '164-172',
  '173-181',
];
const DATES_OF_BASE = ['182-189', '190-197', '198-205', '206-213', '298-306', '307-314', '315-324'];
const ZEROS: Places = Object.fromEntries([...NUMBERS_OF_BASE, ...DATES_OF_BASE].map((place) => [place, 0]));

/** A collection account as an agency reports it, with its K1; `places` change the base segment. */
export function account(number: string, places: Places = {}, appended: string = creditor()): string {
  const base = record(
    426,
    ZEROS,
    {
      '1-4': 426 + appended.length,
      '5': '1',
      '21-40': 'CITY00001',
      '43-72': number,
      '73': 'O',
      '74-75': '48',
      '76-83': '03152026',
      '93-101': 480,
      '102-104': '001',
      '124-125': '93',
      '127-150': 'B'.repeat(24),
      '155-163': 512,
      '164-172': 512,
      '182-189': '10312026',
      '190-197': '11302025',
      '232-256': 'LOVELACE',
      '257-276': 'ADA',
      '298-306': '666123456',
      '325': '1',
      '330-361': '12 MAIN ST',
      '394-413': 'RALEIGH',
      '414-415': 'NC',
      '416-424': '27601',
    },
    places,
  );
  return base + appended;
}

export function creditor(name = 'CITY OF RALEIGH', classification = '04'): string {
  return record(34, { '1-2': 'K1', '3-32': name, '33-34': classification });
}

export function coDebtor(places: Places = {}): string {
  return record(
    100,
    { '1-2': 'J1', '4-28': 'BABBAGE', '29-48': 'CHARLES', '70-78': 0, '79-86': '12261971', '87-96': 0, '97': '2' },
    places,
  );
}

/** A whole file. `totals` are the trailer's nine-digit counts by position, beside those that follow from the lines given. */
export function file(accounts: readonly string[], totals: Places = {}): Buffer {
  const header = record(426, {
    '1-4': '0426',
    '5-10': 'HEADER',
    '33-37': 'SIM01',
    '48-55': '10312026',
    '56-63': '11022026',
    '64-71': 0,
    '72-79': 0,
    '80-119': 'CITY OF RALEIGH COLLECTIONS',
    '120-215': '1 CIVIC PLAZA RALEIGH NC 27601',
    '216-225': 0,
  });
  const zeros: { [place: string]: number } = {};
  for (let first = 12; first < 408; first += 9) zeros[`${first}-${first + 8}`] = 0;
  const having = (first: number, text: string): number =>
    accounts.filter((line) => line.slice(first - 1, first - 1 + text.length) === text).length;
  const trailer = record(
    426,
    zeros,
    {
      '1-4': '0426',
      '5-11': 'TRAILER',
      '12-20': accounts.length,
      '21-29': ' '.repeat(9),
      '57-65': accounts.length + 2,
      '30-38': having(124, 'DF'),
      '66-74': having(124, 'DA'),
      '111-119': having(124, '62'),
      '219-227': having(124, '93'),
      '282-290': accounts.filter((line) => /K1.{32}$/.test(line)).length,
      '327-335': accounts.length - having(298, '000000000'),
      '336-344': accounts.length - having(298, '000000000'),
    },
    totals,
  );
  return Buffer.from([header, ...accounts, trailer].map((line) => `${line}\n`).join(''), 'latin1');
}
