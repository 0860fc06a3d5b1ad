import { Refusal } from '../../platform/errors.js';
import type { Connector } from '../connector.js';
import type { ConnectorRegistry } from '../connector-registry.js';

/** One step of a check, in words for whoever set the connector up. Nothing secret stands in the detail. */
export interface CheckStep {
  readonly step: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly ms: number;
}

/** Tries the way to a connector's partner, step by step, and ends with the first that fails. */
export type Probe = (connector: Connector) => AsyncIterable<CheckStep>;

/**
 * Checks a connector in whatever mode it is: its settings by its plugin, what these caution against, then the way to its
 * partner. Nothing of an exchange is sent or collected. The check ends with the first step that fails.
 *
 * @throws Refusal `connector-unknown`
 */
export async function* checkConnector(
  registry: ConnectorRegistry,
  probe: Probe,
  connectorId: string,
): AsyncGenerator<CheckStep> {
  const began = performance.now();
  const since = (): number => Math.round(performance.now() - began);
  let connector: Connector;
  try {
    connector = await registry.inAnyMode(connectorId);
    const detail = `version ${connector.settingsVersion}, accepted by the plugin ${connector.pluginId}`;
    yield { step: 'settings', ok: true, detail, ms: since() };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'connector-unknown') throw error;
    yield { step: 'settings', ok: false, detail: (error as Error).message, ms: since() };
    return;
  }
  for (const { message } of await registry.cautionsOf(connector)) {
    yield { step: 'caution', ok: true, detail: message, ms: 0 };
  }
  try {
    for await (const step of probe(connector)) {
      yield step;
      if (!step.ok) return;
    }
  } catch (error) {
    // A secret that is missing, or a host that these settings must not reach.
    yield { step: 'channel', ok: false, detail: (error as Error).message, ms: since() };
  }
}
