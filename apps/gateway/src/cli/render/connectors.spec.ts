import { expect, test } from '@jest/globals';
import type { ConnectorView } from '@concord/core/connectors/connector-reads';
import { checkTable, connectorTable, connectorText, modeText } from './connectors.js';

const CONNECTOR: ConnectorView = {
  ...{
    id: 'bureau',
    jurisdiction: 'office',
    plugin: 'metro2',
    family: 'credit-bureau',
    act: 'report',
    title: 'Bureau',
  },
  ...{ mode: 'on', settingsVersion: 1, held: 12, releasesOwed: 3, unfinished: 0, waiting: 0, unanswered: 1 },
  ...{ adverseStop: null, quarantined: 0, lastDeliveredAt: new Date('2026-03-16T23:00:00Z') },
};

test('connectors tell their mode, what stands at the partner, and what waits for a person', () => {
  expect(connectorTable([CONNECTOR])).toMatch(/bureau.*Bureau.*on.*12.*3.*2026-03-16/);
  const shown = connectorTable([{ ...CONNECTOR, waiting: 2, quarantined: 5 }]);
  expect(shown).toContain('2 files wait: `exchange list`; 5 in quarantine: `quarantine list`');
});

test('connectors tell beside their mode that the adverse output of their jurisdiction is stopped', () => {
  const adverseStop = { actor: 'council', reason: 'a flood', since: '2026-03-16T15:00:00Z' };
  expect(connectorTable([{ ...CONNECTOR, adverseStop }])).toMatch(/bureau.*\bon\b.*stopped by council/);
  expect(connectorTable([CONNECTOR])).not.toContain('stopped');
});

test('one connector tells who changed its mode', () => {
  const at = '2026-03-16T15:00:00.000Z' as unknown as Date;
  const changes = [{ was: 'on', mode: 'paused', actor: 'clerk', reason: 'a dispute', at }] as const;
  expect(connectorText({ ...CONNECTOR, changes })).toMatch(/2026-03-16 15:00:00.*on.*paused.*clerk.*a dispute/);
  expect(connectorText({ ...CONNECTOR, changes: [] })).toContain('never changed');
});

test('a change of mode says what it came to', () => {
  expect(modeText('bureau', 'paused', { mode: 'paused', was: 'on' })).toBe('bureau is paused now; it was on.');
  expect(modeText('bureau', 'paused', { mode: 'paused', was: 'paused' })).toBe('bureau was paused already.');
  expect(modeText('bureau', 'retiring', { mode: 'off', was: 'on' })).toBe('bureau held nothing: it is off.');
});

test('a check is one line a step, and the one that failed stands out', () => {
  const steps = [
    { step: 'name', ok: true, detail: 'partner.example is 203.0.113.7', ms: 12 },
    { step: 'host-key', ok: false, detail: "the server's host key is not pinned", ms: 40 },
  ];
  expect(checkTable(steps)).toMatch(/name.*ok.*203\.0\.113\.7.*12[^]*host-key.*FAILED.*not pinned.*40/);
});
