import { describe, expect, test } from '@jest/globals';
import { collected, inPieces } from '@concord/plugin-sdk/testing';
import { exampleSettings } from '../samples/debts.js';
import { decodeAssets } from './assets.js';

const TRAILED = await exampleSettings();
const BARE = await exampleSettings({ trailers: undefined });

interface Asset {
  readonly debtor?: string;
  readonly file?: string;
  readonly id?: string;
  readonly type?: string;
  readonly name?: string;
  readonly description?: string;
  readonly value?: string;
  readonly lien?: string;
  readonly flags?: string;
}

/** One record, written here from the published positions. */
function record(asset: Asset = {}): string {
  const { debtor = '000000101', file = '000000021', id = 'A-1', type = '1', name = 'Boat', description = '' } = asset;
  const { value = '000001000.00', lien = '000000000.00', flags = '10' } = asset;
  const money = `${value.padEnd(12)}${lien.padEnd(12)}`;
  const head = `AAST${debtor.padEnd(9)}${file.padEnd(9)}${id.padEnd(9)}${type.padEnd(9)}${name.padEnd(50)}`;
  return `${head}${description.padEnd(200)}${money}${flags}`.padEnd(3000);
}

const trailer = (count: number): string => `ATRL${String(count).padStart(10, '0')}20261122`.padEnd(3000);

async function read(settings: typeof TRAILED, ...lines: readonly string[]) {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  return collected(decodeAssets(inPieces(bytes, 100), { settings, fileName: 'AAST.txt' }));
}

async function outline(...lines: readonly string[]) {
  return (await read(TRAILED, ...lines)).map((item) =>
    'fault' in item
      ? `${item.fault.severity}:${item.fault.rule}:${item.fault.field}:${item.fault.position}`
      : item.kind,
  );
}

async function only(asset: Asset) {
  const [found] = await read(TRAILED, record(asset), trailer(1));
  if (found === undefined || !('details' in found)) throw new Error(JSON.stringify(found));
  return found;
}

describe('an asset', () => {
  test.each<[string, Asset, object]>([
    ['in the agreed words', { type: '2' }, { assetType: 'real property', valueMinor: '100000', lienMinor: '0' }],
    ['of a type that nobody agreed on', { type: '44' }, { assetType: '44' }],
    ['of a type that looks like a property of every object', { type: 'toString' }, { assetType: 'toString' }],
    ['with a description that fills its field', { description: 'x'.repeat(200) }, { description: 'x'.repeat(200) }],
    ['with an id in letters', { id: 'VIN-9' }, { assetId: 'VIN-9' }],
    ['with flags that are not public', { flags: 'YU' }, { valueVerified: 'Y', lienVerified: 'U' }],
  ])('is told %s', async (_name, asset, details) => {
    expect(await only(asset)).toMatchObject({ kind: 'asset-found', reference: '000000021', details });
  });

  test('of unknown worth names no amount and no currency', async () => {
    const { details } = await only({ value: '', lien: '', flags: '' });
    expect(Object.keys(details).sort()).toEqual(['assetId', 'assetType', 'debtor', 'name']);
  });

  test('is the same statement again, and another with another value, id or debtor', async () => {
    const key = async (asset: Asset) => (await only(asset)).naturalKey;
    const first = await key({});
    expect(await key({})).toBe(first);
    const others = [{ value: '000001000.01' }, { id: 'A-2' }, { debtor: '000000102' }, { file: '000000022' }];
    const keys = await Promise.all(others.map(key));
    expect(new Set([first, ...keys]).size).toBe(5);
    expect(first).not.toContain('Boat');
  });

  test.each<[string, string, string]>([
    ['an account that is not a number', record({ file: '12345678X' }), 'record:digits:fileNumber:14-22'],
    ['no account', record({ file: '' }), 'record:required:fileNumber:14-22'],
    ['no debtor', record({ debtor: '' }), 'record:required:debtorNumber:5-13'],
    ['a value in words', record({ value: 'ABOUT 12,000' }), 'record:number:value:291-302'],
    ['a negative lien', record({ lien: '-00000001.00' }), 'record:number:lienValue:303-314'],
    ['a value without its point', record({ value: '000000100000' }), 'record:number:value:291-302'],
    ['a control character in its name', record({ name: 'Bo\u0000at' }), 'record:characters:name:41-90'],
  ])('with %s harms only itself', async (_name, bad, wanted) => {
    expect(await outline(bad, record(), trailer(2))).toEqual([wanted, 'asset-found']);
  });

  test.each([
    ['another record type', record().replace('AAST', 'CAST'), 'record:record-type:null:null'],
    ['a character too many', `${record()}X`, 'record:length:null:null'],
  ])('with %s counts as none, so that the file is not whole', async (_name, bad, wanted) => {
    expect(await outline(bad, record(), trailer(2))).toEqual([wanted, 'asset-found', 'file:total:recordCount:5-14']);
  });

  test('in a file that was cut is not believed', async () => {
    expect(await outline(record(), trailer(2))).toEqual(['asset-found', 'file:total:recordCount:5-14']);
    expect(await outline(record())).toEqual(['asset-found', 'file:truncated:null:null']);
  });

  test('whose line stops after its last field is read, with or without a trailer', async () => {
    const cut = record({ value: '', lien: '', flags: '' }).trimEnd();
    expect(await outline(cut, trailer(1))).toEqual(['asset-found']);
    expect(await read(BARE, cut)).toHaveLength(1);
  });
});
