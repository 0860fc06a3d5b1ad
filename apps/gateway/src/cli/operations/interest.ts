import { randomUUID } from 'node:crypto';
import type { AccruedInterest } from '@concord/core/cases/ledger/accrue-interest';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import type { Operation } from './operation.js';

export interface AccrualParameters {
  readonly jurisdictionId: string;
  /** Last day that bears interest; null for the office's today. */
  readonly through: string | null;
  readonly actor: string;
}

export const interestAccrue: Operation<AccrualParameters, AccruedInterest> = {
  name: 'interest accrue',
  works: false,
  run: (app, { jurisdictionId, through, actor }) =>
    app.get(LedgerCommands).accrueInterest({ actor, correlationId: randomUUID() }, jurisdictionId, through),
};
