import { describe, expect, test } from '@jest/globals';
import { collected, inPieces } from '@concord/plugin-sdk/testing';
import { exampleSettings } from '../samples/debts.js';
import plugin from '../index.js';
import { MAPPED_KINDS, type MappedKind } from './kinds.js';
import { decodeStatements } from './read-statements.js';

const EXAMPLE = await exampleSettings();

interface Bankruptcy {
  readonly debtor?: string;
  readonly file?: string;
  readonly action?: string;
  readonly chapter?: string;
  readonly number?: string;
  readonly court?: string;
  readonly filed?: string;
  readonly dismissed?: string;
}

/** One record of the made-up layout, written here from its positions. */
function bankruptcy(given: Bankruptcy = {}): string {
  const { debtor = '000000101', file = '000000021', action = 'A', chapter = '13', number = '26-10442' } = given;
  const { court = 'Peoria', filed = '20261118', dismissed = '' } = given;
  const head = `ABKR${debtor.padEnd(9)}${file.padEnd(9)}${action}${chapter.padEnd(3)}${number.padEnd(20)}`;
  return `${head}${court.padEnd(40)}${filed.padEnd(8)}${''.padEnd(8)}${dismissed.padEnd(8)}`.padEnd(400);
}

const trailer = (count: number, length = 400): string =>
  `ATRL${String(count).padStart(10, '0')}20261122`.padEnd(length);

async function readAs(kind: MappedKind, lines: readonly string[], settings = EXAMPLE) {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  return collected(decodeStatements(kind, inPieces(bytes, 64), { settings, fileName: 'FILE.txt' }));
}

async function outline(kind: MappedKind, ...lines: readonly string[]) {
  return (await readAs(kind, lines)).map((item) =>
    'fault' in item ? `${item.fault.severity}:${item.fault.rule}:${item.fault.field}` : item.kind,
  );
}

/** The bankruptcies that one file tells. */
async function told(...given: readonly Bankruptcy[]) {
  const items = await readAs('bankruptcies', [...given.map(bankruptcy), trailer(given.length)]);
  return items.map((item) => {
    if (!('details' in item)) throw new Error(JSON.stringify(item));
    return item;
  });
}

const keyOf = async (given: Bankruptcy) => (await told(given))[0]!.naturalKey;

describe('a bankruptcy', () => {
  test.each<[string, Bankruptcy]>([
    ['again', {}],
    ['with its court in other words', { court: 'U.S. Bankruptcy Court, Peoria' }],
    ['with its number written otherwise', { number: '26 10442' }],
    ['with its day of filing corrected', { filed: '20261117' }],
    ['with the debtor number blanked in front', { debtor: '      101' }],
    ['with what came of it', { dismissed: '20261120' }],
  ])('told %s is the same statement', async (_name, given) => {
    expect(await keyOf(given)).toBe(await keyOf({}));
  });

  test.each<[string, Bankruptcy]>([
    ['of another case number', { number: '26-10443' }],
    ['of another chapter', { chapter: '7' }],
    ['of another debtor', { debtor: '000000102' }],
    ['of another account', { file: '000000022' }],
  ])('%s is another statement', async (_name, given) => {
    expect(await keyOf(given)).not.toBe(await keyOf({}));
  });

  test('without a case number is known by its day of filing', async () => {
    const unnumbered = { number: '' };
    expect(await keyOf({ ...unnumbered, filed: '20261001' })).not.toBe(await keyOf(unnumbered));
    expect(await keyOf({ ...unnumbered, court: 'Springfield' })).toBe(await keyOf(unnumbered));
  });

  test('has a key that says nothing of the person', async () => {
    expect(await keyOf({})).not.toMatch(/10442|101:/);
  });

  test('that ended still stops, and only a person concludes that it ended', async () => {
    const [fact, rest, ...more] = await told({ dismissed: '20261120' });
    expect(more).toEqual([]);
    expect(fact).toMatchObject({ kind: 'insolvent', on: '2026-11-18' });
    expect(fact!.details).not.toHaveProperty('dismissedOn');
    expect(rest).toMatchObject({
      kind: 'status-reported',
      details: { about: 'bankruptcy', caseNumber: '26-10442', dismissedOn: '2026-11-20' },
    });
  });

  test('puts each news before a person once', async () => {
    const news = async (dismissed: string) => (await told({ dismissed }))[1]!.naturalKey;
    expect(await news('20261120')).toBe(await news('20261120'));
    expect(await news('20261121')).not.toBe(await news('20261120'));
  });

  test('that is taken back lifts nothing', async () => {
    expect(await told({ action: 'D' })).toEqual([
      expect.objectContaining({ kind: 'status-reported', details: expect.objectContaining({ takenBack: 'yes' }) }),
    ]);
  });

  test.each([
    ['07', '7'],
    ['13', '13'],
    ['12', '12'],
    ['XX', 'XX'],
  ])('of chapter %s is one of chapter %s', async (chapter, meant) => {
    expect((await told({ chapter }))[0]).toMatchObject({ details: { chapter: meant } });
  });

  test('with a code that is a property of every object stays as it is', async () => {
    const bankruptcies = { ...EXAMPLE.mapped!.bankruptcies!, codes: { court: {} } };
    const settings = await exampleSettings({ mapped: { bankruptcies } });
    const [fact] = await readAs('bankruptcies', [bankruptcy({ court: 'constructor' }), trailer(1)], settings);
    expect(fact).toMatchObject({ details: { court: 'constructor' } });
  });
});

/** One good record a kind, of the made-up layouts. */
const LENGTHS: { readonly [kind in MappedKind]: readonly [type: string, length: number, rest: string] } = {
  bankruptcies: ['ABKR', 400, 'A13 26-10442'],
  deaths: ['ADEC', 250, 'A20261102'],
  disputes: ['ADIS', 120, 'NOT'],
  complaints: ['ACMP', 160, 'CAL'],
  returns: ['ARTN', 120, 'UNC'],
};
/** Where a day stands. */
const DAYS: { readonly [kind in MappedKind]: number } = {
  bankruptcies: 87,
  deaths: 24,
  disputes: 101,
  complaints: 141,
  returns: 101,
};

describe.each(MAPPED_KINDS)('a file of %s', (kind) => {
  const [type, length, rest] = LENGTHS[kind];
  const good = `${type}000000101000000021${rest}`.padEnd(length);
  const at = (line: string, start: number, value: string): string =>
    line.slice(0, start - 1) + value + line.slice(start - 1 + value.length);

  test.each<[string, string, string]>([
    ['names no account', at(good, 14, '         '), 'record:required:fileNumber'],
    ['names an account in letters', at(good, 14, '00000002A'), 'record:digits:fileNumber'],
    ['has a day that is none', at(good, DAYS[kind], '20260231'), 'record:date:'],
    ['has a day of zeros and signs', at(good, DAYS[kind], '2026-1-1'), 'record:date:'],
    ['has a null in its text', at(good, 40, '\u0000'), 'record:'],
  ])('whose record %s keeps the rest', async (_name, bad, wanted) => {
    const [fault, ...others] = await outline(kind, bad, good, trailer(2, length));
    expect(fault).toMatch(new RegExp(`^${wanted}`));
    expect(others).toEqual(await outline(kind, good, trailer(1, length)));
    expect(others).toHaveLength(1);
  });

  test.each([
    ['is of another type', at(good, 1, 'AXXX'), 'record:record-type:null'],
    ['is longer than it may be', `${good}X`, 'record:length:null'],
  ])('whose record %s is not whole', async (_name, bad, wanted) => {
    const found = await outline(kind, bad, good, trailer(2, length));
    expect([found[0], found.at(-1), found.length]).toEqual([wanted, 'file:total:recordCount', 3]);
  });

  test('that was cut or miscounted is refused', async () => {
    expect((await outline(kind, good)).at(-1)).toBe('file:truncated:null');
    expect((await outline(kind, good, trailer(2, length))).at(-1)).toBe('file:total:recordCount');
    expect((await outline(kind, good, trailer(1, length), good)).at(-1)).toBe('file:after-trailer:null');
  });

  test('without a mapped trailer is read, and one that nobody described is not', async () => {
    const mapping = { ...EXAMPLE.mapped![kind]!, trailer: undefined };
    const bare = await exampleSettings({ mapped: { [kind]: mapping } });
    expect(await readAs(kind, [good], bare)).toHaveLength(1);
    const none = await exampleSettings({ mapped: undefined });
    const inbound = plugin.inbound.find((file) => file.kind === kind)!;
    expect([inbound.available(bare), inbound.available(none)]).toEqual([true, false]);
    expect(() => inbound.format(none)).toThrow('not available');
  });
});
