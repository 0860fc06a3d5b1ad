import type { DataSource } from 'typeorm';
import { listExchanges, listPositions, listRecords, readExchangeView } from '@concord/core/exchanges/exchange-reads';
import type { ExchangeFilter, ExchangeView } from '@concord/core/exchanges/exchange-reads';
import { GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

export const exchangeList: Operation<ExchangeFilter, ExchangeView[]> = {
  name: 'exchange list',
  works: false,
  run: (app, filter) => listExchanges(app.get<DataSource>(GATEWAY_DATABASE), filter),
};

export const exchangeShow: Operation<{ id: string }, ExchangeView & { recordList: unknown[] }> = {
  name: 'exchange show',
  works: false,
  run: async (app, { id }) => {
    const gateway = app.get<DataSource>(GATEWAY_DATABASE);
    const exchange = await readExchangeView(gateway, id);
    return { ...exchange, recordList: await listRecords(gateway, exchange) };
  },
};

export const positionsOf: Operation<{ subject: string }, { positions: unknown[]; blocks: unknown[] }> = {
  name: 'positions',
  works: false,
  run: (app, { subject }) => listPositions(app.get<DataSource>(GATEWAY_DATABASE), subject),
};
