import { randomUUID } from 'node:crypto';
import type { Preview, PreviewOrder } from '@concord/core/strategies/strategy-commands';
import type { StrategyView } from '@concord/core/strategies/strategy-reads';
import type { INestApplicationContext } from '@nestjs/common';
import type { StrategyCommands } from '@concord/core/strategies/strategy-commands';
import type { Operation } from './operation.js';

async function commands(app: INestApplicationContext): Promise<StrategyCommands> {
  const { StrategyCommands: Commands } = await import('@concord/core/strategies/strategy-commands');
  return app.get(Commands);
}

export const strategyList: Operation<{ jurisdictionId: string }, StrategyView[]> = {
  name: 'strategies list',
  works: false,
  run: async (app, { jurisdictionId }) => (await commands(app)).list(jurisdictionId),
};

export const strategyPreview: Operation<PreviewOrder, Preview> = {
  name: 'strategies preview',
  works: false,
  run: async (app, order) => (await commands(app)).preview(order),
};

export interface ApplyParameters {
  readonly jurisdictionId: string;
  readonly strategyId: string;
  /** The held version, or its beginning. */
  readonly version: string;
  readonly reason: string;
  readonly actor: string;
}

export const strategyApply: Operation<ApplyParameters, { readonly strategyId: string; readonly version: string }> = {
  name: 'strategies apply',
  works: false,
  run: async (app, { jurisdictionId, strategyId, version, reason, actor }) =>
    (await commands(app)).apply({ actor, correlationId: randomUUID() }, jurisdictionId, strategyId, {
      version,
      reason,
    }),
};
