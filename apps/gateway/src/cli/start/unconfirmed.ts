import type { ConnectorNotice } from '@concord/core/connectors/connector-registry';
import { unconfirmed } from '@concord/core/rules/domain/describe';

/** What a person should know before relying on what is started: cautions of the connectors, and rules to be confirmed. */
export function unconfirmedLines(notices: readonly ConnectorNotice[]): string[] {
  const cautions = Map.groupBy(
    notices.filter(({ kind }) => kind === 'caution'),
    ({ message }) => message,
  );
  const connectors = [...cautions].map(
    ([message, of]) => `Caution (${of.map(({ connectorId }) => connectorId).join(', ')}): ${message}`,
  );
  const rules = unconfirmed().map(({ id }) => id);
  return rules.length === 0
    ? connectors
    : [...connectors, `Not fully confirmed by counsel, see docs/rules.md: ${rules.join(', ')}`];
}
