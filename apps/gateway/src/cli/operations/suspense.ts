import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { locateDebtByName } from '@concord/core/cases/case-lookup';
import { listSuspense, postSuspense } from '@concord/core/cases/findings/suspense';
import type { SuspenseView } from '@concord/core/cases/findings/suspense';
import type { Clock } from '@concord/core/platform/clock';
import { Refusal } from '@concord/core/platform/errors';
import { CLOCK, GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const suspenseList: Operation<{ jurisdiction?: string; state?: string }, SuspenseView[]> = {
  name: 'suspense list',
  works: false,
  run: (app, filter) => listSuspense(app.get<DataSource>(GATEWAY_DATABASE), filter),
};

export interface MatchParameters {
  readonly id: string;
  /** Concord's number of the debt, or its id. */
  readonly debt: string;
  readonly actor: string;
}

export interface Matched {
  readonly entryId: string;
  readonly debtId: string;
  readonly balanceMinor: number;
  readonly currency: string;
}

export const suspenseMatch: Operation<MatchParameters, Matched> = {
  name: 'suspense match',
  works: false,
  run: async (app, { id, debt, actor }) => {
    const gateway = app.get<DataSource>(GATEWAY_DATABASE);
    if (!ID.test(id)) throw new Refusal('suspense-unknown', `nothing in suspense has the id ${id}`);
    const context = { actor, correlationId: randomUUID(), at: app.get<Clock>(CLOCK).now() };
    return gateway.transaction(async (manager) => {
      const { id: debtId, currency } = await locateDebtByName(manager, debt);
      return { ...(await postSuspense(manager, context, id, debtId)), debtId, currency };
    });
  },
};
