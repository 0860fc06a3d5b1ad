import { ACTS } from '@concord/plugin-sdk';
import type { ConnectorNotice } from '@concord/core/connectors/connector-registry';
import { unconfirmed } from '@concord/core/rules/domain/describe';

const STOP = 'STOP:';

/** What a person should know before relying on what is started: cautions of the connectors, and rules to be confirmed. */
export function unconfirmedLines(notices: readonly ConnectorNotice[]): string[] {
  const cautions = Map.groupBy(
    notices.filter(({ kind }) => kind === 'caution'),
    ({ message }) => message,
  );
  const connectors = [...cautions].map(
    ([message, of]) => `Caution (${of.map(({ connectorId }) => connectorId).join(', ')}): ${message}`,
  );
  return [...connectors, ...ruleLines(unconfirmed().map(({ id }) => id))];
}

/** Rules by id, then the effects of stops by kind, with their acts: one by one they would fill the screen. */
function ruleLines(ids: readonly string[]): string[] {
  const rules = ids.filter((id) => !id.startsWith(STOP));
  const stops = Map.groupBy(
    ids.filter((id) => id.startsWith(STOP)).map((id) => id.slice(STOP.length).split(' ')),
    ([kind, , country]) => [kind, country].filter(Boolean).join(' '),
  );
  const effects = [...stops].map(([kind, cells]) => `${kind} (${actsText(cells.map(([, act]) => act ?? ''))})`);
  return [
    ...(rules.length > 0 ? [`Not fully confirmed by counsel, see docs/rules.md: ${rules.join(', ')}`] : []),
    ...(effects.length > 0 ? [`Nor are these effects of stops: ${effects.join('; ')}`] : []),
  ];
}

function actsText(acts: readonly string[]): string {
  const others = ACTS.filter((act) => !acts.includes(act));
  if (others.length === 0) return 'every act';
  return others.length < acts.length ? `every act but ${others.join(', ')}` : acts.join(', ');
}
