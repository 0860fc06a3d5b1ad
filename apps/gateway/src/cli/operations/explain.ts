import type { DataSource } from 'typeorm';
import type { Act, IsoDate } from '@concord/plugin-sdk';
import { locateDebtByName } from '@concord/core/cases/case-lookup';
import { GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { ExplainedDebt } from '@concord/core/rules/rule-queries';
import type { Operation } from './operation.js';

export interface ExplainParameters {
  /** Concord's number of the debt, or its id. */
  readonly debt: string;
  readonly act: Act | null;
  readonly date: IsoDate | null;
}

export const explainDebt: Operation<ExplainParameters, ExplainedDebt> = {
  name: 'explain',
  works: false,
  run: async (app, { debt, act, date }) => {
    const { RuleQueries } = await import('@concord/core/rules/rule-queries');
    const { id } = await locateDebtByName(app.get<DataSource>(GATEWAY_DATABASE), debt);
    return app.get(RuleQueries).explain({ debtId: id, act, date });
  },
};
