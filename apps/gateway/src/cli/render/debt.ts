import type { DateChangeView, JudgmentView } from '@concord/core/cases/details/detail-reads';
import { formatMoney } from '@concord/core/money/domain/format-money';
import type { ShownDebt } from '../operations/debts.js';
import { table } from './table.js';

const UNKNOWN = 'not known';

/** A debt as people read it: its dates, then what is missing, the judgments and the corrections, as far as there are any. */
export function debtText(debt: ShownDebt): string {
  const facts = [
    { fact: 'Reference', value: debt.sourceReference },
    { fact: 'Type', value: debt.type.title ?? debt.type.code },
    { fact: 'Incurred', value: debt.incurredOn },
    { fact: 'Due', value: debt.dueOn },
    { fact: 'First delinquent', value: debt.delinquentOn },
    { fact: 'Itemised from', value: debt.itemisedOn },
    { fact: 'Last payment', value: debt.lastPaymentOn ?? 'none' },
  ];
  return [
    table<(typeof facts)[number]>(
      [
        { title: 'Debt', value: ({ fact }) => fact },
        { title: debt.debtId, value: ({ value }) => value ?? UNKNOWN },
      ],
      facts,
    ),
    ...debt.missing.map(({ fact, rules }) => `Missing: ${fact}, read by ${rules.join(', ')}`),
    ...(debt.judgments.length > 0 ? [judgmentTable(debt.judgments, debt.currency)] : []),
    ...(debt.dateChanges.length > 0 ? [changeTable(debt.dateChanges)] : []),
  ].join('\n');
}

function judgmentTable(judgments: readonly JudgmentView[], currency: string): string {
  const awarded = ({ principalMinor, interestMinor, feesMinor, costsMinor }: JudgmentView): number =>
    principalMinor + interestMinor + feesMinor + costsMinor;
  return table<JudgmentView>(
    [
      { title: 'Judgment', value: ({ caseNumber }) => caseNumber },
      { title: 'Court', value: ({ court }) => court },
      { title: 'Entered', value: ({ enteredOn }) => enteredOn },
      { title: 'Awarded', value: (each) => formatMoney(awarded(each), currency, 'en'), align: 'right' },
      { title: 'State', value: ({ state, endedOn }) => (endedOn === null ? state : `${state} ${endedOn}`) },
      { title: 'Until', value: ({ enforceableUntil }) => enforceableUntil ?? UNKNOWN },
    ],
    judgments,
  );
}

function changeTable(changes: readonly DateChangeView[]): string {
  return table<DateChangeView>(
    [
      { title: 'Date', value: ({ date }) => date },
      { title: 'Before', value: ({ before }) => before ?? UNKNOWN },
      { title: 'After', value: ({ after }) => after ?? UNKNOWN },
      { title: 'Why', value: ({ reason }) => reason },
      { title: 'By', value: ({ actor, source }) => `${actor} (${source})` },
    ],
    changes,
  );
}
