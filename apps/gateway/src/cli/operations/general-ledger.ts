import { randomUUID } from 'node:crypto';
import type { GlPostings } from '@concord/core/general-ledger/general-ledger-commands';
import type { Operation } from './operation.js';

export interface GlParameters {
  readonly jurisdictionId: string;
  readonly date: string;
  readonly actor: string;
}

export const glPostings: Operation<GlParameters, GlPostings> = {
  name: 'gl postings',
  works: false,
  run: async (app, { jurisdictionId, date, actor }) => {
    const { GeneralLedgerCommands } = await import('@concord/core/general-ledger/general-ledger-commands');
    return app.get(GeneralLedgerCommands).postings({ actor, correlationId: randomUUID() }, jurisdictionId, date);
  },
};
