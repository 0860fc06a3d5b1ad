import type { SuspenseView } from '@concord/core/cases/findings/suspense';
import { formatMoney } from '@concord/core/money/domain/format-money';
import { table } from './table.js';

/** Money in suspense as people read it: how much, from whom, for which account, and why it waits. */
export function suspenseTable(waiting: readonly SuspenseView[]): string {
  if (waiting.length === 0) return 'Nothing is in suspense.';
  return table<SuspenseView>(
    [
      { title: 'Id', value: ({ id }) => id },
      { title: 'Booked', value: ({ bookedOn }) => bookedOn },
      { title: 'Connector', value: ({ connectorId }) => connectorId },
      { title: '', value: ({ kind }) => kind },
      {
        title: 'Amount',
        value: ({ amountMinor, currency }) => formatMoney(amountMinor, currency, 'en'),
        align: 'right',
      },
      { title: "Partner's account", value: ({ reference }) => reference },
      { title: 'Why it waits', value: ({ reason }) => reason },
      { title: 'File', value: ({ exchangeId, sequence }) => `${exchangeId} place ${sequence}` },
    ],
    waiting,
  );
}
