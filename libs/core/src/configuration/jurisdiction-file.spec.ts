import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { loadJurisdictions } from './jurisdiction-file.js';
import { ledgerTerms } from './ledger-terms.js';

const SHIPPED = fileURLToPath(new URL('../../../../config/jurisdictions', import.meta.url));

const strategy = {
  id: 'report',
  act: 'report',
  connectors: ['us-tx-example-equifax'],
  debtTypes: ['water'],
  minAgeDays: 90,
  minBalanceMinor: 100,
};
const AGENCY = 'us-tx-example-agency';
const { connectors: _, ...selection } = strategy;
const placement = { ...selection, id: 'place', act: 'place', oneOf: [{ connector: AGENCY, share: 60, capacity: 500 }] };
const office = {
  id: 'us-tx-example',
  title: 'Example',
  country: 'US',
  currency: 'USD',
  timeZone: 'America/Chicago',
  holidays: { country: 'US', region: 'TX' },
  weekend: [6, 7],
  strategies: [strategy],
};

const DEFAULT_LEDGER = ledgerTerms.parse({});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jurisdictions-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The office with one agency, its share changed. */
const oneOf = (change: object) => ({ strategies: [{ ...placement, oneOf: [{ ...placement.oneOf[0], ...change }] }] });

async function load(content: unknown, name = 'us-tx-example.yaml') {
  await writeFile(
    join(folder, name),
    typeof content === 'string' ? content : stringify(content, { aliasDuplicateObjects: false }),
  );
  return loadJurisdictions(folder);
}

test('a file becomes a jurisdiction, with what may be left out filled in', async () => {
  const result = await load(office);
  expect(result).toEqual({
    ok: true,
    jurisdictions: [{ ...office, closures: [], connectors: [], ledger: DEFAULT_LEDGER }],
  });
});

test('a strategy refers to each of its connectors or to one of several, and an exclusive act has one connector at most', async () => {
  const strategies = [
    strategy,
    placement,
    { ...selection, id: 'to-one-bureau', oneOf: [{ connector: 'us-tx-example-equifax', share: 1 }] },
    { ...selection, id: 'to-the-only-agency', act: 'place', connectors: [AGENCY] },
  ];
  const result = await load({ ...office, strategies });
  expect(result).toEqual({
    ok: true,
    jurisdictions: [{ ...office, closures: [], connectors: [], strategies, ledger: DEFAULT_LEDGER }],
  });
});

describe('a fault names file, path and reason', () => {
  test.each<[string, object, string, RegExp]>([
    ['an unknown field', { colour: 'red' }, '', /colour/],
    ['an id unlike the file name', { id: 'us-tx-other' }, 'id', /us-tx-example/],
    ['a currency that is none', { currency: 'ZZZ' }, 'currency', /ISO 4217/],
    ['a time zone that is none', { timeZone: 'America/Springfield' }, 'timeZone', /IANA/],
    ['a region without a calendar', { holidays: { country: 'US', region: 'XX' } }, 'holidays.region', /XX/],
    ['a country without a calendar', { holidays: { country: 'QQ' } }, 'holidays.country', /QQ/],
    ['a closure without a reason', { closures: [{ on: '2026-12-24' }] }, 'closures.0.reason', /./],
    ['a closure on no day', { closures: [{ on: '2026-02-30', reason: 'x' }] }, 'closures.0.on', /exists/],
    ['a weekday that is none', { weekend: [0] }, 'weekend.0', /Monday/],
    ['no working day', { weekend: [1, 2, 3, 4, 5, 6, 7] }, 'weekend', /working day/],
    ['an act that is none', { strategies: [{ ...strategy, act: 'shout' }] }, 'strategies.0.act', /report/],
    ['two strategies of one id', { strategies: [strategy, strategy] }, 'strategies', /twice/],
    ['no connector', { strategies: [{ ...strategy, connectors: [] }] }, 'strategies.0.connectors', /connector/],
    ['neither connectors nor oneOf', { strategies: [selection] }, 'strategies.0', /either connectors .* or oneOf/],
    [
      'both connectors and oneOf',
      { strategies: [{ ...placement, connectors: [AGENCY] }] },
      'strategies.0',
      /either connectors .* or oneOf/,
    ],
    [
      'several connectors for an exclusive act',
      { strategies: [{ ...selection, act: 'place', connectors: [AGENCY, 'us-tx-example-other'] }] },
      'strategies.0.connectors',
      /only one connector at a time may place a debt.*oneOf/,
    ],
    ['nobody to choose from', { strategies: [{ ...placement, oneOf: [] }] }, 'strategies.0.oneOf', /connector/],
    [
      'one agency twice',
      { strategies: [{ ...placement, oneOf: [placement.oneOf[0], { connector: AGENCY, share: 1 }] }] },
      'strategies.0.oneOf',
      /twice/,
    ],
    ['no share', oneOf({ share: undefined }), 'strategies.0.oneOf.0.share', /whole number/],
    ['a share of nothing', oneOf({ share: 0 }), 'strategies.0.oneOf.0.share', /at least 1/],
    ['half a share', oneOf({ share: 0.5 }), 'strategies.0.oneOf.0.share', /whole number/],
    ['a capacity below nothing', oneOf({ capacity: -1 }), 'strategies.0.oneOf.0.capacity', /negative/],
    ['a misspelt field of a share', oneOf({ limit: 5 }), 'strategies.0.oneOf.0', /limit/],
    [
      'a ceiling below the floor',
      { strategies: [{ ...strategy, maxBalanceMinor: 99 }] },
      'strategies.0.maxBalanceMinor',
      /below/,
    ],
    [
      'a fraction of a cent',
      { strategies: [{ ...strategy, minBalanceMinor: 0.5 }] },
      'strategies.0.minBalanceMinor',
      /minor units/,
    ],
  ])('%s', async (_, change, path, reason) => {
    const result = await load({ ...office, ...change });
    expect(result).toEqual({
      ok: false,
      faults: [{ file: join(folder, 'us-tx-example.yaml'), path, reason: expect.stringMatching(reason) }],
    });
  });

  test('YAML that is none, and a key twice', async () => {
    expect(await load('id: [')).toMatchObject({ ok: false, faults: [{ path: '' }] });
    expect(await load('id: a\nid: b\n')).toMatchObject({
      ok: false,
      faults: [{ reason: expect.stringMatching(/unique/i) }],
    });
  });

  test('one bad file refuses all, and a missing folder is told', async () => {
    await load(office);
    expect(await load({}, 'us-tx-other.yaml')).toMatchObject({ ok: false });
    expect(await loadJurisdictions(join(folder, 'none'))).toMatchObject({
      ok: false,
      faults: [{ file: join(folder, 'none') }],
    });
  });
});

describe('the offices that come with Concord', () => {
  test('are read, and refer only to connectors of their own', async () => {
    const result = await loadJurisdictions(SHIPPED);
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    expect(result.jurisdictions.map(({ id, currency }) => `${id} ${currency}`)).toEqual([
      'ca-nl CAD',
      'gb-hillingdon GBP',
      'us-ca-berkeley USD',
      'us-il-chicago USD',
      'us-nm-las-cruces USD',
    ]);
    for (const { connectors, strategies } of result.jurisdictions) {
      const own = connectors.map(({ id }) => id);
      for (const { connectors: each, oneOf: some } of strategies) {
        for (const referred of each ?? some.map(({ connector }) => connector)) expect(own).toContain(referred);
      }
    }
  });
});
