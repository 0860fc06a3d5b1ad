import type { DataSource } from 'typeorm';
import { listAlerts } from '@concord/core/alerts/alert-reads';
import type { AlertFilter, AlertView } from '@concord/core/alerts/alert-reads';
import { GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

export const alertList: Operation<AlertFilter, AlertView[]> = {
  name: 'alerts list',
  works: false,
  run: (app, filter) => listAlerts(app.get<DataSource>(GATEWAY_DATABASE), filter),
};
