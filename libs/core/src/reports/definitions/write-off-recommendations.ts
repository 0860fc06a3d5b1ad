import { writeOffPolicy } from '../../configuration/write-off-settings.js';
import { CURRENCY, DEBT_COLUMNS, money } from '../domain/report.js';
import { writeOffGrounds } from '../domain/write-off-grounds.js';
import type { ReportDefinition } from '../report-definition.js';
import { overdueDebts } from '../queries/overdue-debts.js';

/** A recommendation is no decision: nothing is posted, and whoever approves a write-off is not who asked for it. */
export const writeOffRecommendations: ReportDefinition = {
  name: 'write-off-recommendations',
  title: 'Write-off recommendations',
  about: "Overdue debts that the office's settings put up to be written off, each with its grounds. People decide.",
  takes: 'day',
  columns: [
    ...DEBT_COLUMNS,
    CURRENCY,
    money('balanceMinor', 'Owed'),
    { key: 'overdueSince', title: 'Overdue since', kind: 'date' },
    { key: 'daysOverdue', title: 'Days overdue', kind: 'days' },
    { key: 'lastPaymentOn', title: 'Last payment', kind: 'date' },
    { key: 'rules', title: 'Grounds', kind: 'list' },
    { key: 'restsOn', title: 'Rests on', kind: 'list' },
  ],
  async *rows(scope, read) {
    const policy = writeOffPolicy(scope.jurisdiction);
    for await (const debts of overdueDebts(scope, read)) {
      yield debts.flatMap((debt) => {
        const grounds = writeOffGrounds(debt, policy, scope.to);
        if (grounds.length === 0) return [];
        const { number, sourceReference, type, currency, balanceMinor, overdueSince, daysOverdue, lastPaymentOn } =
          debt;
        const told = {
          number,
          sourceReference,
          type,
          currency,
          balanceMinor,
          overdueSince,
          daysOverdue,
          lastPaymentOn,
        };
        return [{ ...told, rules: grounds.map(({ rule }) => rule), restsOn: grounds.map(({ restsOn }) => restsOn) }];
      });
    }
  },
};
