import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OfficeWithBadPlugins } from '../support/bad-plugins/office-with-bad-plugins.js';

/** One plugin can't be loaded, one fails when it is asked about its settings, one is sound. */
const CONNECTORS = {
  missing: { plugin: 'unloadable', does: 'anything' },
  unsettled: { plugin: 'bad', does: 'throws at its settings' },
  sound: { plugin: 'sound', does: 'nothing wrong' },
} as const;

let office: OfficeWithBadPlugins;
let failures: readonly string[];

beforeAll(async () => {
  office = await OfficeWithBadPlugins.open(CONNECTORS, 'with-unloadable.yaml');
  await office.refer(['sound']);
  failures = await office.runDay();
});
afterAll(() => office.close());

test('the start says which connectors stand still, and why', () => {
  const unusable = office.notices.filter(({ kind }) => kind === 'unusable');
  expect(unusable.map(({ connectorId, message }) => [connectorId, message])).toEqual([
    ['missing', expect.stringMatching(/no plugin unloadable is loaded .*unloadable\.mjs.*a part of it is missing/)],
    ['unsettled', expect.stringMatching(/these settings are beyond it/)],
  ]);
});

test('the connector of the sound plugin is created and does its day', async () => {
  expect(office.notices).toContainEqual({ connectorId: 'sound', kind: 'created', message: 'created, on' });
  const [exchange, ...others] = await office.exchanges('sound');
  expect(others).toEqual([]);
  expect(exchange).toMatchObject({ direction: 'out', state: 'delivered', failure: null });
  expect(failures.filter((line) => line.startsWith('sound'))).toEqual([]);
});
