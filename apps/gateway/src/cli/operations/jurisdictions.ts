import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { listJurisdictions } from '@concord/core/cases/case-reads';
import { switchAdverseOutput } from '@concord/core/exchanges/switch-adverse-output';
import type { AdverseSwitch } from '@concord/core/exchanges/switch-adverse-output';
import type { Clock } from '@concord/core/platform/clock';
import { CLOCK, GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

export const jurisdictionList: Operation<object, unknown[]> = {
  name: 'jurisdictions list',
  works: false,
  run: (app) => listJurisdictions(app.get<DataSource>(GATEWAY_DATABASE)),
};

export const adverseSwitch: Operation<AdverseSwitch & { actor: string }, { stopped: boolean }> = {
  name: 'jurisdictions switch',
  works: true,
  run: (app, { actor, ...body }) =>
    switchAdverseOutput(app.get<DataSource>(GATEWAY_DATABASE), body, {
      actor,
      correlationId: randomUUID(),
      at: app.get<Clock>(CLOCK).now(),
    }),
};
