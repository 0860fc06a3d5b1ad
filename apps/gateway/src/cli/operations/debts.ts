import type { DataSource } from 'typeorm';
import { locateDebtByName } from '@concord/core/cases/case-lookup';
import { DebtDetailCommands } from '@concord/core/cases/details/debt-detail-commands';
import type { DebtDetails } from '@concord/core/cases/details/debt-detail-commands';
import { GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

/** A debt as a clerk looks it up. */
export interface ShownDebt extends DebtDetails {
  readonly currency: string;
}

export const debtShow: Operation<{ debt: string }, ShownDebt> = {
  name: 'debts show',
  works: false,
  run: async (app, { debt }) => {
    const { id, currency } = await locateDebtByName(app.get<DataSource>(GATEWAY_DATABASE), debt);
    return { ...(await app.get(DebtDetailCommands).details(id)), currency };
  },
};
