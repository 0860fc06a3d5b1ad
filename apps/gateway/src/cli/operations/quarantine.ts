import type { DataSource } from 'typeorm';
import { listQuarantine, readQuarantined } from '@concord/core/exchanges/quarantine-reads';
import type { QuarantineFilter, QuarantineView } from '@concord/core/exchanges/quarantine-reads';
import { GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

export const quarantineList: Operation<QuarantineFilter, QuarantineView[]> = {
  name: 'quarantine list',
  works: false,
  run: (app, filter) => listQuarantine(app.get<DataSource>(GATEWAY_DATABASE), filter),
};

export const quarantineShow: Operation<{ exchange: string; sequence: number }, QuarantineView> = {
  name: 'quarantine show',
  works: false,
  run: (app, { exchange, sequence }) => readQuarantined(app.get<DataSource>(GATEWAY_DATABASE), exchange, sequence),
};
