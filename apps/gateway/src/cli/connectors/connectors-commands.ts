import type { Command } from 'commander';
import type { CheckStep } from '@concord/core/connectors/check/connector-check';
import { ask, REASON } from '../ask.js';
import { connectorList, connectorShow } from '../operations/connectors.js';
import { perform } from '../perform.js';
import { checkTable, connectorTable, connectorText, modeText } from '../render/connectors.js';
import { print } from '../terminal.js';

interface Json {
  readonly json?: boolean;
}

const FAILED = 1;
const quiet = (): void => undefined;

const MODES = [
  ['on', 'on', 'exchange files with the partner'],
  ['shadow', 'shadow', 'build files and show them, send nothing'],
  ['pause', 'paused', 'send reductions and releases only; answers are collected'],
  ['retire', 'retiring', 'take back everything that the partner holds; then it goes off by itself'],
  ['off', 'off', 'do nothing any more; refused while the partner holds something'],
] as const;

/** Registers `connectors list`, `show`, `on`, `shadow`, `pause`, `retire`, `off` and `check`. */
export function addConnectorsCommands(connectors: Command, finish: (code: number) => void): void {
  connectors
    .command('list')
    .description('every connector with its mode, what its partner holds, and what waits')
    .option('--json', 'print JSON')
    .action(async ({ json }: Json) => {
      const found = await perform(connectorList, {}, quiet);
      print(json ? JSON.stringify(found, null, 2) : connectorTable(found));
    });
  connectors
    .command('show')
    .description('one connector, and who changed its mode when and why')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: Json) => {
      const found = await perform(connectorShow, { id }, quiet);
      print(json ? JSON.stringify(found, null, 2) : connectorText(found));
    });
  for (const [name, mode, description] of MODES) {
    connectors
      .command(name)
      .description(description)
      .argument('<id>')
      .requiredOption(...REASON)
      .option('--json', 'print JSON')
      .action(async (connectorId: string, { reason, json }: Json & { reason: string }) => {
        const result = await ask<{ mode: string; was: string }>('connector-mode', { connectorId, mode, reason });
        print(json ? JSON.stringify(result, null, 2) : modeText(connectorId, mode, result));
      });
  }
  connectors
    .command('check')
    .description('try the settings and the way to the partner, step by step; nothing is exchanged')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (connectorId: string, { json }: Json) => {
      const { steps } = await ask<{ steps: CheckStep[] }>('connector-check', { connectorId });
      print(json ? JSON.stringify({ steps }, null, 2) : checkTable(steps));
      if (steps.some(({ ok }) => !ok)) finish(FAILED);
    });
}
