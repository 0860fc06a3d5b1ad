import type { CheckStep } from '@concord/core/connectors/check/connector-check';
import type { ConnectorView, ModeChangeView } from '@concord/core/connectors/connector-reads';
import { table } from './table.js';

/** Connectors as people read them. */
export function connectorTable(connectors: readonly ConnectorView[]): string {
  return table<ConnectorView>(
    [
      { title: 'Connector', value: ({ id }) => id },
      { title: 'Title', value: ({ title }) => title },
      { title: 'Mode', value: ({ mode }) => mode },
      { title: 'Adverse output', value: ({ adverseStop }) => adverseStop && `stopped by ${adverseStop.actor}` },
      { title: 'Holds', value: ({ held }) => held, align: 'right' },
      { title: 'Releases owed', value: ({ releasesOwed }) => releasesOwed, align: 'right' },
      { title: 'Last file', value: ({ lastDeliveredAt: at }) => at && new Date(at).toISOString().slice(0, 10) },
      { title: 'To do', value: toDo },
    ],
    connectors,
  );
}

/** What waits for a person at a connector; null where nothing does. */
export function toDo({ waiting, quarantined }: ConnectorView): string | null {
  const parts = [
    waiting > 0 && (waiting === 1 ? '1 file waits: `exchange list`' : `${waiting} files wait: \`exchange list\``),
    quarantined > 0 && `${quarantined} in quarantine: \`quarantine list\``,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : parts.join('; ');
}

/** One connector, with the changes of its mode. */
export function connectorText(connector: ConnectorView & { readonly changes: readonly ModeChangeView[] }): string {
  const { changes } = connector;
  const history = table<ModeChangeView>(
    [
      { title: 'When (UTC)', value: ({ at }) => new Date(at).toISOString().slice(0, 19).replace('T', ' ') },
      { title: 'From', value: ({ was }) => was },
      { title: 'To', value: ({ mode }) => mode },
      { title: 'Who', value: ({ actor }) => actor },
      { title: 'Why', value: ({ reason }) => reason },
    ],
    changes,
  );
  return [connectorTable([connector]), changes.length === 0 ? 'Its mode was never changed.' : history].join('\n');
}

/** What a change of mode came to. */
export function modeText(
  id: string,
  wanted: string,
  { mode, was }: { readonly mode: string; readonly was: string },
): string {
  if (wanted === 'retiring' && mode === 'off') return `${id} held nothing: it is off.`;
  return mode === was ? `${id} was ${mode} already.` : `${id} is ${mode} now; it was ${was}.`;
}

/** The steps of a check, in their order; the last one is the one that failed, where one did. */
export function checkTable(steps: readonly CheckStep[]): string {
  return table<CheckStep>(
    [
      { title: 'Step', value: ({ step }) => step },
      { title: '', value: ({ ok }) => (ok ? 'ok' : 'FAILED') },
      { title: 'Detail', value: ({ detail }) => detail },
      { title: 'ms', value: ({ ms }) => ms, align: 'right' },
    ],
    steps,
  );
}
