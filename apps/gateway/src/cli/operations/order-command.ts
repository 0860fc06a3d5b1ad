import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { CommandKind } from '@concord/core/commands/command-kinds';
import { awaitCommand, orderCommand } from '@concord/core/commands/command-order';
import { openedResult } from '@concord/core/commands/command-result';
import { requireConnector } from '@concord/core/connectors/connector-reads';
import { FieldCipher } from '@concord/core/crypto/field-cipher';
import { readExchangeView } from '@concord/core/exchanges/exchange-reads';
import type { Clock } from '@concord/core/platform/clock';
import { Refusal } from '@concord/core/platform/errors';
import { CLOCK, GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

/** How long a person at a terminal is kept waiting; the command goes on afterwards. */
const WAIT_MS = 15 * 60 * 1000;

export interface CommandParameters {
  readonly kind: CommandKind;
  readonly body: Readonly<Record<string, unknown>>;
  readonly actor: string;
}

/** Asks the connectors for something, and waits until it was carried out. */
export const commandOrdered: Operation<CommandParameters, unknown> = {
  name: 'command',
  works: true,
  run: async (app, { kind, body, actor }, onProgress) => {
    const gateway = app.get<DataSource>(GATEWAY_DATABASE);
    const { connectorId, exchangeId, exchangeIds } = body as {
      connectorId?: string;
      exchangeId?: string;
      exchangeIds?: readonly string[];
    };
    // What does not exist is told without waiting for a process of the connectors.
    if (connectorId !== undefined) await requireConnector(gateway, connectorId);
    if (exchangeId !== undefined) await readExchangeView(gateway, exchangeId);
    const ofPartner = exchangeIds === undefined ? {} : { connectorId: await partnerOf(gateway, exchangeIds) };
    const by = { actor, correlationId: randomUUID(), at: app.get<Clock>(CLOCK).now() };
    const id = await orderCommand(gateway, kind, { ...ofPartner, ...body }, by);
    return openedResult(app.get(FieldCipher), id, kind, await awaitCommand(gateway, id, WAIT_MS, onProgress));
  },
};

/** @throws Refusal `exchange-unknown`, or `exchange-of-another` where the files are not all of one partner */
async function partnerOf(gateway: DataSource, ids: readonly string[]): Promise<string> {
  const connectors = new Set<string>();
  for (const id of ids) connectors.add((await readExchangeView(gateway, id)).connector);
  const [connector, another] = connectors;
  if (another !== undefined) {
    throw new Refusal(
      'exchange-of-another',
      `the files are of ${connector} and of ${another}: name those of one partner`,
    );
  }
  return connector!;
}
