import type { DataSource } from 'typeorm';
import { listConnectors, readConnector } from '@concord/core/connectors/connector-reads';
import type { ConnectorView, ModeChangeView } from '@concord/core/connectors/connector-reads';
import { GATEWAY_DATABASE } from '@concord/core/platform/tokens';
import type { Operation } from './operation.js';

export const connectorList: Operation<Record<string, never>, ConnectorView[]> = {
  name: 'connectors list',
  works: false,
  run: (app) => listConnectors(app.get<DataSource>(GATEWAY_DATABASE)),
};

export const connectorShow: Operation<{ id: string }, ConnectorView & { readonly changes: readonly ModeChangeView[] }> =
  {
    name: 'connectors show',
    works: false,
    run: (app, { id }) => readConnector(app.get<DataSource>(GATEWAY_DATABASE), id),
  };
